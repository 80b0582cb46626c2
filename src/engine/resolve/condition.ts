import { Failure } from '../../errors.js'
import { languageOf } from '../../lang/languages.js'
import { tokensOf as pythonTokensOf } from '../../lang/python/tokens.js'
import { directionOf } from '../../ledger/direction.js'
import type { Ledger } from '../../ledger/ledger.js'
import { answersOf, isInside, requestsOf, type Unit } from '../../ledger/pair.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import { pythonHandlerBranch } from '../../sites/python/handler-branch.js'
import { renderTemplate } from '../../sites/render.js'
import { chooseEmit } from '../../sites/send/choose-emit.js'
import { findEmitPlace } from '../../sites/send/find-place.js'
import { findEmitUnit } from '../../sites/send/unit.js'
import type { Half, Occurrence, Site, SiteKey } from '../../sites/site.js'
import type { HalfDirection } from '../../spec/event-spec.js'
import { type Field, scalar } from '../../spec/field-type.js'
import { cut } from '../../workspace/edits.js'
import { readFieldsAlone } from './fields-alone.js'
import { unlessGone } from './gone.js'
import { readSpec } from './read-spec.js'
import { resolveTargets } from './resolve.js'

/** Whether what stands at a site is what this tool writes there, in other white space at most. */
export type Condition = 'generated' | 'edited'

/** Tells the condition of any occurrence of a unit. */
export type Conditions = (site: Site, found: Occurrence) => Condition

/**
 * The conditions of a unit, by what {@link resolveUnit} makes of it: every span is compared, token by token, with what its own spec would be written as there.
 * Docstrings and JSDoc may say what they like. An event of which no spec can be read is edited everywhere.
 *
 * @param unit.request its branch is judged by itself, with the answer that stands in it
 */
export function readConditions(
  context: Surveyed,
  { request }: Pick<Unit, 'request'>,
  ...readings: readonly (readonly Half[])[]
): Conditions {
  const agrees = (targets: readonly Half[], site: Site, found: Occurrence): boolean => {
    const target = targets.find((one) => one.spec.names.snake === found.event)
    if (target === undefined) return false
    // What it is written for may be gone.
    return unlessGone(() => isAsWritten(context, target, { targets, request }, site, found)) ?? false
  }
  return (site, found) => (readings.some((targets) => agrees(targets, site, found)) ? 'generated' : 'edited')
}

/**
 * Every way to read what is left of an event of which a whole file is gone: by each place that shows a payload alone,
 * for what one language tells the other does not. A half of a pair is read with the other one, as it was written.
 */
export function resolveReadings(context: Surveyed, half: Unit): readonly (readonly Half[])[] {
  const unit = wholeOf(context, half)
  const { event, request } = unit
  const names = request === undefined ? [event] : [event, request]
  if (names.every((one) => !isPartial(context.rows, one))) return []
  const shown = readFieldsAlone(context, event)
  const asked = request === undefined ? [undefined] : [undefined, ...readFieldsAlone(context, request)]
  const told = directionOf(context.rows, event)?.direction
  const directions: readonly HalfDirection[] =
    told === undefined ? ['server-to-client', 'client-to-server'] : [told]
  return directions.flatMap((direction) =>
    shown.flatMap((all) => {
      const leading = direction === 'client-to-server' ? [] : context.custom.leading
      const fields = all.filter((field) => !leading.some((one) => one.name === field.name))
      const only = request === undefined ? direction : undefined
      return asked.flatMap((own) => {
        const targets = resolveSpec(context, unit, { fields, request: own, direction: only })
        return targets === undefined ? [] : [targets]
      })
    }),
  )
}

/** Whether a file that holds a part of every event has none of this one, or one language alone declares its payload. */
export function isPartial(rows: Ledger, event: string): boolean {
  const has = (site: SiteKey): boolean => rows.of(event, site).length > 0
  const isMade = has('python-factory') || has('python-handler-branch')
  const isDeclared = has('python-payload-model') === has('ts-payload-interface')
  return !(has('python-enum-member') && has('ts-union-member') && isMade && isDeclared)
}

/**
 * The targets of the spec that is read back of a unit, as far as it is one that could be asked for. A request that is
 * answered is read with its answer; two rows that are no pair as this tool writes them are taken one by one.
 */
export function resolveUnit(context: Surveyed, unit: Unit): readonly Half[] {
  const { event, request } = unit
  const pair = request === undefined ? pairOf(context, event) : isAnswered(context, unit) ? unit : undefined
  const whole = pair === undefined ? undefined : resolveSpec(context, pair)
  if (whole !== undefined) return whole
  const own = request === undefined ? [event] : [event, request]
  return own.flatMap((one) => resolveSpec(context, { event: one, request: undefined }) ?? [])
}

/** A unit with the half that is tied to it by the branch of the request. */
function wholeOf(context: Surveyed, unit: Unit): Unit {
  if (unit.request !== undefined) return unit
  const [request, ...others] = requestsOf(context.rows, unit.event)
  if (request !== undefined && others.length === 0) return { event: unit.event, request }
  return pairOf(context, unit.event) ?? unit
}

/** A request by itself with the one event that its branch sends. */
function pairOf({ rows }: Surveyed, request: string): Unit | undefined {
  const [event, ...others] = answersOf(rows, request)
  return event === undefined || others.length > 0 ? undefined : { event, request }
}

/** Whether the branch of a pair's request sends the event, or is still to be written. */
function isAnswered({ rows }: Surveyed, { event, request = '' }: Unit): boolean {
  const isThere = rows.of(request, 'python-handler-branch').length > 0
  return !isThere || requestsOf(rows, event).includes(request)
}

/** What a reading takes an event for, where it is not taken as it is there. */
interface Given {
  readonly fields?: readonly Field[]
  readonly request?: readonly Field[] | undefined
  readonly direction?: HalfDirection | undefined
}

/** The targets of what is read back of a unit; undefined where it is nothing that could be asked for. */
export function resolveSpec(
  context: Surveyed,
  unit: Unit,
  // Without fields it is completed as it is, whatever its places say of each other.
  given: Given = {},
): readonly Half[] | undefined {
  const { repository, layout, channel, rows } = context
  const spec = readSpec(context, unit)
  const branch = unit.request === undefined ? undefined : rows.of(unit.request, 'python-handler-branch')[0]
  const isAnswer = branch === undefined || branch.links?.isPlaceholder !== true
  const asThere = {
    ...spec,
    direction: given.direction ?? spec.direction,
    fields: given.fields,
    // A branch that only logs what it got does not answer.
    emit:
      isAnswer || rows.of(unit.event, 'python-send').length > 0
        ? spec.emit
        : ({ to: 'none', in: undefined } as const),
    request: spec.request && { ...spec.request, fields: given.request },
  }
  const targets = resolveTargets(repository, layout, channel, rows, asThere)
  return targets instanceof Failure ? undefined : targets
}

function isAsWritten(
  context: Surveyed,
  target: Half,
  { targets, request }: { readonly targets: readonly Half[] } & Pick<Unit, 'request'>,
  site: Site,
  found: Occurrence,
): boolean {
  const { text } = target.repository.workspace.read(found.file)
  if (site.id === 'python-handler-branch' && isUnanswered(target, text.slice(found.start, found.end)))
    return true
  if (site.id !== 'python-send') return isSame(site, target, found.file, text.slice(found.start, found.end))
  const module = target.repository.python(found.file)
  const unit = findEmitUnit(module, found.start, found.event, context.rows)
  const carrier = requestsOf(context.rows, found.event).find((request) =>
    context.rows.of(request, 'python-handler-branch').some((branch) => isInside(found, branch)),
  )
  if (carrier !== undefined && carrier === request) return true
  if (unit.kind === 'blocked') return false
  const own = text.slice(unit.start, unit.end)
  const pair = { event: found.event, request: carrier }
  if (carrier !== undefined && isAnswer(context, pair, targets, own)) return true
  // In a branch may stand a function, and in that a send that is no answer.
  const deletions = site.cut(target, found)
  if ('kind' in deletions) return false
  // Where it would go is told by the code without it.
  const repository = target.repository.overlay([cut(module.source, deletions)])
  const place = findEmitPlace({ ...target, repository })
  if (place instanceof Failure) return false
  const emit = chooseEmit({ ...target, repository }, place)
  if (emit instanceof Failure) return false
  return isSame(site, { ...target, repository, place, emit }, found.file, own)
}

/** Whether a piece of a request's branch is the answer as it is written there. */
function isAnswer(context: Surveyed, pair: Unit, read: readonly Half[], found: string): boolean {
  const isRequest = (one: Half): boolean => one.spec.names.snake === pair.request
  const request = read.find(isRequest) ?? resolveSpec(context, pair)?.find(isRequest)
  if (request === undefined) return false
  const bare = { comment: [], statement: '', isRead: false, debug: '' }
  const head = branchTokens(request, { ...bare, ...UNSENT })
  return branchTokens(request, bare).slice(head.length).join(' ') === pythonTokensOf(found, true).join(' ')
}

const UNSENT = { send: '', failure: '' }

/** Whether a branch is what an answer leaves that was taken out of it: it gets any payload and does nothing. */
function isUnanswered(request: Half, found: string): boolean {
  const fields = [{ name: 'value', type: scalar('str'), optional: false }]
  const rest = branchTokens({ ...request, fields }, { comment: [], debug: '', ...UNSENT })
  return rest.join(' ') === pythonTokensOf(found, true).join(' ')
}

function branchTokens(request: Half, as: object): readonly string[] {
  const view = { ...pythonHandlerBranch.view(request), ...as }
  return pythonTokensOf(renderTemplate(pythonHandlerBranch.template, view, '  ', ''), true)
}

function isSame(site: Site, target: Half, file: string, found: string): boolean {
  const rendered = renderTemplate(site.template, site.view(target), '  ', '')
  const tokensOf = (text: string): string =>
    languageOf(file)?.tokens(text, !site.leeway.hasFreeComments).join(' ') ?? text
  return tokensOf(found) === tokensOf(rendered)
}

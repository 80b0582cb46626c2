import { Failure } from '../../errors.js'
import { languageOf } from '../../lang/languages.js'
import { tokensOf as pythonTokensOf } from '../../lang/python/tokens.js'
import { isInside, requestsOf, type Unit } from '../../ledger/pair.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import { factoryCall } from '../../sites/naming.js'
import { pythonHandlerBranch } from '../../sites/python/handler-branch.js'
import { renderTemplate } from '../../sites/render.js'
import { chooseEmit } from '../../sites/send/choose-emit.js'
import { findEmitPlace } from '../../sites/send/find-place.js'
import { helperAt } from '../../sites/send/forms/function.js'
import { findEmitUnit } from '../../sites/send/unit.js'
import type { Half, Occurrence, Site } from '../../sites/site.js'
import { scalar } from '../../spec/field-type.js'
import { cut } from '../../workspace/edits.js'
import { unlessGone } from './gone.js'
import { resolveSpec } from './resolve-unit.js'

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
  if (!mayBeWritten(target, own)) return false
  // In a branch may stand a function, and in that a send that is no answer.
  const deletions = site.cut(target, found)
  if ('kind' in deletions) return false
  // Where a helper goes can be told without a tree of the code without it, of which there are as many as helpers.
  const helper = helperAt(target, found.file, unit)
  if (helper !== undefined) {
    const emit = chooseEmit(target, helper, { aside: { file: found.file, text: own } })
    return !(emit instanceof Failure) && isSame(site, { ...target, place: helper, emit }, found.file, own)
  }
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
  const bare = { comment: [], mark: [], statement: '', isRead: false, debug: '' }
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

/**
 * Whether a send could be as it is written wherever that would go: the factory is called in what is awaited, and given every
 * value by its name. Most are not, and for those no file is read without them.
 */
function mayBeWritten(target: Half, own: string): boolean {
  const tokens = pythonTokensOf(own, false)
  const call = pythonTokensOf(`${factoryCall(target)}(`, false)
  const at = tokens.findIndex((_, index) => call.every((token, offset) => tokens[index + offset] === token))
  if (at === -1 || !tokens.slice(0, at).includes('await')) return false
  const behind = at + call.length
  return tokens[behind] === ')' || tokens[behind + 1] === '='
}

function isSame(site: Site, target: Half, file: string, found: string): boolean {
  const rendered = renderTemplate(site.template, site.view(target), '  ', '')
  const tokensOf = (text: string): string =>
    languageOf(file)?.tokens(text, !site.leeway.hasFreeComments).join(' ') ?? text
  return tokensOf(found) === tokensOf(rendered)
}

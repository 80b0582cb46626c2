import { Failure } from '../../errors.js'
import { directionOf } from '../../ledger/direction.js'
import type { Ledger } from '../../ledger/ledger.js'
import { answersOf, requestsOf, type Unit } from '../../ledger/pair.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import type { Half, SiteKey } from '../../sites/site.js'
import type { HalfDirection } from '../../spec/event-spec.js'
import type { Field } from '../../spec/field-type.js'
import { readFieldsAlone } from './fields-alone.js'
import { readSpec } from './read-spec.js'
import { resolveTargets } from './resolve.js'

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
  const isAnswer =
    branch === undefined || branch.links?.isPlaceholder !== true || branch.links.owes === unit.event
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

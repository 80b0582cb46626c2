import { findEmits } from '../../channel/emits.js'
import { factoriesOfChannel } from '../../channel/envelope.js'
import { findLocal } from '../../lang/python/locals.js'
import { boundNames, callArguments } from '../../lang/python/query.js'
import { scopeAt } from '../../lang/python/scopes.js'
import type { Node } from '../../lang/tree.js'
import { namesIn } from '../change/entries.js'
import { eventsOfEmit } from '../naming.js'
import type { SendContext } from './context.js'
import { type Handler, handlerAround } from './handler.js'
import type { StatementPlace } from './place.js'

/** A send of an event that is there: what it gives its factory, and the handled exception that it stands in. */
export interface Habit {
  readonly file: string
  readonly call: Node
  readonly handler: Handler | undefined
  readonly given: ReadonlyMap<string, Node>
}

/** How an event is sent already, by calls of its factory. */
export function habitsOf(target: SendContext): readonly Habit[] {
  return findEmits(target)
    .filter(({ kind, at }) => kind === 'factory' && at.node.kind === 'call')
    .filter((one) => eventsOfEmit(target, one).includes(target.spec.names.snake))
    .map(({ name, file, at: { node: call, frame } }): Habit => {
      const factory = factoriesOfChannel(target).find(({ method }) => method.name === name)
      const names = (factory?.method.parameters ?? []).map((one) => one.name).filter((one) => one !== 'cls')
      const own = scopeAt(frame.module, call.start)?.function
      return {
        file,
        call,
        handler: own === undefined ? undefined : handlerAround(own, call),
        given: new Map(
          callArguments(call).flatMap((one, index) => {
            const parameter = one.name ?? names[index]
            return parameter === undefined ? [] : [[parameter, one.value]]
          }),
        ),
      }
    })
}

/**
 * Whether an event tells of failures: it is sent where one is handled, and is called after one or is sent there for the most
 * part, of a file where that has sends, else of all.
 */
export function tellsFailures(habits: readonly Habit[], file: string, event: string): boolean {
  const near = habits.filter((one) => one.file === file)
  const all = near.length > 0 ? near : habits
  const isMost = all.filter((one) => one.handler !== undefined).length * 2 > all.length
  return isMost || (FAILURE.test(event) && habits.some((one) => one.handler !== undefined))
}

const FAILURE = /(?:^|_)(?:error|failed|failure)(?:_|$)/

/** Whether a value is a text that is made where it is given. */
function isMadeUp(value: Node): boolean {
  return /^(?:concatenated_)?string$/.test(value.kind) || /^str\(/.test(value.text)
}

/** Sends that each make a text of their own for a parameter: no name that is there already is what they mean. */
export function madeUpFor(habits: readonly Habit[], parameter: string): Node | undefined {
  const values = habits.flatMap((one) => one.given.get(parameter) ?? [])
  return values.length > 1 && values.every(isMadeUp) ? values[0] : undefined
}

/** What another send that tells a failure gives for a parameter, in the names of the place; the nearest one counts. */
export function valueLike(
  target: SendContext,
  habits: readonly Habit[],
  parameter: string,
  place: StatementPlace,
): string | undefined {
  const { handler } = place
  if (handler === undefined) return undefined
  const handled = habits.filter((one) => one.handler !== undefined)
  const distance = (one: Habit): number =>
    one.file === place.file ? Math.abs(one.call.start - place.offset) : Number.MAX_SAFE_INTEGER
  const like = handled
    .toSorted((a, b) => distance(a) - distance(b))
    .map((one) => {
      const value = one.given.get(parameter)
      return value === undefined ? undefined : inNamesOf(target, value, one.handler, place, handler)
    })
    .find((one) => one !== undefined)
  const isOfException = handled.some((one) => {
    const value = one.given.get(parameter)
    return (
      value !== undefined &&
      isMadeUp(value) &&
      namesIn(value).some(({ text }) => text === one.handler?.caught)
    )
  })
  return like ?? (isOfException ? `str(${handler.caught})` : undefined)
}

/** An expression with the exception as it is called at a place; undefined where it reads what is not known there. */
function inNamesOf(
  { repository }: SendContext,
  value: Node,
  from: Handler | undefined,
  place: StatementPlace,
  handler: Handler,
): string | undefined {
  const names = namesIn(value)
  if (names.length === 0 || value.text.includes('\n')) return undefined
  const module = repository.python(place.file)
  const around = [place.scope.function, ...place.scope.around]
  const isKnown = (name: string): boolean =>
    name === 'str' ||
    boundNames(module).has(name) ||
    around.some((one) => one.parameters.some((parameter) => parameter.name === name)) ||
    around.some((one) => (findLocal(module, one, name)?.bindings ?? []).some((at) => isSure(at, handler)))
  let text = ''
  let end = value.start
  for (const node of names.toSorted((a, b) => a.start - b.start)) {
    const isCaught = node.text === from?.caught
    if (!isCaught && !isKnown(node.text)) return undefined
    text += value.text.slice(end - value.start, node.start - value.start)
    text += isCaught ? handler.caught : node.text
    end = node.end
  }
  return text + value.text.slice(end - value.start)
}

/** Whether a name is bound for sure where a failure is handled: in front of what may fail, on the way to it. */
function isSure(binding: Node, { statement }: Handler): boolean {
  // What a loop binds is another one, or none, behind it.
  const around = [...binding.ancestors()].find((one) =>
    /^(?:block|for_statement|for_in_clause)$/.test(one.kind),
  )
  const clause = [...binding.ancestors()].find((one) => one.kind === 'except_clause')
  return (
    binding.start < statement.start && around?.holds(statement) === true && clause?.holds(statement) !== false
  )
}

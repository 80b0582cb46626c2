import { findHandlerChain } from '../../../channel/handler.js'
import { type Failure, wrongInput } from '../../../errors.js'
import type { PythonModule } from '../../../lang/module.js'
import { localsOf } from '../../../lang/python/branches.js'
import type { Page } from '../../../lang/python/print.js'
import type { PyScope } from '../../../lang/python/scopes.js'
import type { Node } from '../../../lang/tree.js'
import type { ManagerMethod } from '../../../layout/layout.js'
import { placeOf } from '../../../workspace/place.js'
import { indentAt } from '../../../workspace/source.js'
import {
  blankLinesBelow,
  endWithComment,
  PYTHON_COMMENT,
  placeInFront,
  startWithComments,
} from '../../anchors/blocks.js'
import { helperName } from '../../naming.js'
import type { Half } from '../../site.js'
import type { SendContext } from '../context.js'
import type { CallbackPlace, Spot } from '../place.js'
import { argumentIn } from '../sender.js'
import { payloadParameters, printDefinition, spotBehind } from './definition.js'
import { type Frame, type Given, given } from './frame.js'

/** A function inside the endpoint, which the agent or a branch can call: behind those that are there. */
export function asCallback(
  target: SendContext,
  module: PythonModule,
  scope: PyScope,
): CallbackPlace | Failure {
  const spot = findSpot(target, module, scope)
  if (spot !== undefined)
    return { form: 'callback', name: helperName(target.spec.names.snake), scope, isGuarded: false, ...spot }
  return wrongInput({
    code: 'no-place-for-send',
    what: `\`${scope.path}\` has nothing in front of its loop for a callback to stand behind`,
    fix: 'name a function that sends, or leave out --emit-in',
    place: placeOf(module.source, scope.function.node.start),
  })
}

function findSpot(target: SendContext, module: PythonModule, scope: PyScope): Spot | undefined {
  const { body } = scope.function
  const { text } = module.source
  const inner = body.findLastIndex((one) => /^(decorated|function)_definition$/.test(one.kind))
  const handler = findHandlerChain(target)
  const loop = body.findIndex(
    (one) => one.start <= (handler?.chain.start ?? 0) && one.end >= (handler?.chain.start ?? 0),
  )
  const previous = body[inner === -1 ? loop - 1 : inner]
  if (previous === undefined) return undefined
  const base = indentAt(text, previous.start)
  // Between two lines that stand together it could not be taken out again: nothing would tell that they did.
  const isApart = (one: Node): boolean =>
    blankLinesBelow(text, endWithComment(text, one.end, PYTHON_COMMENT)) > 0
  const [first] = body
  const apart = inner === -1 ? body.slice(0, loop).findLast(isApart) : previous
  if (apart === undefined && first !== undefined && first.children[0]?.kind !== 'string') {
    const offset = startWithComments(text, first.start)
    return { file: module.source.path, base, offset, place: placeInFront(offset, 1) }
  }
  return spotBehind(module, apart ?? previous, base, 1)
}

/** The offset of the endpoint, where it has a local of the name of the new function. */
export function findTakenCallback({ scope, name }: CallbackPlace): number | undefined {
  return localsOf(scope.function).has(name) ? scope.function.node.start : undefined
}

/** Parameters for the payload alone, which leave alone what it reads of the function around it. */
export function frameCallback(target: Half, place: CallbackPlace, emit: ManagerMethod, page: Page): Frame {
  const argument = argumentIn(target, place.scope, emit)
  const read = emit.parameters.flatMap((one) => (one.isMessage ? [] : (argument(one)?.split('.')[0] ?? [])))
  // What every event carries, such as the room, is what the function around it knows.
  const known = target.fields.flatMap((field): Given[] => {
    const isLeading = target.custom.leading.some(({ name }) => name === field.name)
    const same = isLeading
      ? emit.parameters.find((one) => !one.isMessage && one.name === field.name)
      : undefined
    const value = same === undefined ? undefined : argument(same)
    return value === undefined ? [] : [{ field, value }]
  })
  const fields = target.fields.filter((field) => !known.some((one) => one.field === field))
  const parameters = payloadParameters({ ...target, fields }, place, emit, read)
  const items = parameters.map((one) => one.text)
  return {
    ...printDefinition(target.spec, place.name, items, emit, page),
    values: [...known, ...given(parameters)],
    argument: (one) => argument(one) ?? one.name,
  }
}

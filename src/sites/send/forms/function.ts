import { perChannel } from '../../../channel/open-channel.js'
import { type Failure, wrongInput } from '../../../errors.js'
import type { PythonModule } from '../../../lang/module.js'
import { assignmentsOf, boundNames, classesOf, functionsOf } from '../../../lang/python/query.js'
import type { Node } from '../../../lang/tree.js'
import type { Manager } from '../../../layout/layout.js'
import { placeBehind } from '../../anchors/blocks.js'
import { helperName } from '../../naming.js'
import type { SendContext } from '../context.js'
import { isGuarded, mentionOf, nameLike, neighboursOf } from '../neighbours.js'
import type { FunctionPlace, Spot } from '../place.js'
import type { EmitUnit } from '../unit.js'
import { spotBehind } from './definition.js'

/** A helper beside the manager: behind those that are there; undefined where there is nothing to stand behind. */
export function besideManager(target: SendContext, manager: Manager): FunctionPlace | undefined {
  const { repository, spec } = target
  const previous = foregoers(target)[0]
  if (previous === undefined) return undefined
  const name = helperName(spec.names.snake)
  return { form: 'function', name, isGuarded: false, ...spotAtTop(repository.python(manager.file), previous) }
}

/** What a helper beside the manager may stand behind, the last one first: other helpers, else what gives the manager. */
const foregoers = perChannel(({ repository, channel }): readonly Node[] => {
  const { manager } = channel
  if (manager === undefined) return []
  const module = repository.python(manager.file)
  const mention = mentionOf(channel)
  const helpers = functionsOf(module).filter(
    (one) => one.isAsync && /^send_/.test(one.name) && mention.test(one.node.text),
  )
  const getter = functionsOf(module).find((one) => one.name === manager.getter)
  const instance = assignmentsOf(module).find((one) => one.name === manager.instance)
  const sender = functionsOf(module).findLast((one) => manager.methods.some(({ name }) => name === one.name))
  const given = getter ?? (manager.instance === undefined ? sender : instance)
  return [...helpers.toReversed(), ...(given === undefined ? [] : [given])].map((one) => one.node)
})

/**
 * The place that a helper beside the manager has. Undefined where an event of this kind is sent elsewhere, and where without
 * that helper nothing would say where one goes.
 */
export function helperAt(
  target: SendContext,
  file: string,
  { form, start }: EmitUnit,
): FunctionPlace | undefined {
  const { channel, spec } = target
  if (channel.manager?.file !== file || form !== 'function' || spec.emit.in !== undefined) return undefined
  if (!foregoers(target).some((one) => one.start !== start)) return undefined
  const spot = { file, offset: start, base: '', place: placeBehind(start, 2) }
  return { form, name: helperName(spec.names.snake), isGuarded: false, ...spot }
}

/** A function of a module: behind those that send, else behind all that is defined there. */
export function ofModule(target: SendContext, module: PythonModule): FunctionPlace | Failure {
  const neighbours = neighboursOf(target, module).filter(
    (one) => one.owner === undefined && one.around.length === 0,
  )
  const definitions = [...functionsOf(module), ...classesOf(module)].map((one) => one.node)
  const last = definitions.toSorted((a, b) => a.start - b.start).at(-1)
  const statements = module.root.children.filter((child) => child.isNamed)
  const previous = neighbours.at(-1)?.function.node ?? last ?? statements.at(-1)
  if (previous === undefined) {
    return wrongInput({
      code: 'no-place-for-send',
      what: `\`${module.source.path}\` is empty`,
      fix: 'name a file with something in it',
      place: { file: module.source.path },
    })
  }
  return {
    form: 'function',
    name: nameLike(target, module),
    isGuarded: isGuarded(target, module),
    ...spotAtTop(module, previous),
  }
}

function spotAtTop(module: PythonModule, previous: Node): Spot {
  const follows = module.root.children.filter((one) => one.start > previous.start)
  return spotBehind(module, previous, '', 2, follows)
}

/** The offset of something else that has the name of the new function. */
export function findTakenFunction(module: PythonModule, { name }: FunctionPlace): number | undefined {
  return boundNames(module).get(name)?.start
}

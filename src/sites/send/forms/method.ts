import { type Failure, wrongInput } from '../../../errors.js'
import type { PythonModule } from '../../../lang/module.js'
import type { PyClass } from '../../../lang/python/query.js'
import { placeOf } from '../../../workspace/place.js'
import { indentAt } from '../../../workspace/source.js'
import type { SendContext } from '../context.js'
import { isGuarded, nameLike, neighboursOf } from '../neighbours.js'
import type { MethodPlace } from '../place.js'
import { spotBehind } from './definition.js'

/** A method of a class: behind those that send, else behind all that it has. */
export function ofClass(target: SendContext, module: PythonModule, owner: PyClass): MethodPlace | Failure {
  if (owner.bases.some((base) => /(^|\.)(TypedDict|Protocol)\b/.test(base))) {
    return wrongInput({
      code: 'no-place-for-send',
      what: `\`${owner.name}\` is a type, and has no method of its own`,
      fix: `leave out :${owner.name} for a function of the module`,
      place: placeOf(module.source, owner.node.start),
    })
  }
  const neighbours = neighboursOf(target, module).filter((one) => one.owner === owner)
  const previous =
    neighbours.at(-1)?.function.node ?? owner.methods.at(-1)?.node ?? owner.body.children.at(-1)
  const first = owner.body.children.find((child) => child.isNamed)
  if (previous === undefined || first === undefined || /:\s*\.\.\.\s*$/.test(owner.node.text)) {
    return wrongInput({
      code: 'no-place-for-send',
      what: `\`${owner.name}\` has nothing to stand behind`,
      fix: `leave out :${owner.name} for a function of the module`,
      place: placeOf(module.source, owner.node.start),
    })
  }
  return {
    form: 'method',
    name: nameLike(target, module),
    owner,
    isGuarded: isGuarded(target, module),
    ...spotBehind(module, previous, indentAt(module.source.text, first.start), 1),
  }
}

/** The offset of another member of the class that has the name of the new method. */
export function findTakenMethod({ owner, name }: MethodPlace): number | undefined {
  return [...owner.methods, ...owner.assignments].find((one) => one.name === name)?.node.start
}

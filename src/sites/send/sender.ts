import { findArgument } from '../../channel/handler.js'
import { boundNames, importsOf } from '../../lang/python/query.js'
import type { PyScope } from '../../lang/python/scopes.js'
import type { ManagerMethod } from '../../layout/layout.js'
import { isModuleOf } from '../../layout/python-parts.js'
import { placeOf } from '../../workspace/place.js'
import { moduleOf } from '../requirements/named-types.js'
import { NoView, type Taken } from '../site.js'
import type { SendContext } from './context.js'
import { type EmitPlace, scopeOf } from './place.js'

/** What the function around a place gives for a parameter of the manager's method; undefined where there is nothing. */
export function argumentIn(
  { channel }: SendContext,
  scope: PyScope,
  method: ManagerMethod,
): (parameter: ManagerMethod['parameters'][number]) => string | undefined {
  const { manager } = channel
  const functions = [scope.function, ...scope.around]
  return (one) => (manager === undefined ? undefined : findArgument(functions, manager, method, one))
}

/** What a place calls to send, and what it has to import for that in front of the send. */
export interface Sender {
  /** `manager`, `get_ws_manager()`; undefined where functions send. */
  readonly object: string | undefined
  readonly imports: readonly { readonly module: string; readonly name: string }[]
  /** Names that the send reads, which no parameter may hide. */
  readonly names: readonly string[]
}

/** How a place gets at the manager and the envelope: what it has bound already, else by importing it there. */
export function senderAt(target: SendContext, place: EmitPlace, emit: ManagerMethod): Sender {
  const { channel, repository } = target
  const { manager, envelope } = channel
  if (manager === undefined) throw new NoView('there is no sender without a manager')
  const module = repository.python(place.file)
  const bound = (name: string, file: string): string | undefined =>
    boundAt(target, place, name, file) ?? (module.source.path === file ? name : undefined)
  const message = bound(envelope.name, envelope.file) === envelope.name
  const imports =
    message || place.file === manager.file ? [] : [{ module: moduleOf(envelope.file), name: envelope.name }]
  const from = moduleOf(manager.file)
  const result = (object: string | undefined, name: string, isBound: boolean): Sender => ({
    object,
    imports: [...imports, ...(isBound ? [] : [{ module: from, name }])].toSorted((a, b) =>
      a.module < b.module ? -1 : a.module > b.module ? 1 : a.name < b.name ? -1 : 1,
    ),
    names: [name, envelope.name],
  })
  if (manager.instance === undefined)
    return result(undefined, emit.name, bound(emit.name, manager.file) !== undefined)
  const instance = bound(manager.instance, manager.file)
  if (instance !== undefined) return result(instance, instance, true)
  if (manager.getter === undefined) return result(manager.instance, manager.instance, false)
  const getter = bound(manager.getter, manager.file)
  return result(`${getter ?? manager.getter}()`, getter ?? manager.getter, getter !== undefined)
}

/** What a place calls a name of another file, if its module or the function around it imports it. */
function boundAt(
  { repository }: SendContext,
  place: EmitPlace,
  name: string,
  file: string,
): string | undefined {
  const module = repository.python(place.file)
  const top = importsOf(module)
    .filter((one) => one.isFrom)
    .flatMap((one) => one.names.map((imported) => ({ ...imported, module: one.module })))
    .find((one) => one.name === name && (isModuleOf(one.module, file) || one.bound === name))
  if (top !== undefined) return top.bound
  const scope = scopeOf(place)
  const inner = scope === undefined ? [] : [scope.function, ...scope.around]
  const isImported = inner.some((one) =>
    one.node
      .descendants('import_from_statement')
      .some(
        (statement) =>
          statement.end <= place.offset &&
          new RegExp(`\\bimport\\b[\\s\\S]*\\b${name}\\b(?!\\s+as\\b)`).test(statement.text),
      ),
  )
  return isImported ? name : undefined
}

/** A name that the send reads or imports and that means something else around the place. */
export function findHidden(target: SendContext, place: EmitPlace, sender: Sender): Taken | undefined {
  const module = target.repository.python(place.file)
  const imported = sender.imports.map((one) => one.name)
  if (scopeOf(place) === undefined) return undefined
  // An import inside a function hides the name from all of it.
  const name = imported.find((one) => boundNames(module).has(one))
  const node = name === undefined ? undefined : boundNames(module).get(name)
  return name === undefined || node === undefined
    ? undefined
    : { name, place: placeOf(module.source, node.start) }
}

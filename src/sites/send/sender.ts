import { findArgument } from '../../channel/handler.js'
import { type Problem, wrongInput } from '../../errors.js'
import { boundNames, importsOf } from '../../lang/python/query.js'
import { type PyScope, scopesOf } from '../../lang/python/scopes.js'
import type { Manager, ManagerMethod } from '../../layout/layout.js'
import { calleeOf } from '../../layout/manager-part.js'
import { isModuleOf } from '../../layout/python-parts.js'
import { unknownChoice } from '../../spec/reserved.js'
import { placeOf } from '../../workspace/place.js'
import { moduleOf } from '../requirements/named-types.js'
import { type Half, NoView, type Taken } from '../site.js'
import { countSends } from './neighbours.js'
import { type EmitPlace, scopeOf } from './place.js'

type Context = Pick<Half, 'repository' | 'layout' | 'channel' | 'custom' | 'spec'>

/**
 * The method of the manager that an event is sent by: as asked for, else what the file of the place uses most,
 * else what the handler does.
 *
 * @param place undefined where there is none to send from
 * @throws Failure with exit code 2 when it cannot be called from the place, with what can
 */
export function chooseEmit(target: Context, place: EmitPlace | undefined): ManagerMethod | undefined {
  const { repository, channel, spec } = target
  const { manager, handler } = channel
  if (manager === undefined || spec.emit.to === 'none') return undefined
  const text = repository.python(handler?.file ?? manager.file).source.text
  const uses = (method: ManagerMethod): number => text.split(`${calleeOf(manager, method)}(`).length - 1
  const near =
    place === undefined || spec.emit.in === undefined
      ? new Map<string, number>()
      : countSends(target, place.file)
  const rank = (method: ManagerMethod): number => (near.get(method.name) ?? 0) * 1000 + uses(method)
  const fitting = manager.methods
    .filter((method) => spec.emit.to === undefined || method.target === spec.emit.to)
    .toSorted((a, b) => rank(b) - rank(a))
  const [best] = fitting
  if (best === undefined && spec.emit.to !== undefined) throw wrongInput(describeOffer(target, manager))
  if (best === undefined || place === undefined || spec.emit.in === undefined) return best
  const reachable = (method: ManagerMethod): boolean =>
    findMissing(target, place, manager, method) === undefined
  const found = fitting.find((method) => method.target === best.target && reachable(method))
  if (found !== undefined) return found
  throw wrongInput(describeUnreachable(target, place, manager, best, manager.methods.filter(reachable)))
}

function describeOffer({ channel, spec }: Context, manager: Manager): Problem {
  const offered = [...new Set(manager.methods.map((method) => method.target))]
  return {
    ...unknownChoice(`emit target of the channel \`${channel.id}\``, spec.emit.to ?? '', [
      ...offered,
      'none',
    ]),
    why: `${manager.title} sends by ${manager.methods.map((method) => `\`${method.name}\``).join(', ')}`,
    place: { file: manager.file },
  }
}

/** The parameter of a method that a place has nothing to give for. */
function findMissing(
  target: Context,
  place: EmitPlace,
  manager: Manager,
  method: ManagerMethod,
): ManagerMethod['parameters'][number] | undefined {
  const module = target.repository.python(place.file)
  const scope = scopeOf(place)
  const given = scope === undefined ? undefined : argumentIn(target, scope, method)
  return method.parameters.find((one) => {
    if (one.isMessage) return false
    if (given !== undefined) return given(one) === undefined
    const isShared = target.custom.leading.some((field) => field.name === one.name)
    if (isShared || method.target !== 'client' || place.file === manager.file) return false
    const isKnown = scopesOf(module).some((scope) =>
      scope.function.parameters.some(({ name }) => name === one.name),
    )
    return !isKnown || isOfConnection(target, one)
  })
}

/** What the function around a place gives for a parameter of the manager's method; undefined where there is nothing. */
export function argumentIn(
  { channel }: Pick<Context, 'channel'>,
  scope: PyScope,
  method: ManagerMethod,
): (parameter: ManagerMethod['parameters'][number]) => string | undefined {
  const { manager } = channel
  const functions = [scope.function, ...scope.around]
  return (one) => (manager === undefined ? undefined : findArgument(functions, manager, method, one))
}

/** Whether a parameter stands for one connection, which the endpoint makes up and nobody else knows. */
function isOfConnection(
  { repository, channel }: Context,
  { name, annotation }: ManagerMethod['parameters'][number],
): boolean {
  if (/\bWebSocket\b/.test(annotation ?? '')) return true
  const text = channel.handler === undefined ? '' : repository.python(channel.handler.file).source.text
  return new RegExp(`^\\s*${name}(\\s*:[^=\\n]+)?\\s*=[^\\n]*uuid`, 'm').test(text)
}

function describeUnreachable(
  { repository, channel, spec }: Context,
  place: EmitPlace,
  manager: Manager,
  method: ManagerMethod,
  others: readonly ManagerMethod[],
): Problem {
  const { file } = place
  const scope = scopeOf(place)
  const where = scope === undefined ? file : `${file}:${scope.path}`
  const parameter = method.parameters.filter((one) => !one.isMessage).map((one) => one.name)
  const targets = [...new Set(others.map((one) => one.target))]
  const means = targets.map(
    (target) => `--emit ${target}${target === 'all' ? ' (it reaches every connected client)' : ''}`,
  )
  const helper = `leave out --emit-in: the helper in \`${manager.file}\` takes \`${parameter.join('`, `')}\``
  const at = scope?.function.node ?? undefined
  return {
    what: `\`${where}\` cannot send \`${spec.names.snake}\` to ${{ client: 'one client', all: 'all clients', room: 'a room' }[method.target]} of the channel \`${channel.id}\``,
    why: `\`${calleeOf(manager, method)}\` takes \`${parameter.join('`, `')}\`, which is not known there`,
    fix: `${means.length === 0 ? '' : `use ${means.join(' or ')}, or `}${helper}`,
    place: at === undefined ? { file } : placeOf(repository.python(file).source, at.start),
  }
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
export function senderAt(target: Context, place: EmitPlace, emit: ManagerMethod): Sender {
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
function boundAt({ repository }: Context, place: EmitPlace, name: string, file: string): string | undefined {
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
export function findHidden(target: Context, place: EmitPlace, sender: Sender): Taken | undefined {
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

import { perChannel } from '../../channel/open-channel.js'
import { type Failure, type Problem, wrongInput } from '../../errors.js'
import { scopesOf } from '../../lang/python/scopes.js'
import type { Manager, ManagerMethod } from '../../layout/layout.js'
import { calleeOf } from '../../layout/manager-part.js'
import { unknownChoice } from '../../spec/reserved.js'
import { placeOf } from '../../workspace/place.js'
import type { Occurrence } from '../site.js'
import type { SendContext } from './context.js'
import { countSends, sendAt } from './neighbours.js'
import { type EmitPlace, scopeOf } from './place.js'
import { argumentIn } from './sender.js'

/**
 * The method of the manager that an event is sent by: as asked for, else as it is sent already, else what the file of the
 * place uses most, else what the handler does.
 *
 * @param place undefined where there is none to send from
 * @param options.sends where it is sent already
 * @param options.aside a piece of code that does not count
 * @returns a Failure with exit code 2 when it cannot be called from the place, with what can
 */
export function chooseEmit(
  target: SendContext,
  place: EmitPlace | undefined,
  { sends = [], aside }: { readonly sends?: readonly Occurrence[]; readonly aside?: Piece } = {},
): ManagerMethod | Failure | undefined {
  const { repository, channel, spec } = target
  const { manager, handler } = channel
  if (manager === undefined || spec.emit.to === 'none') return undefined
  const all = countCalls(target)
  const isCounted = aside?.file === (handler?.file ?? manager.file)
  const uses = (method: ManagerMethod): number =>
    (all.get(method) ?? 0) - (isCounted ? callsIn(aside.text, manager, method) : 0)
  const near =
    place === undefined || spec.emit.in === undefined
      ? new Map<string, number>()
      : countSends(target, place.file)
  const own = sends.map((one) => sendAt(channel, repository.python(one.file), one.start))
  const ranks = (method: ManagerMethod): readonly number[] => [
    own.filter((name) => name === method.name).length,
    near.get(method.name) ?? 0,
    uses(method),
  ]
  const fitting = manager.methods
    .filter((method) => spec.emit.to === undefined || method.target === spec.emit.to)
    .toSorted((a, b) => compareRanks(ranks(b), ranks(a)))
  const [best] = fitting
  if (best === undefined && spec.emit.to !== undefined) return wrongInput(describeOffer(target, manager))
  if (best === undefined || place === undefined || spec.emit.in === undefined) return best
  const reachable = (method: ManagerMethod): boolean =>
    findMissing(target, place, manager, method) === undefined
  const found = fitting.find((method) => method.target === best.target && reachable(method))
  if (found !== undefined) return found
  return wrongInput(describeUnreachable(target, place, manager, best, manager.methods.filter(reachable)))
}

/** The first two numbers that are not the same decide. */
function compareRanks(one: readonly number[], other: readonly number[]): number {
  return one.map((rank, index) => rank - (other[index] ?? 0)).find((difference) => difference !== 0) ?? 0
}

/** A piece of a file. */
interface Piece {
  readonly file: string
  readonly text: string
}

/** How often the file of the handler calls each method of the manager; the manager's own where there is no handler. */
const countCalls = perChannel(({ repository, channel }): ReadonlyMap<ManagerMethod, number> => {
  const { manager, handler } = channel
  if (manager === undefined) return new Map()
  const { text } = repository.python(handler?.file ?? manager.file).source
  return new Map(manager.methods.map((method) => [method, callsIn(text, manager, method)]))
})

function callsIn(text: string, manager: Manager, method: ManagerMethod): number {
  return text.split(`${calleeOf(manager, method)}(`).length - 1
}

function describeOffer({ channel, spec }: SendContext, manager: Manager): Problem {
  const offered = [...new Set(manager.methods.map((method) => method.target))]
  return {
    ...unknownChoice('unknown-choice', `emit target of the channel \`${channel.id}\``, spec.emit.to ?? '', [
      ...offered,
      'none',
    ]),
    why: `${manager.title} sends by ${manager.methods.map((method) => `\`${method.name}\``).join(', ')}`,
    place: { file: manager.file },
  }
}

/** The parameter of a method that a place has nothing to give for. */
function findMissing(
  target: SendContext,
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

/** Whether a parameter stands for one connection, which the endpoint makes up and nobody else knows. */
function isOfConnection(
  { repository, channel }: SendContext,
  { name, annotation }: ManagerMethod['parameters'][number],
): boolean {
  if (/\bWebSocket\b/.test(annotation ?? '')) return true
  const text = channel.handler === undefined ? '' : repository.python(channel.handler.file).source.text
  return new RegExp(`^\\s*${name}(\\s*:[^=\\n]+)?\\s*=[^\\n]*uuid`, 'm').test(text)
}

function describeUnreachable(
  { repository, channel, spec }: SendContext,
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
    code: 'no-place-for-send',
    what: `\`${where}\` cannot send \`${spec.names.snake}\` to ${{ client: 'one client', all: 'all clients', room: 'a room' }[method.target]} of the channel \`${channel.id}\``,
    why: `\`${calleeOf(manager, method)}\` takes \`${parameter.join('`, `')}\`, which is not known there`,
    fix: `${means.length === 0 ? '' : `use ${means.join(' or ')}, or `}${helper}`,
    place: at === undefined ? { file } : placeOf(repository.python(file).source, at.start),
  }
}

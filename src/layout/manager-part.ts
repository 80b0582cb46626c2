import type { PythonModule } from '../lang/module.js'
import { python } from '../lang/python/language.js'
import { assignmentsOf, classesOf, functionsOf, type PyFunction } from '../lang/python/query.js'
import type { Node } from '../lang/tree.js'
import type { EmitTarget } from '../spec/event-spec.js'
import { type Candidate, type Choice, choose, weigh } from './candidates.js'
import type { Manager, ManagerMethod, PythonName } from './layout.js'
import { boundTo, mayMean } from './python-names.js'
import type { Repository } from './repository.js'

/**
 * What sends the channel's messages: the object of a class with async methods that take the envelope, or the
 * functions beside the handler that do. For it speak, the weightiest first: the handler has it (it defines it, or
 * imports the instance or its getter), how often the handler calls it, it holds sockets, it is an object.
 */
export function findManager(
  repository: Repository,
  folder: string,
  envelope: PythonName,
  handler: string | undefined,
): Choice<Manager> {
  const files = repository
    .saying(folder, python.extensions, [envelope.name])
    .filter((file) => /^class /m.test(repository.workspace.read(file).text))
  const own = files.filter((file) => mayMean(repository, folder, file, envelope.name, envelope))
  const managers = own.flatMap((file) => readManagers(repository.python(file), envelope.name))
  const senders = handler === undefined ? [] : readSenders(repository.python(handler), envelope.name)
  return choose(
    [...managers, ...senders].map(({ manager, start, holdsSockets }): Candidate<Manager> => {
      const calls = handler === undefined ? 0 : countCalls(repository, folder, handler, manager)
      const isReached = handler !== undefined && reachesFrom(repository, folder, handler, manager)
      return {
        part: isReached || holdsSockets ? manager : undefined,
        text: manager.title,
        file: manager.file,
        start,
        rank: weigh(isReached, calls, holdsSockets, manager.instance !== undefined),
      }
    }),
  )
}

interface Read {
  readonly manager: Manager
  readonly start: number
  /** Whether its code writes to a socket. */
  readonly holdsSockets: boolean
}

function readManagers(module: PythonModule, envelope: string): Read[] {
  const file = module.source.path
  return classesOf(module).flatMap((one): Read[] => {
    const methods = one.methods.flatMap((method) => readMethod(method, envelope) ?? [])
    const instance = assignmentsOf(module).find(
      ({ value }) => value?.kind === 'call' && (value.child('function') ?? value).text === one.name,
    )?.name
    if (methods.length === 0 || instance === undefined) return []
    const getter = functionsOf(module).find((candidate) =>
      candidate.body.some((statement) => statement.text === `return ${instance}`),
    )
    const manager = { file, title: `class \`${one.name}\``, instance, getter: getter?.name, methods }
    return [{ manager, start: one.node.start, holdsSockets: writesToSocket(one.node) }]
  })
}

function writesToSocket(node: Node): boolean {
  return node.descendants('attribute').some((one) => /\.(send_json|send_text|send_bytes)$/.test(one.text))
}

/** The functions beside the handler that do nothing but send a message, as `_send_json(websocket, message)` does. */
function readSenders(module: PythonModule, envelope: string): Read[] {
  const file = module.source.path
  const functions = functionsOf(module)
  const methods = functions.flatMap((one) => {
    const method = one.decorators.length === 0 ? readMethod(one, envelope) : undefined
    return method === undefined ? [] : [{ ...method, target: 'client' as const }]
  })
  const manager = { file, title: `module \`${file}\``, instance: undefined, getter: undefined, methods }
  const start = functions.find((one) => one.name === methods[0]?.name)?.node.start ?? 0
  return methods.length === 0 ? [] : [{ manager, start, holdsSockets: true }]
}

/** What a send calls: `manager.send`, or `_send_json`. */
export function calleeOf(manager: Manager, method: Pick<ManagerMethod, 'name'>): string {
  return manager.instance === undefined ? method.name : `${manager.instance}.${method.name}`
}

function countCalls(repository: Repository, folder: string, handler: string, manager: Manager): number {
  const module = repository.python(handler)
  const names = namesOf(repository, folder, handler, manager)
  const callees = manager.methods.flatMap(({ name }) =>
    manager.instance === undefined ? [name] : names.map((one) => `${one}.${name}`),
  )
  return module.root
    .descendants('call')
    .filter((call) => callees.includes((call.child('function') ?? call).text)).length
}

function reachesFrom(repository: Repository, folder: string, handler: string, manager: Manager): boolean {
  return manager.file === handler || namesOf(repository, folder, handler, manager).length > 0
}

/** What the handler calls the instance by: its name there, or a call of its getter. */
function namesOf(repository: Repository, folder: string, handler: string, manager: Manager): string[] {
  const { file, instance, getter } = manager
  const names = (name: string | undefined): string[] =>
    name === undefined ? [] : boundTo(repository, folder, handler, { name, file })
  return [...names(instance), ...names(getter).map((name) => `${name}()`)]
}

function readMethod(method: PyFunction, envelope: string): ManagerMethod | undefined {
  const parameters = method.parameters
    .filter((parameter) => parameter.name !== 'self' && parameter.default === undefined)
    .map(({ name, annotation, isKeywordOnly }) => ({
      name,
      annotation,
      isKeywordOnly,
      isMessage: annotation?.replace(/["']/g, '') === envelope,
    }))
  if (!method.isAsync || !parameters.some((parameter) => parameter.isMessage)) return undefined
  return { name: method.name, parameters, target: targetOf(method.name, parameters.length) }
}

function targetOf(method: string, parameters: number): Exclude<EmitTarget, 'none'> {
  if (/room/.test(method)) return 'room'
  if (/broadcast|_all/.test(method)) return 'all'
  return parameters > 1 ? 'client' : 'all'
}

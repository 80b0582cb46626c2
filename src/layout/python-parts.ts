import { posix } from 'node:path'
import type { PythonModule } from '../lang/python/parser.js'
import {
  assignmentsOf,
  callArguments,
  childOf,
  classesOf,
  descendants,
  functionsOf,
  importsOf,
  type PyClass,
  type PyFunction,
  stringValue,
  textOf,
} from '../lang/python/query.js'
import type { EmitTarget } from '../spec/event-spec.js'
import { onlyUsed, word } from './candidates.js'
import type { Channel, Manager, ManagerMethod, PythonName } from './layout.js'
import type { Repository } from './repository.js'

/** A string enum and the model that has it as its `type`. */
export interface Envelope {
  readonly enum: PythonName
  readonly envelope: PythonName
  readonly values: readonly string[]
}

/**
 * Pairs of a string enum and the model whose field `type` has it, one for each channel.
 *
 * @throws Failure with exit code 2 where two files could be the one and nothing says which is used
 */
export function findEnvelopes(repository: Repository, folder: string): Envelope[] {
  const byChannel = new Map<string, Envelope[]>()
  for (const found of findCandidates(repository, folder)) {
    const id = channelId(found.enum.name)
    byChannel.set(id, [...(byChannel.get(id) ?? []), found])
  }
  const chosen = [...byChannel].map(([id, candidates]) => {
    const files = (one: Envelope): string => one.envelope.file
    return onlyUsed(id, candidates, files, (one) => countImporters(repository, folder, one.envelope))
  })
  return chosen.sort((a, b) => rankOf(channelId(a.enum.name)) - rankOf(channelId(b.enum.name)))
}

/** How many files of the backend import a name from the file that defines it. */
function countImporters(repository: Repository, folder: string, { name, file }: PythonName): number {
  const mentions = word(name)
  return repository
    .search(folder, ['.py'], (text) => mentions.test(text))
    .filter((path) =>
      importsOf(repository.python(path)).some(
        (one) => one.isFrom && isModuleOf(one.module, file) && one.names.some((item) => item.name === name),
      ),
    ).length
}

function findCandidates(repository: Repository, folder: string): Envelope[] {
  const enums = new Map<string, { readonly name: PythonName; readonly values: string[] }[]>()
  // A class that is not read would be a channel that nobody misses.
  const openFile = (file: string): PythonModule => {
    const fault = repository.faultIn(file)
    if (fault !== undefined) repository.unreadable.set(file, fault)
    return repository.python(file)
  }
  for (const file of repository.search(folder, ['.py'], (text) =>
    /\(\s*str\s*,\s*(enum\.)?Enum\s*\)|\bStrEnum\s*\)/.test(text),
  )) {
    const module = openFile(file)
    for (const one of classesOf(module).filter(isStringEnum)) {
      const values = one.assignments.flatMap((member) => stringValue(module, member.value) ?? [])
      enums.set(one.name, [...(enums.get(one.name) ?? []), { name: { name: one.name, file }, values }])
    }
  }
  const found: Envelope[] = []
  for (const file of repository.search(
    folder,
    ['.py'],
    (text) => /^[ \t]+type\s*:\s*\w+/m.test(text) && /^[ \t]+payload\s*:/m.test(text),
  )) {
    const module = openFile(file)
    for (const one of classesOf(module)) {
      const type = one.assignments.find((field) => field.name === 'type')?.annotation
      const candidates = enums.get(type ?? '') ?? []
      const match =
        candidates.find((candidate) => candidate.name.file === file) ??
        candidates.find(() => bindsName(module, type ?? ''))
      if (match === undefined || !one.assignments.some((field) => field.name === 'payload')) continue
      found.push({ enum: match.name, values: match.values, envelope: { name: one.name, file } })
    }
  }
  return found
}

function isStringEnum(one: PyClass): boolean {
  const bases = one.bases.map((base) => base.replace(/^enum\./, ''))
  return bases.includes('StrEnum') || (bases.includes('str') && bases.includes('Enum'))
}

function bindsName(module: PythonModule, name: string): boolean {
  return importsOf(module).some((statement) => statement.names.some((one) => one.bound === name))
}

/** `RoomWSMessageType` → `room`; `WSMessageType` → `main`. */
export function channelId(enumName: string): string {
  const bare = enumName.replace(/(WS|WebSocket)?(Message|Event)?Type$/, '')
  return bare === '' ? 'main' : bare.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
}

function rankOf(id: string): number {
  const known = ['main', 'room', 'voice'].indexOf(id)
  return known === -1 ? 3 : known
}

export function findReexports(repository: Repository, file: string): string | undefined {
  const path = `${posix.dirname(file)}/__init__.py`
  if (repository.workspace.find(path) === undefined) return undefined
  return importsOf(repository.python(path)).some((one) => one.isFrom && isModuleOf(one.module, file))
    ? path
    : undefined
}

/** Whether a dotted module name, absolute or relative, means a file. */
export function isModuleOf(module: string, file: string): boolean {
  const bare = file.replace(/\.py$/, '').split('/')
  const parts = module.replace(/^\.+/, '').split('.')
  return parts.length > 0 && parts.every((part, index) => bare[bare.length - parts.length + index] === part)
}

export function findHandler(repository: Repository, folder: string, found: Envelope): Channel['handler'] {
  const mentions = word(`(?:${found.enum.name}|${found.envelope.name})`)
  for (const file of repository.search(
    folder,
    ['.py'],
    (text) => /\.websocket\s*\(/.test(text) && mentions.test(text),
  )) {
    const module = repository.python(file)
    for (const decorator of descendants(module.root, 'decorator')) {
      const call = descendants(decorator, 'call').find((one) =>
        /\.websocket$/.test(textOf(module, childOf(one, 'function') ?? one)),
      )
      const argument = call === undefined ? undefined : callArguments(module, call)[0]
      const endpoint = stringValue(module, argument?.value)
      if (endpoint !== undefined) return { file, endpoint }
    }
  }
  return undefined
}

/** The object or the functions that send the channel's messages; of several those that the handler uses most. */
export function findManager(
  repository: Repository,
  folder: string,
  envelope: string,
  handler: string | undefined,
): Manager | undefined {
  const mentions = word(envelope)
  const files = repository.search(folder, ['.py'], (text) => mentions.test(text) && /^class /m.test(text))
  const used = handler === undefined ? '' : repository.workspace.read(handler).text
  const score = (one: Manager): number => {
    const calls = one.methods.map((method) => used.split(`${calleeOf(one, method)}(`).length - 1)
    const isObject = one.instance !== undefined
    return (
      calls.reduce((sum, count) => sum + count, 0) * 4 + (isObject ? 2 : 0) + (one.file === handler ? 1 : 0)
    )
  }
  const senders = handler === undefined ? [] : readSenders(repository, handler, envelope)
  const candidates = [...files.flatMap((file) => readManagers(repository, file, envelope)), ...senders]
  return candidates.sort((a, b) => score(b) - score(a))[0]
}

function readManagers(repository: Repository, file: string, envelope: string): Manager[] {
  const module = repository.python(file)
  return classesOf(module).flatMap((one): Manager[] => {
    const methods = one.methods.flatMap((method) => readMethod(method, envelope) ?? [])
    const instance = assignmentsOf(module).find(
      ({ value }) =>
        value?.type === 'call' && textOf(module, childOf(value, 'function') ?? value) === one.name,
    )?.name
    if (methods.length === 0 || instance === undefined) return []
    const getter = functionsOf(module).find((candidate) =>
      candidate.body.some((statement) => textOf(module, statement) === `return ${instance}`),
    )
    return [{ file, title: `class \`${one.name}\``, instance, getter: getter?.name, methods }]
  })
}

/** The functions beside the handler that do nothing but send a message, as `_send_json(websocket, message)` does. */
function readSenders(repository: Repository, file: string, envelope: string): Manager[] {
  const methods = functionsOf(repository.python(file)).flatMap((one) => {
    const method = one.decorators.length === 0 ? readMethod(one, envelope) : undefined
    return method === undefined ? [] : [{ ...method, target: 'client' as const }]
  })
  return methods.length === 0
    ? []
    : [{ file, title: `module \`${file}\``, instance: undefined, getter: undefined, methods }]
}

/** What a send calls: `manager.send`, or `_send_json`. */
export function calleeOf(manager: Manager, method: Pick<ManagerMethod, 'name'>): string {
  return manager.instance === undefined ? method.name : `${manager.instance}.${method.name}`
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

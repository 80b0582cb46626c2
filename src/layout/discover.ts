import { posix } from 'node:path'
import { parse as parseToml } from 'smol-toml'
import { wrongInput } from '../errors.js'
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
  stringValue,
  textOf,
} from '../lang/python/query.js'
import { readPathAliases } from '../lang/typescript/parser.js'
import { interfacesOf, switchesOf, classesOf as tsClassesOf, unionsOf } from '../lang/typescript/query.js'
import type { EmitTarget } from '../spec/event-spec.js'
import type {
  Backend,
  Channel,
  Frontend,
  Layout,
  Manager,
  ManagerMethod,
  PythonName,
  StoreRef,
} from './layout.js'
import type { Repository } from './repository.js'
import { FRONTEND_FOLDER } from './root.js'

const RUFF_DEFAULT_LINE_LENGTH = 88

/**
 * Finds the channels of a checkout and the file that plays each part, by shape and without configuration.
 *
 * @param backendFolder as {@link findRoot} found it
 * @throws Failure with exit code 2 when there is no channel at all
 */
export function discoverLayout(repository: Repository, backendFolder: string): Layout {
  const backend = readBackend(repository, backendFolder)
  const frontend = readFrontend(repository)
  const envelopes = findEnvelopes(repository, backendFolder)
  const channels = envelopes.map((found) => completeChannel(repository, backendFolder, found, envelopes))
  if (channels.length === 0) {
    throw wrongInput(...repository.unreadable.values(), {
      what: `no WebSocket channel in \`${backendFolder}\``,
      why: 'looked for a class based on `str, Enum`, and a class with the fields `type` (of that enum) and `payload`',
      fix: 'run `cachibot-ws info` in a CachiBot checkout to see what is expected',
    })
  }
  return { backend, frontend, channels, stores: findStores(repository) }
}

interface Envelope {
  readonly enum: PythonName
  readonly envelope: PythonName
  readonly values: readonly string[]
}

function readBackend(repository: Repository, folder: string): Backend {
  const folders = folder.split('/').map((_, index, parts) => parts.slice(0, parts.length - index).join('/'))
  for (const current of [...folders, '.']) {
    for (const name of ['.ruff.toml', 'ruff.toml', 'pyproject.toml']) {
      const path = posix.join(current, name)
      const source = repository.workspace.find(path)
      const length = source === undefined ? undefined : readLineLength(source.text, name === 'pyproject.toml')
      if (length !== undefined) return { folder, lineLength: length, lineLengthFrom: path }
    }
  }
  return { folder, lineLength: RUFF_DEFAULT_LINE_LENGTH, lineLengthFrom: "ruff's default" }
}

function readLineLength(toml: string, isPyproject: boolean): number | undefined {
  try {
    const document = parseToml(toml) as {
      'line-length'?: unknown
      tool?: { ruff?: { 'line-length'?: unknown } }
    }
    const value = isPyproject ? document.tool?.ruff?.['line-length'] : document['line-length']
    return typeof value === 'number' ? value : undefined
  } catch {
    return undefined
  }
}

function readFrontend(repository: Repository): Frontend {
  const aliases = ['tsconfig.json', 'tsconfig.app.json'].flatMap((name) => {
    const source = repository.workspace.find(`${FRONTEND_FOLDER}/${name}`)
    return source === undefined ? [] : readPathAliases(source, FRONTEND_FOLDER)
  })
  return { folder: FRONTEND_FOLDER, aliases }
}

/** Pairs of a string enum and the model whose field `type` has it. */
function findEnvelopes(repository: Repository, folder: string): Envelope[] {
  const enums = new Map<string, { readonly name: PythonName; readonly values: string[] }[]>()
  for (const file of repository.search(folder, ['.py'], (text) =>
    /\(\s*str\s*,\s*(enum\.)?Enum\s*\)|\bStrEnum\s*\)/.test(text),
  )) {
    const module = repository.python(file)
    for (const one of classesOf(module).filter(isStringEnum)) {
      const values = one.assignments.flatMap((member) => stringValue(module, member.value) ?? [])
      enums.set(one.name, [...(enums.get(one.name) ?? []), { name: { name: one.name, file }, values }])
    }
  }
  const found: Envelope[] = []
  for (const file of repository.search(
    folder,
    ['.py'],
    (text) => /^\s+type\s*:\s*\w+/m.test(text) && /^\s+payload\s*:/m.test(text),
  )) {
    const module = repository.python(file)
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
  return found.sort((a, b) => rankOf(channelId(a.enum.name)) - rankOf(channelId(b.enum.name)))
}

function isStringEnum(one: PyClass): boolean {
  const bases = one.bases.map((base) => base.replace(/^enum\./, ''))
  return bases.includes('StrEnum') || (bases.includes('str') && bases.includes('Enum'))
}

function bindsName(module: PythonModule, name: string): boolean {
  return importsOf(module).some((statement) => statement.names.some((one) => one.bound === name))
}

/** `RoomWSMessageType` → `room`; `WSMessageType` → `main`. */
function channelId(enumName: string): string {
  const bare = enumName.replace(/(WS|WebSocket)?(Message|Event)?Type$/, '')
  return bare === '' ? 'main' : bare.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
}

function rankOf(id: string): number {
  const known = ['main', 'room', 'voice'].indexOf(id)
  return known === -1 ? 3 : known
}

function completeChannel(
  repository: Repository,
  backend: string,
  found: Envelope,
  all: readonly Envelope[],
): Channel {
  const handler = findHandler(repository, backend, found)
  const union = findUnion(repository, found)
  const tsEnvelope = union === undefined ? undefined : findTsEnvelope(repository, union)
  const words = [tsEnvelope?.name, union?.name].filter((name) => name !== undefined)
  return {
    id: channelId(found.enum.name),
    enum: found.enum,
    envelope: found.envelope,
    reexports: findReexports(repository, found.envelope.file),
    handler,
    manager: findManager(repository, backend, found.envelope.name, handler?.file),
    union,
    tsEnvelope,
    hook: findHook(repository, found, all, words),
    client: findClient(repository, found.values, words),
  }
}

function findReexports(repository: Repository, file: string): string | undefined {
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

function word(name: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`)
}

function findHandler(repository: Repository, folder: string, found: Envelope): Channel['handler'] {
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

function findManager(
  repository: Repository,
  folder: string,
  envelope: string,
  handler: string | undefined,
): Manager | undefined {
  const mentions = word(envelope)
  const files = repository.search(folder, ['.py'], (text) => mentions.test(text) && /^class /m.test(text))
  for (const file of [...files.filter((one) => one === handler), ...files.filter((one) => one !== handler)]) {
    const module = repository.python(file)
    for (const one of classesOf(module)) {
      const methods = one.methods.flatMap((method): ManagerMethod[] => {
        const parameters = method.parameters
          .filter((parameter) => parameter.name !== 'self' && parameter.default === undefined)
          .map(({ name, annotation }) => ({
            name,
            annotation,
            isMessage: annotation?.replace(/["']/g, '') === envelope,
          }))
        if (!method.isAsync || !parameters.some((parameter) => parameter.isMessage)) return []
        return [{ name: method.name, parameters, target: targetOf(method.name, parameters.length) }]
      })
      const instance = assignmentsOf(module).find(
        (assignment) =>
          assignment.value?.type === 'call' &&
          textOf(module, childOf(assignment.value, 'function') ?? assignment.value) === one.name,
      )?.name
      if (methods.length === 0 || instance === undefined) continue
      const getter = functionsOf(module).find((candidate) =>
        candidate.body.some(
          (statement) =>
            statement.type === 'return_statement' && textOf(module, statement) === `return ${instance}`,
        ),
      )
      return { file, className: one.name, instance, getter: getter?.name, methods }
    }
  }
  return undefined
}

function targetOf(method: string, parameters: number): Exclude<EmitTarget, 'none'> {
  if (/room/.test(method)) return 'room'
  if (/broadcast|_all/.test(method)) return 'all'
  return parameters > 1 ? 'client' : 'all'
}

function findUnion(repository: Repository, found: Envelope): Channel['union'] {
  const quoted = (text: string): number =>
    found.values.filter((value) => text.includes(`'${value}'`) || text.includes(`"${value}"`)).length
  const isNear = (text: string): boolean =>
    /\btype\s+\w+\s*=/.test(text) &&
    (word(found.enum.name).test(text) || quoted(text) * 2 >= found.values.length)
  let best: { name: string; file: string; score: number } | undefined
  for (const file of repository.search(`${FRONTEND_FOLDER}/src`, ['.ts', '.tsx'], isNear)) {
    for (const union of unionsOf(repository.typescript(file))) {
      const shared = union.members.filter((member) => found.values.includes(member.value)).length
      const isNamed = union.name === found.enum.name
      if (!isNamed && shared * 2 < Math.max(union.members.length, 2)) continue
      const score = shared + (isNamed ? 1000 : 0)
      if (best === undefined || score > best.score) best = { name: union.name, file, score }
    }
  }
  return best === undefined ? undefined : { name: best.name, file: best.file }
}

function findTsEnvelope(
  repository: Repository,
  union: { name: string; file: string },
): Channel['tsEnvelope'] {
  for (const one of interfacesOf(repository.typescript(union.file))) {
    const payload = one.members.find((member) => member.name === 'payload')
    if (payload === undefined || one.members.find((member) => member.name === 'type')?.type !== union.name)
      continue
    return { name: one.name, file: union.file, payload: payload.type ?? 'any' }
  }
  return undefined
}

/** The file whose switches have most cases of a channel; one that fits another channel better is that channel's. */
function findHook(
  repository: Repository,
  found: Envelope,
  all: readonly Envelope[],
  words: readonly string[],
): Channel['hook'] {
  const isNear = (text: string): boolean => /switch\s*\(\s*[\w.]+\.type\s*\)/.test(text)
  let best: { file: string; score: number } | undefined
  for (const file of repository.search(`${FRONTEND_FOLDER}/src`, ['.ts', '.tsx'], isNear)) {
    const { text } = repository.workspace.read(file)
    const cases = switchesOf(repository.typescript(file)).flatMap((one) =>
      one.clauses.map((clause) => clause.value ?? ''),
    )
    const shared = (one: Envelope): number => cases.filter((value) => one.values.includes(value)).length
    const isNamed = words.some((name) => word(name).test(text))
    if (shared(found) === 0 || (!isNamed && all.some((other) => shared(other) > shared(found)))) continue
    const score = shared(found) + (isNamed ? 1000 : 0)
    if (best === undefined || score > best.score) best = { file, score }
  }
  return best === undefined ? undefined : { file: best.file }
}

function findClient(
  repository: Repository,
  values: readonly string[],
  words: readonly string[],
): Channel['client'] {
  let best: { name: string; file: string; score: number } | undefined
  const send = /\bsend\w*\(\s*['"](\w+)['"]/g
  for (const file of repository.search(
    `${FRONTEND_FOLDER}/src`,
    ['.ts'],
    (text) => /\bclass\s/.test(text) && text.match(send) !== null,
  )) {
    const { text } = repository.workspace.read(file)
    const sent = [...text.matchAll(send)].filter((match) => values.includes(match[1] ?? '')).length
    const score = sent + (words.some((name) => word(name).test(text)) ? 1000 : 0)
    const name = tsClassesOf(repository.typescript(file))[0]?.name
    if (sent > 0 && name !== undefined && (best === undefined || score > best.score))
      best = { name, file, score }
  }
  return best === undefined ? undefined : { name: best.name, file: best.file }
}

function findStores(repository: Repository): StoreRef[] {
  const declaration = /\bconst\s+(use[A-Z]\w*)\s*=\s*create(?:Store)?\s*[<(]/g
  const files = repository.search(`${FRONTEND_FOLDER}/src`, ['.ts', '.tsx'], (text) =>
    /['"]zustand['"]/.test(text),
  )
  return files.flatMap((file) => {
    const { text } = repository.workspace.read(file)
    const hooks = [...text.matchAll(declaration)].map((match) => match[1] ?? '')
    return hooks.filter((hook) => isExported(text, hook)).map((hook) => ({ hook, file }))
  })
}

function isExported(text: string, name: string): boolean {
  return new RegExp(`export\\s+const\\s+${name}\\b|export\\s*\\{[^}]*\\b${name}\\b[^}]*\\}`).test(text)
}

import { posix } from 'node:path'
import { parse as parseToml, TomlError } from 'smol-toml'
import { formatPlace, type Place, wrongInput } from '../errors.js'
import type { PathAlias } from '../lang/typescript/imports.js'
import { readPathAliases } from '../lang/typescript/tsconfig.js'
import { findClient, namesOf } from './client-part.js'
import { describeFault } from './fault.js'
import { findHandler } from './handler-part.js'
import { findHook } from './hook-part.js'
import type { Backend, Channel, Envelope, Frontend, Layout, Nearest, SoughtPart } from './layout.js'
import { findManager } from './manager-part.js'
import { channelId, findEnvelopes, findReexports } from './python-parts.js'
import type { Repository } from './repository.js'
import { FRONTEND_FOLDER } from './root.js'
import { findStores } from './stores.js'
import type { TsName } from './typescript-names.js'
import { findTsEnvelope, findUnion } from './typescript-parts.js'

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
  const all = envelopes.map((found) =>
    completeChannel(repository, backendFolder, found, envelopes, frontend.aliases),
  )
  // Queues and logs have an enum and an envelope too; a channel has something at its socket or in the frontend.
  const connected = all.filter(isConnected)
  const channels = connected.length > 0 ? connected : all
  if (channels.length === 0) {
    const why = `no WebSocket channel is in what was read of \`${backendFolder}\``
    const unread = [...repository.unreadable.values()].map((one) => ({ ...one, why }))
    // That there is none may be because of these.
    if (unread.length > 0) throw wrongInput(...unread)
    throw wrongInput({
      code: 'not-a-repository',
      what: `no WebSocket channel in \`${backendFolder}\``,
      why: 'looked for a class based on `str, Enum`, and a class with the fields `type` (of that enum) and `payload`',
      fix: 'run `cachibot-ws info` in a CachiBot checkout to see what is expected',
    })
  }
  return { backend, frontend, channels, stores: findStores(repository) }
}

/** Whether anything but an enum and an envelope speaks for a channel. */
function isConnected({ handler, union, hook, client, nearest }: Channel): boolean {
  return [handler, union, hook, client, nearest.handler].some((one) => one !== undefined)
}

function readBackend(repository: Repository, folder: string): Backend {
  const folders = folder.split('/').map((_, index, parts) => parts.slice(0, parts.length - index).join('/'))
  let lineLengthFrom = "ruff's default"
  for (const current of [...folders, '.']) {
    for (const name of ['.ruff.toml', 'ruff.toml', 'pyproject.toml']) {
      const path = posix.join(current, name)
      const source = repository.findAside(path)
      const length = source === undefined ? undefined : readLineLength(source.text, name === 'pyproject.toml')
      if (typeof length === 'object')
        lineLengthFrom = `ruff's default, as ${formatPlace({ file: path, ...length })} does not parse`
      else if (length !== undefined) return { folder, lineLength: length, lineLengthFrom: path }
    }
  }
  return { folder, lineLength: RUFF_DEFAULT_LINE_LENGTH, lineLengthFrom }
}

/** The length, or where the file stops being one that could say it. */
function readLineLength(toml: string, isPyproject: boolean): number | Omit<Place, 'file'> | undefined {
  let document: { 'line-length'?: unknown; tool?: { ruff?: { 'line-length'?: unknown } | null } | null }
  try {
    document = parseToml(toml)
  } catch (error) {
    return error instanceof TomlError ? { line: error.line, column: error.column } : {}
  }
  const value = isPyproject ? document.tool?.ruff?.['line-length'] : document['line-length']
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined
}

function readFrontend(repository: Repository): Frontend {
  const aliases = ['tsconfig.json', 'tsconfig.app.json'].flatMap((name) => {
    const source = repository.findAside(`${FRONTEND_FOLDER}/${name}`)
    if (source === undefined) return []
    const { aliases: found, error } = readPathAliases(source, FRONTEND_FOLDER)
    if (error !== undefined) repository.unreadable.set(source.path, describeFault(source, error))
    return found
  })
  return { folder: FRONTEND_FOLDER, aliases }
}

function completeChannel(
  repository: Repository,
  backend: string,
  found: Envelope,
  all: readonly Envelope[],
  aliases: readonly PathAlias[],
): Channel {
  const handler = findHandler(repository, backend, found)
  const manager = findManager(repository, backend, found.envelope, handler.part?.file)
  const union = findUnion(repository, found, aliases)
  const tsEnvelope =
    union.part === undefined
      ? { part: undefined, nearest: undefined }
      : findTsEnvelope(repository, union.part, found.envelope.name, aliases)
  const types: TsName[] = [tsEnvelope.part, union.part].filter((one) => one !== undefined)
  const client = findClient(repository, found.values, types, aliases)
  const names =
    client.part === undefined ? [] : namesOf(repository.typescript(client.part.file), client.part.name)
  const hook = findHook(repository, { found, all, types, client: names, aliases })
  const nearest: Partial<Record<SoughtPart, Nearest>> = {}
  for (const [part, choice] of Object.entries({ handler, manager, union, tsEnvelope, hook, client }))
    if (choice.nearest !== undefined) nearest[part as SoughtPart] = choice.nearest
  return {
    id: channelId(found.enum.name),
    enum: found.enum,
    envelope: found.envelope,
    reexports: findReexports(repository, found.envelope.file),
    handler: handler.part,
    manager: manager.part,
    union: union.part,
    tsEnvelope: tsEnvelope.part,
    hook: hook.part,
    client: client.part,
    nearest,
  }
}

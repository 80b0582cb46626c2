import { posix } from 'node:path'
import { parse as parseToml } from 'smol-toml'
import { wrongInput } from '../errors.js'
import type { PathAlias } from '../lang/typescript/imports.js'
import { readPathAliases } from '../lang/typescript/tsconfig.js'
import { describeFault } from './fault.js'
import type { Backend, Channel, Frontend, Layout } from './layout.js'
import {
  channelId,
  type Envelope,
  findEnvelopes,
  findHandler,
  findManager,
  findReexports,
} from './python-parts.js'
import type { Repository } from './repository.js'
import { FRONTEND_FOLDER } from './root.js'
import { findClient, findHook, findStores, findTsEnvelope, findUnion } from './typescript-parts.js'

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
  const channels = envelopes.map((found) =>
    completeChannel(repository, backendFolder, found, envelopes, frontend.aliases),
  )
  if (channels.length === 0) {
    throw wrongInput(...repository.unreadable.values(), {
      what: `no WebSocket channel in \`${backendFolder}\``,
      why: 'looked for a class based on `str, Enum`, and a class with the fields `type` (of that enum) and `payload`',
      fix: 'run `cachibot-ws info` in a CachiBot checkout to see what is expected',
    })
  }
  return { backend, frontend, channels, stores: findStores(repository) }
}

function readBackend(repository: Repository, folder: string): Backend {
  const folders = folder.split('/').map((_, index, parts) => parts.slice(0, parts.length - index).join('/'))
  let lineLengthFrom = "ruff's default"
  for (const current of [...folders, '.']) {
    for (const name of ['.ruff.toml', 'ruff.toml', 'pyproject.toml']) {
      const path = posix.join(current, name)
      const source = repository.findAside(path)
      const length = source === undefined ? undefined : readLineLength(source.text, name === 'pyproject.toml')
      if (length === 'broken') lineLengthFrom = `ruff's default, as ${path} does not parse`
      else if (length !== undefined) return { folder, lineLength: length, lineLengthFrom: path }
    }
  }
  return { folder, lineLength: RUFF_DEFAULT_LINE_LENGTH, lineLengthFrom }
}

function readLineLength(toml: string, isPyproject: boolean): number | 'broken' | undefined {
  let document: { 'line-length'?: unknown; tool?: { ruff?: { 'line-length'?: unknown } | null } | null }
  try {
    document = parseToml(toml)
  } catch {
    return 'broken'
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
  const union = findUnion(repository, found, aliases)
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

import type { Source } from '../../workspace/source.js'
import { deepestPlace } from '../depth.js'
import type { PathAlias } from './imports.js'
import { parseJson } from './parser/json.js'

/** What a tsconfig says of paths, and where it stops being one. */
export interface PathAliases {
  readonly aliases: readonly PathAlias[]
  /** The offset of the first error; undefined where it is well formed. */
  readonly error: number | undefined
}

/** Path aliases of a tsconfig: what an import begins with, and the folder it stands for. What has no such form says nothing. */
export function readPathAliases(source: Source, folder: string): PathAliases {
  const parsed = parseJson(source)
  if (parsed === undefined) return { aliases: [], error: deepestPlace(source.text) }
  const options = entryOf(parsed.value, 'compilerOptions')
  const given = entryOf(options, 'baseUrl')
  const base = typeof given === 'string' ? given : '.'
  const paths = entryOf(options, 'paths')
  const aliases = isRecord(paths)
    ? Object.entries(paths).flatMap(([pattern, targets]) => {
        const target: unknown = Array.isArray(targets) ? targets[0] : undefined
        if (typeof target !== 'string' || !pattern.endsWith('*') || !target.endsWith('*')) return []
        const parts = `${folder}/${base}/${target.slice(0, -1)}`
          .split('/')
          .filter((part) => part !== '' && part !== '.')
        return [{ prefix: pattern.slice(0, -1), folder: parts.join('/') }]
      })
    : []
  return { aliases, error: parsed.error }
}

function entryOf(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

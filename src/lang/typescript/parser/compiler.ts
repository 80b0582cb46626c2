import { createRequire } from 'node:module'
import type { ts } from 'ts-morph'

let loaded: typeof ts | undefined

/** The compiler, of which parsing is used. It loads with the first file that is parsed: a run that parses none has no need. */
export function compiler(): typeof ts {
  loaded ??= (createRequire(import.meta.url)('ts-morph') as typeof import('ts-morph')).ts
  return loaded
}

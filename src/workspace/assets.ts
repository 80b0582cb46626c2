import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The package's folder: absolute, symbolic links resolved, without a slash at the end. */
export const packageFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** Reads a text file that ships with the package, by its path from the package's root. */
export function readAsset(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
}

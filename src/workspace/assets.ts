import { readFileSync } from 'node:fs'

/** Reads a text file that ships with the package, by its path from the package's root. */
export function readAsset(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
}

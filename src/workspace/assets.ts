import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** The package's folder: absolute, symbolic links resolved, without a slash at the end. */
export const packageFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** Reads a text file that ships with the package, by its path from the package's root. */
export function readAsset(path: string): string {
  return readAssetBytes(path).toString('utf8')
}

/** Reads a file that ships with the package, by its path from the package's root. */
export function readAssetBytes(path: string): Buffer {
  return readFileSync(new URL(`../../${path}`, import.meta.url))
}

/** Reads a file of a package that this one depends on, by what an import would say. */
export function readDependency(specifier: string): Buffer {
  return readFileSync(createRequire(import.meta.url).resolve(specifier))
}

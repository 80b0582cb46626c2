import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The package's folder: absolute, symbolic links resolved, without a slash at the end. */
export const packageFolder = folderOf(fileURLToPath(import.meta.url))

/** The folder above a file that holds the manifest: a bundle has this module elsewhere. */
function folderOf(path: string): string {
  const folder = dirname(path)
  return existsSync(join(folder, 'package.json')) ? folder : folderOf(folder)
}

/** Reads a text file that ships with the package, by its path from the package's root. */
export function readAsset(path: string): string {
  return readAssetBytes(path).toString('utf8')
}

/** Reads a file that ships with the package, by its path from the package's root. */
export function readAssetBytes(path: string): Buffer {
  return readFileSync(join(packageFolder, path))
}

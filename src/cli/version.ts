import { readAsset } from '../workspace/assets.js'

/** The version of the package. */
export function readVersion(): string {
  return (JSON.parse(readAsset('package.json')) as { version: string }).version
}

import { dirname } from 'node:path'
import { wrongInput } from '../errors.js'
import type { Disk } from '../workspace/disk.js'

/** Where the Python package stands, newest layout first. */
const BACKEND_FOLDERS = ['cachibot', 'src/cachibot'] as const
export const FRONTEND_FOLDER = 'frontend'

/**
 * The nearest folder at or above `start` that is a CachiBot checkout: a Python package `cachibot` with
 * `models`, and `frontend/src`.
 *
 * @param start an absolute path
 * @returns the root with symbolic links resolved, and the folder of the Python package
 * @throws Failure with exit code 2 that says what was looked for and where
 */
export function findRoot(disk: Disk, start: string): { readonly root: string; readonly backend: string } {
  if (disk.stat(start)?.kind !== 'folder')
    throw wrongInput({
      code: 'folder-not-found',
      what: `\`${start}\` is no folder`,
      fix: 'give an existing folder to --cwd',
    })
  const first = disk.realpath(start)
  const near: string[] = []
  for (let folder = first; ; folder = dirname(folder)) {
    const isFolder = (path: string): boolean => disk.stat(`${folder}/${path}`)?.kind === 'folder'
    const backends = BACKEND_FOLDERS.filter((candidate) => isFolder(`${candidate}/models`))
    // Git leaves a folder behind in which Python keeps its caches.
    const hasModules = (candidate: string): boolean =>
      disk.list(`${folder}/${candidate}/models`).some((entry) => entry.name.endsWith('.py'))
    const backend = backends.find(hasModules) ?? backends[0]
    const hasFrontend = isFolder(`${FRONTEND_FOLDER}/src`)
    if (backend !== undefined && hasFrontend) return { root: folder, backend }
    if (backend !== undefined)
      near.push(`${folder} has \`${backend}/models\` but no \`${FRONTEND_FOLDER}/src\``)
    else if (hasFrontend) near.push(`${folder} has \`${FRONTEND_FOLDER}/src\` but no \`cachibot/models\``)
    if (dirname(folder) === folder) break
  }
  throw wrongInput({
    code: 'not-a-repository',
    what: `no CachiBot repository at \`${first}\` or above`,
    why: `looked for a folder with \`cachibot/models\` or \`src/cachibot/models\`, and \`${FRONTEND_FOLDER}/src\`${near.length > 0 ? `; nearest: ${near.join('; ')}` : ''}`,
    fix: 'run it inside a checkout, or name one with --cwd',
  })
}

import { basename, dirname, join, resolve } from 'node:path'
import { readClone } from '../../workspace/clone.js'
import type { Disk } from '../../workspace/disk.js'

/** What a copy of this tool was installed from, as `--from` takes it; paths are absolute. */
export interface InstalledFrom {
  readonly spec: string
  /** What is left to do before others can install from there. */
  readonly note?: string
}

/**
 * Finds what a copy of this tool was installed from.
 *
 * @param folder the package's, absolute, symbolic links resolved
 * @returns undefined where npm kept nothing of it, as in a global install of a tarball
 */
export function findInstalledFrom(disk: Disk, folder: string): InstalledFrom | undefined {
  const modules = dirname(folder)
  if (basename(modules) !== 'node_modules') return fromFolder(disk, folder)
  const spec = fromLockFile(disk, modules, basename(folder)) ?? fromManifest(disk, folder)
  return spec === undefined ? undefined : { spec }
}

/** A clone: its commit where others get it, if it has a remote that they reach; else the folder itself. */
function fromFolder(disk: Disk, folder: string): InstalledFrom {
  const clone = readClone(disk, folder)
  const spec = clone?.remote === undefined ? undefined : toGitSpec(clone.remote, clone.commit)
  if (clone === undefined || spec === undefined) return { spec: `file:${folder}` }
  if (clone.isPushed) return { spec }
  return { spec, note: `push ${clone.commit.slice(0, 12)} to ${clone.remote}: it is installed from there` }
}

/** What npm wrote beside the packages of a project. */
function fromLockFile(disk: Disk, modules: string, name: string): string | undefined {
  const resolved = readJson(disk, join(modules, '.package-lock.json'), [
    'packages',
    `node_modules/${name}`,
    'resolved',
  ])
  if (resolved === undefined) return undefined
  if (resolved.startsWith('file:')) return `file:${resolve(dirname(modules), resolved.slice('file:'.length))}`
  const [, url, commit] = /^git\+([^#]+)#([0-9a-f]{40,64})$/.exec(resolved) ?? []
  if (url !== undefined && commit !== undefined) return toGitSpec(url, commit)
  return resolved.startsWith('https://') ? resolved : undefined
}

/** The tag of this version in the repository that the package names, once it names one. */
function fromManifest(disk: Disk, folder: string): string | undefined {
  const manifest = join(folder, 'package.json')
  const url = readJson(disk, manifest, ['repository', 'url'])?.replace(/^git\+/, '')
  const version = readJson(disk, manifest, ['version'])
  return url === undefined || version === undefined ? undefined : toGitSpec(url, `v${version}`)
}

/**
 * A commit at a remote as npm takes it, without the credentials that a remote may have.
 *
 * @returns undefined for a remote that others do not reach: a path, or no encryption
 */
function toGitSpec(remote: string, ref: string): string | undefined {
  const [, host, path] =
    /^https:\/\/(?:[^/@]*@)?([^/@]+)\/(.+?)\/?$/.exec(remote) ??
    /^ssh:\/\/git@([\w.-]+(?::\d+)?)\/(.+?)\/?$/.exec(remote) ??
    /^git@([\w.-]+):\/?(.+?)\/?$/.exec(remote) ??
    []
  if (host === undefined || path === undefined) return undefined
  if (host === 'github.com') return `github:${path.replace(/\.git$/, '')}#${ref}`
  const isHttps = remote.startsWith('https:')
  return `git+${isHttps ? 'https://' : 'ssh://git@'}${host}/${path}#${ref}`
}

/** A string in a JSON file; undefined where it is not there or the file is no JSON. */
function readJson(disk: Disk, path: string, keys: readonly string[]): string | undefined {
  if (disk.stat(path)?.kind !== 'file') return undefined
  try {
    let value: unknown = JSON.parse(disk.read(path).toString('utf8'))
    for (const key of keys) value = (value as Record<string, unknown> | undefined)?.[key]
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

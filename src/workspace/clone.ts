import { join, resolve } from 'node:path'
import type { Disk } from './disk.js'
import { gitFolder } from './state-folder.js'

/** What a clone of git says of itself. */
export interface Clone {
  /** The commit that is checked out. */
  readonly commit: string
  /** The address of `origin`, else of the first remote; undefined without one. */
  readonly remote: string | undefined
  /** Whether a branch of a remote is known to be at that commit. */
  readonly isPushed: boolean
}

/**
 * Reads `.git` of a folder, without running git: in a hook its variables name another repository.
 *
 * @returns undefined where the folder is not the top of a clone, or nothing is committed in it
 */
export function readClone(disk: Disk, folder: string): Clone | undefined {
  const own = gitFolder(disk, folder)
  if (own === undefined) return undefined
  const shared = resolve(own, readLine(disk, join(own, 'commondir')) ?? '.')
  const head = readLine(disk, join(own, 'HEAD'))
  if (head === undefined) return undefined
  const packed = readPackedRefs(disk, join(shared, 'packed-refs'))
  const [, branch] = /^ref: (.+)$/.exec(head) ?? []
  const commit = branch === undefined ? head : (readLine(disk, join(shared, branch)) ?? packed.get(branch))
  if (commit === undefined || !/^[0-9a-f]{40,64}$/.test(commit)) return undefined
  const remotes = join(shared, 'refs', 'remotes')
  const isPushed =
    hasRef(disk, remotes, commit) ||
    [...packed].some(([name, value]) => name.startsWith('refs/remotes/') && value === commit)
  return { commit, remote: findRemote(readText(disk, join(shared, 'config')) ?? ''), isPushed }
}

function readPackedRefs(disk: Disk, path: string): ReadonlyMap<string, string> {
  const lines = (readText(disk, path) ?? '').matchAll(/^([0-9a-f]{40,64}) (\S+)$/gm)
  return new Map([...lines].map(([, commit = '', name = '']) => [name, commit]))
}

function hasRef(disk: Disk, folder: string, commit: string): boolean {
  if (disk.stat(folder)?.kind !== 'folder') return false
  return disk.list(folder).some(({ name, kind }) => {
    const path = join(folder, name)
    return kind === 'folder' ? hasRef(disk, path, commit) : readLine(disk, path) === commit
  })
}

function findRemote(config: string): string | undefined {
  const remotes = new Map<string, string>()
  for (const [, name = '', body = ''] of config.matchAll(/^\[remote "([^"\n]+)"\]\n((?:(?!\[).*\n?)*)/gm)) {
    const [, url] = /^\s*url\s*=\s*(\S+)\s*$/m.exec(body) ?? []
    if (url !== undefined) remotes.set(name, url)
  }
  return remotes.get('origin') ?? [...remotes.values()][0]
}

function readLine(disk: Disk, path: string): string | undefined {
  return readText(disk, path)?.trimEnd()
}

function readText(disk: Disk, path: string): string | undefined {
  return disk.stat(path)?.kind === 'file' ? disk.read(path).toString('utf8') : undefined
}

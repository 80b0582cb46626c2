import { basename, dirname, join, relative, sep } from 'node:path'
import { collision, internalError, wrongInput } from '../errors.js'
import { shell } from '../shell.js'
import { type FileChange, pathOf } from './diff.js'
import type { Disk, FileStat } from './disk.js'
import { sourceContent } from './source.js'
import { isInside } from './workspace.js'

/** What a command may do to files. */
export interface Rules {
  /** Whether bytes come in and none goes, the other way round, or a file may come in place of another. */
  readonly edits: 'insertions' | 'deletions' | 'replacements'
  /** How the names of the files end; undefined for those of a repository's set-up, which have any name and lie in folders that begin with a dot. */
  readonly extensions: readonly string[] | undefined
}

/** One file that a commit writes. */
export interface Target {
  /** As it is told to users: relative to the root. */
  readonly path: string
  /** Where the bytes really are: absolute, symbolic links resolved. */
  readonly file: string
  /** Undefined for a file that is new. */
  readonly before: { readonly content: Buffer; readonly stat: FileStat } | undefined
  /** Undefined for a file that goes. */
  readonly after: Buffer | undefined
}

/**
 * Looks at every file of a commit before anything is written.
 *
 * @throws Failure 2 for a file that may not be written, 3 for one that changed meanwhile or cannot be kept as it is,
 *   5 for an edit that does more than its command may
 */
export function findTargets(
  disk: Disk,
  root: string,
  changes: readonly FileChange[],
  rules: Rules,
): readonly Target[] {
  return changes.map((change) => {
    const path = pathOf(change)
    const file = realFile(disk, join(root, ...path.split('/')))
    assertPlace(root, path, file, rules)
    const stat = disk.lstat(file)
    const before = change.before === undefined ? undefined : Buffer.from(sourceContent(change.before), 'utf8')
    const after = change.after === undefined ? undefined : Buffer.from(sourceContent(change.after), 'utf8')
    assertEdit(path, before, after, rules)
    if (before === undefined) {
      if (stat !== undefined) throw changed(path, 'is there already', 'it was not when this was planned')
      return { path, file, before, after }
    }
    if (stat === undefined) throw changed(path, 'is gone', 'it was there when it was read')
    assertKept(path, stat)
    if (!disk.read(file).equals(before))
      throw changed(path, 'changed while this was planned', 'writing would lose that change')
    return { path, file, before: { content: before, stat }, after }
  })
}

/** A file that is not as it was when it was read. */
export function changed(path: string, what: string, why: string): Error {
  return collision({
    code: 'file-changed',
    what: `\`${path}\` ${what}`,
    why,
    fix: 'run the command again',
    place: { file: path },
  })
}

/** Symbolic links resolved as far as the way is there. */
function realFile(disk: Disk, path: string): string {
  if (disk.stat(path) !== undefined || dirname(path) === path) return disk.realpath(path)
  return join(realFile(disk, dirname(path)), basename(path))
}

function assertPlace(root: string, path: string, file: string, { extensions }: Rules): void {
  const place = { file: path }
  if (!isInside(root, file))
    throw wrongInput({
      code: 'outside-repository',
      what: `\`${path}\` leads out of the repository`,
      why: `it is a link to \`${file}\``,
      place,
    })
  const parts = relative(root, file).split(sep)
  const isEdited =
    extensions === undefined
      ? !parts.some((part) => part === 'node_modules' || part.toLowerCase() === '.git')
      : !parts.some((part) => part === 'node_modules' || part.startsWith('.')) &&
        extensions.some((extension) => file.endsWith(extension))
  if (!isEdited)
    throw wrongInput({ code: 'file-not-writable', what: `\`${path}\` is no file that is edited here`, place })
}

function assertKept(path: string, stat: FileStat): void {
  const place = { file: path }
  if (stat.kind !== 'file')
    throw collision({ code: 'file-not-writable', what: `\`${path}\` is no file`, place })
  if ((stat.mode & 0o222) === 0)
    throw collision({
      code: 'file-not-writable',
      what: `\`${path}\` is read-only`,
      fix: shell`make it writable: chmod u+w ${path}`,
      place,
    })
  if (stat.links > 1)
    throw collision({
      code: 'file-not-writable',
      what: `\`${path}\` has ${stat.links} hard links`,
      why: 'a new file is put in its place, and the other names would keep the old text',
      fix: shell`make it a file of its own: cp -p ${path} ${`${path}.own`} && mv ${`${path}.own`} ${path}`,
      place,
    })
}

/** The last look at what a plan does to the bytes, whatever made it. */
function assertEdit(path: string, before: Buffer | undefined, after: Buffer | undefined, rules: Rules): void {
  if (rules.edits === 'replacements') return
  const [less, more] = rules.edits === 'insertions' ? [before, after] : [after, before]
  if (less === undefined || (more !== undefined && isPartOf(less, more))) return
  throw internalError({
    code: 'internal',
    what: `the edit of \`${path}\` is no pure ${rules.edits === 'insertions' ? 'insertion' : 'deletion'}`,
    why: 'this is a bug of cachibot-ws, and nothing was written',
    place: { file: path },
  })
}

/** Whether the bytes of one stand in the other in their order, with others between them. */
function isPartOf(less: Buffer, more: Buffer): boolean {
  let found = 0
  for (let index = 0; index < more.length && found < less.length; index++)
    if (more[index] === less[found]) found++
  return found === less.length
}

import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { collision, internalError, type Problem, wrongInput } from '../errors.js'
import { type FileChange, pathOf } from './diff.js'
import type { Disk } from './disk.js'
import { sourceContent } from './source.js'
import { isInside, type Workspace } from './workspace.js'

/** The permissions of a new file; the process's umask takes away from them. */
const NEW_MODE = 0o666

const WRITABLE = /\.(py|ts|tsx)$/

interface Target {
  readonly path: string
  /** Where the bytes really are: symbolic links resolved. */
  readonly file: string
  readonly staged: string
  readonly mode: number
  /** Undefined for a file that is new. */
  readonly before: Buffer | undefined
  /** Undefined for a file that is taken away. */
  readonly after: Buffer | undefined
}

/**
 * Writes all changes or none. Every new text is first written beside its target, where a full disk or a
 * missing permission shows; then the targets are checked once more and replaced one after the other. An
 * error puts back what was replaced.
 *
 * @throws Failure 2 for a file that may not be written, 3 for one that changed meanwhile, 5 for an I/O error
 */
export function commit(workspace: Workspace, changes: readonly FileChange[]): void {
  const { disk } = workspace
  const targets = changes.map((change) => prepare(workspace, change))
  const replaced: Target[] = []
  try {
    for (const { staged, after, mode } of targets) if (after !== undefined) disk.writeNew(staged, after, mode)
    for (const target of targets) assertUnchanged(disk, target)
    for (const target of targets) {
      replaced.push(target)
      if (target.after === undefined) disk.remove(target.file)
      else disk.rename(target.staged, target.file)
    }
  } catch (error) {
    const left = putBack(disk, targets, replaced)
    if (left.length > 0) throw internalError(...left)
    throw asFailure(error)
  }
}

function prepare(workspace: Workspace, change: FileChange): Target {
  const path = pathOf(change)
  const { disk } = workspace
  const absolute = workspace.absolute(path)
  const isNew = change.before === undefined
  const file = isNew ? join(disk.realpath(dirname(absolute)), basename(absolute)) : disk.realpath(absolute)
  const place = { file: path }
  if (!isInside(workspace.root, file)) {
    throw wrongInput({
      what: `\`${path}\` leads out of the repository`,
      why: `it is a link to \`${file}\``,
      place,
    })
  }
  const inner = file.slice(workspace.root.length + 1).split(/[\\/]/)
  if (inner.some((part) => part === 'node_modules' || part.startsWith('.')) || !WRITABLE.test(file)) {
    throw wrongInput({ what: `\`${path}\` is no file that is edited here`, place })
  }
  const stat = disk.stat(file)
  const staged = join(dirname(file), `.${basename(file)}.cachibot-ws-${process.pid}`)
  const after = change.after === undefined ? undefined : Buffer.from(sourceContent(change.after), 'utf8')
  if (change.before === undefined) {
    if (stat === undefined) return { path, file, staged, mode: NEW_MODE, before: undefined, after }
    throw collision({
      what: `\`${path}\` is there already`,
      why: 'it was not when the event was planned',
      fix: 'run the command again',
      place,
    })
  }
  if (stat === undefined) {
    throw collision({
      what: `\`${path}\` is gone`,
      why: 'it was there when it was read',
      fix: 'run the command again',
      place,
    })
  }
  if ((stat.mode & 0o222) === 0) {
    throw collision({ what: `\`${path}\` is read-only`, fix: `make it writable: chmod u+w ${path}`, place })
  }
  return {
    path,
    file,
    staged,
    mode: stat.mode,
    before: Buffer.from(sourceContent(change.before), 'utf8'),
    after,
  }
}

function assertUnchanged(disk: Disk, target: Target): void {
  const isSame =
    target.before === undefined
      ? disk.stat(target.file) === undefined
      : hash(disk.read(target.file)) === hash(target.before)
  if (isSame) return
  throw collision({
    what: `\`${target.path}\` changed while the event was planned`,
    why: 'writing would lose that change',
    fix: 'run the command again',
    place: { file: target.path },
  })
}

/** Undoes a part of a commit; the problems name what could not be undone. */
function putBack(disk: Disk, targets: readonly Target[], replaced: readonly Target[]): Problem[] {
  const problems: Problem[] = []
  for (const target of replaced) {
    try {
      if (!isDone(disk, target)) continue
      if (target.before === undefined) {
        disk.remove(target.file)
        continue
      }
      disk.remove(target.staged)
      disk.writeNew(target.staged, target.before, target.mode)
      disk.rename(target.staged, target.file)
    } catch (error) {
      problems.push({
        what: `\`${target.path}\` could not be put back: ${reasonOf(error)}`,
        fix: target.before === undefined ? 'remove it' : `restore it: git checkout -- ${target.path}`,
        place: { file: target.path },
      })
    }
  }
  for (const target of targets) {
    try {
      disk.remove(target.staged)
    } catch (error) {
      problems.push({
        what: `\`${target.staged}\` could not be removed: ${reasonOf(error)}`,
        place: { file: target.path },
      })
    }
  }
  return problems
}

/** Whether a target is what the commit makes of it, and nothing that somebody wrote meanwhile. */
function isDone(disk: Disk, { file, after }: Target): boolean {
  const isThere = disk.stat(file) !== undefined
  return after === undefined ? !isThere : isThere && hash(disk.read(file)) === hash(after)
}

function asFailure(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  return internalError({ what: `writing failed and nothing was changed: ${reasonOf(error)}` })
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function hash(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

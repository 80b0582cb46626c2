import { dirname, join, relative, sep } from 'node:path'
import type { Problem } from '../errors.js'
import { shell } from '../shell.js'
import type { Disk } from './disk.js'
import { codeOf } from './errno.js'
import { hashOf } from './hash.js'
import {
  type Before,
  imageName,
  type Journal,
  type JournalFile,
  keepJournal,
  removeJournal,
} from './journal.js'
import { isInside } from './workspace.js'
import { discard, syncFolder, writeFile } from './write-file.js'

/** What a rollback did. */
export interface RolledBack {
  /** The files that were put back, from the root. */
  readonly files: readonly string[]
  /** What only a person can decide; the journal is kept aside then. */
  readonly kept: readonly Problem[]
}

/** Where a rollback happens. */
interface Place {
  readonly disk: Disk
  readonly root: string
  /** The state folder. */
  readonly folder: string
  readonly journal: Journal
}

/**
 * Puts back every file of a commit that did not end. Only a file that is exactly as the commit wrote it is replaced, so
 * this may be done again, and be killed at any point. The journal goes last.
 */
export function rollBack(disk: Disk, root: string, folder: string, journal: Journal): RolledBack {
  const place: Place = { disk, root, folder, journal }
  const files: string[] = []
  const kept: Problem[] = []
  for (const [index, file] of journal.files.entries()) {
    const state = stateOf(place, file)
    if (state === 'new') {
      const problem = putBack(place, file)
      if (problem === undefined) files.push(file.path)
      else kept.push(problem)
    }
    if (state === 'other') kept.push(bothKept(place, file))
    kept.push(...dropTemps(place, file, index))
  }
  removeFolders(place)
  end(place, kept.length > 0)
  return { files, kept }
}

type State = 'old' | 'new' | 'other'

function stateOf(place: Place, { path, before, after }: JournalFile): State {
  if (!isPlace(place, dirname(absolute(place, path)))) return 'other'
  const hash = hashAt(place, absolute(place, path))
  if (hash === (before?.hash ?? null)) return 'old'
  return hash === after ? 'new' : 'other'
}

/** Whether a folder is one that a commit writes to; a journal may be a file that somebody put there. */
function isPlace({ disk, root }: Place, folder: string): boolean {
  if (disk.stat(folder)?.kind !== 'folder') return true
  const real = disk.realpath(folder)
  return isInside(root, real) && !relative(root, real).toLowerCase().split(sep).includes('.git')
}

/** The hash of a file; null where nothing is, undefined where something else is. */
function hashAt({ disk }: Place, path: string): string | null | undefined {
  const stat = disk.lstat(path)
  if (stat === undefined) return null
  if (stat.kind !== 'file') return undefined
  return hashOf(disk.read(path))
}

/** The witness is the very file that was there, with what an editor may have saved meanwhile; else its copy serves. */
function putBack(place: Place, file: JournalFile): Problem | undefined {
  const { disk } = place
  const path = absolute(place, file.path)
  if (file.before === null) {
    disk.remove(path)
    return undefined
  }
  const witness = join(dirname(path), file.witness)
  if (disk.lstat(witness)?.kind === 'file') {
    disk.rename(witness, path)
    return undefined
  }
  const content = readImage(place, file.before)
  if (content === undefined)
    return {
      code: 'person-needed',
      what: `\`${file.path}\` could not be put back: its copy is gone`,
      fix: shell`look at it: git diff -- ${file.path}`,
      place: { file: file.path },
    }
  const staged = join(dirname(path), file.staged)
  const { mode, uid, gid } = file.before
  disk.remove(staged)
  writeFile(disk, staged, content, { mode, owner: { uid, gid } })
  disk.rename(staged, path)
  return undefined
}

function readImage({ disk, folder }: Place, { image, hash }: Before): Buffer | undefined {
  const path = join(folder, image)
  if (disk.lstat(path)?.kind !== 'file') return undefined
  const content = disk.read(path)
  return hashOf(content) === hash ? content : undefined
}

function bothKept({ folder }: Place, { path, before }: JournalFile): Problem {
  return {
    code: 'person-needed',
    what: `\`${path}\` is neither as it was nor as it was written, and was left alone`,
    why: 'somebody changed it after a run was cut short; all else was put back',
    fix:
      before === null
        ? 'look whether it is wanted, and remove it if it is not'
        : shell`compare it with what it was: diff ${join(folder, before.image)} ${path}`,
    place: { file: path },
  }
}

/** Takes away what stands beside a file. A witness that holds a text of somebody else is kept. */
function dropTemps(place: Place, file: JournalFile, index: number): Problem[] {
  const { disk, folder, journal } = place
  if (!isPlace(place, dirname(absolute(place, file.path)))) return []
  const path = absolute(place, file.path)
  const witness = join(dirname(path), file.witness)
  disk.remove(join(dirname(path), file.staged))
  const stat = disk.lstat(witness)
  if (stat === undefined) return []
  if (stat.identity === disk.lstat(path)?.identity || hashAt(place, witness) === file.before?.hash) {
    disk.remove(witness)
    return []
  }
  const saved = join(folder, imageName(journal.id, index + journal.files.length, file.path))
  disk.remove(saved)
  writeFile(disk, saved, disk.read(witness))
  disk.remove(witness)
  return [
    {
      code: 'person-needed',
      what: `a change of \`${file.path}\` that was saved while it was written is not in it`,
      fix: shell`compare them: diff ${saved} ${file.path}`,
      place: { file: file.path },
    },
  ]
}

function removeFolders(place: Place): void {
  for (const folder of place.journal.folders.toReversed()) {
    try {
      place.disk.removeFolder(absolute(place, folder))
    } catch (error) {
      if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(codeOf(error))) throw error
    }
  }
}

function end(place: Place, isKept: boolean): void {
  const { disk, folder, journal } = place
  const paths = [...journal.files.map(({ path }) => path), ...journal.folders]
  for (const one of new Set(paths.map((path) => dirname(absolute(place, path)))))
    if (disk.stat(one)?.kind === 'folder') syncFolder(disk, one)
  if (isKept) {
    keepJournal(disk, folder, journal.id)
    return
  }
  removeJournal(disk, folder)
  syncFolder(disk, folder)
  for (const { before } of journal.files) if (before !== null) discard(disk, join(folder, before.image))
}

function absolute({ root }: Place, path: string): string {
  return join(root, ...path.split('/'))
}

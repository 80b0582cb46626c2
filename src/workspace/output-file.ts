import { dirname, join } from 'node:path'
import { collision, Failure, internalError, wrongInput } from '../errors.js'
import { shell } from '../shell.js'
import type { Disk } from './disk.js'
import { codeOf, reasonOf } from './errno.js'
import { discard, syncFolder, tempName, writeFile } from './write-file.js'

/**
 * Writes a text where a user asked for it: first beside the file, then in its place, so that nobody ever reads
 * half of it. It wants no lock, and leaves nothing else behind.
 *
 * @param path absolute
 * @param shown the path as the user gave it
 * @throws Failure 2 where no file can be, 3 for a file that is read-only, 5 for an I/O error
 */
export function writeOutputFile(disk: Disk, path: string, shown: string, text: string): void {
  const stat = disk.stat(path)
  const place = { file: shown }
  if (stat?.kind === 'folder')
    throw wrongInput({
      code: 'file-not-writable',
      what: `\`${shown}\` is a folder`,
      fix: 'name a file',
      place,
    })
  if (stat?.kind === 'other') {
    throw wrongInput({
      code: 'file-not-writable',
      what: `\`${shown}\` is a pipe or a device`,
      why: 'a file is written beside it and put in its place',
      fix: 'leave the flag out and redirect the output',
      place,
    })
  }
  if (disk.stat(dirname(path))?.kind !== 'folder') {
    throw wrongInput({
      code: 'folder-not-found',
      what: `\`${shown}\` cannot be written: its folder does not exist`,
      fix: shell`make the folder: mkdir -p ${dirname(shown)}`,
      place,
    })
  }
  if (stat !== undefined && (stat.mode & 0o222) === 0)
    throw collision({
      code: 'file-not-writable',
      what: `\`${shown}\` is read-only`,
      fix: shell`make it writable: chmod u+w ${shown}`,
      place,
    })
  const file = stat === undefined ? path : disk.realpath(path)
  const staged = join(dirname(file), tempName())
  try {
    writeFile(disk, staged, Buffer.from(text, 'utf8'), { mode: stat?.mode, owner: stat })
    disk.rename(staged, file)
    syncFolder(disk, dirname(file))
  } catch (error) {
    discard(disk, staged)
    if (error instanceof Failure || codeOf(error) === '') throw error
    throw internalError({ code: 'io', what: `\`${shown}\` could not be written: ${reasonOf(error)}`, place })
  }
}

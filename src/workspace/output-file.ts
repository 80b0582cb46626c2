import { basename, dirname, join } from 'node:path'
import { collision, internalError, wrongInput } from '../errors.js'
import { shell } from '../shell.js'
import type { Disk } from './disk.js'

/** The permissions of a new file; the process's umask takes away from them. */
const NEW_MODE = 0o666

/**
 * Writes a text where a user asked for it: first beside the file, then in its place, so that nobody ever reads
 * half of it.
 *
 * @param path absolute
 * @param shown the path as the user gave it
 * @throws Failure 2 where no file can be, 3 for a file that is read-only, 5 for an I/O error
 */
export function writeOutputFile(disk: Disk, path: string, shown: string, text: string): void {
  const stat = disk.stat(path)
  const place = { file: shown }
  if (stat?.kind === 'folder')
    throw wrongInput({ what: `\`${shown}\` is a folder`, fix: 'name a file', place })
  if (stat?.kind === 'other') {
    throw wrongInput({
      what: `\`${shown}\` is a pipe or a device`,
      why: 'a file is written beside it and put in its place',
      fix: 'leave the flag out and redirect the output',
      place,
    })
  }
  if (disk.stat(dirname(path))?.kind !== 'folder') {
    throw wrongInput({
      what: `\`${shown}\` cannot be written: its folder does not exist`,
      fix: shell`make the folder: mkdir -p ${dirname(shown)}`,
      place,
    })
  }
  if (stat !== undefined && (stat.mode & 0o222) === 0)
    throw collision({
      what: `\`${shown}\` is read-only`,
      fix: shell`make it writable: chmod u+w ${shown}`,
      place,
    })
  const file = stat === undefined ? path : disk.realpath(path)
  const staged = join(dirname(file), `.${basename(file)}.cachibot-ws-${process.pid}`)
  try {
    disk.writeNew(staged, Buffer.from(text, 'utf8'), stat?.mode ?? NEW_MODE)
    disk.rename(staged, file)
  } catch (error) {
    discard(disk, staged)
    const reason = error instanceof Error ? error.message : String(error)
    throw internalError({ what: `\`${shown}\` could not be written: ${reason}`, place })
  }
}

/** Takes away what a failed write left; where even that fails there is nothing more to do. */
function discard(disk: Disk, staged: string): void {
  try {
    disk.remove(staged)
  } catch {}
}

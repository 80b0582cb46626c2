import { isAscii } from 'node:buffer'
import { type Failure, type Problem, wrongInput } from '../errors.js'
import type { Disk } from './disk.js'

/** The largest file that is read; a generated giant is nothing a person keeps events in. */
export const MAX_BYTES = 4 * 1024 * 1024

/**
 * The one way a text of somebody else is read: a regular file, not too large, valid UTF-8. Nothing is waited for.
 *
 * @param path absolute
 * @param shown the path as it is told
 * @param found what is there, where that is known already
 * @returns the content with its byte order mark; undefined when nothing is there; a Failure with exit code 2 for what
 *   cannot be read
 */
export function readText(
  disk: Disk,
  path: string,
  shown: string,
  found = disk.stat(path),
): string | Failure | undefined {
  if (found === undefined) return undefined
  if (found.kind === 'folder') return unfit(shown, 'is a folder', { fix: 'name a file' })
  if (found.kind === 'other') return unfit(shown, ...PIPE)
  let bytes: Buffer
  try {
    bytes = disk.read(path, MAX_BYTES)
  } catch (error) {
    const words = REFUSALS[(error as NodeJS.ErrnoException).code ?? '']
    // What is not expected to go wrong, as a broken disk, stays what it is.
    if (words === undefined) throw error
    return unfit(shown, ...words)
  }
  if (bytes.length > MAX_BYTES) return unfit(shown, ...TOO_LARGE)
  return decodeText(bytes, shown)
}

/**
 * Bytes as text.
 *
 * @returns a Failure with exit code 2 when they are no valid UTF-8, or too many
 */
export function decodeText(bytes: Buffer, shown: string): string | Failure {
  if (bytes.length > MAX_BYTES) return unfit(shown, ...TOO_LARGE)
  if (isAscii(bytes)) return bytes.toString('latin1')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return unfit(shown, 'is not valid UTF-8', {
      why: 'its bytes could not be kept as they are',
      fix: 'convert the file to UTF-8',
    })
  }
}

/** What can be seen of a file that cannot be read as a text, to find words in; empty where nothing can. */
export function glimpse(disk: Disk, path: string): string {
  try {
    return disk.stat(path)?.kind === 'file' ? disk.read(path, MAX_GLIMPSE).toString('latin1') : ''
  } catch {
    return ''
  }
}

const MAX_GLIMPSE = 16 * MAX_BYTES

type Words = readonly [what: string, more: Pick<Problem, 'why' | 'fix'>]

const TOO_LARGE: Words = [
  `has more than ${MAX_BYTES} bytes and is not read`,
  { why: 'files over that size are left alone' },
]

const PIPE: Words = [
  'is a pipe or a device, and is not read',
  { why: 'only regular files are read: a pipe can be waited for for ever', fix: 'name a regular file' },
]

/** What is expected to go wrong with a file, in words. */
const REFUSALS: Readonly<Record<string, Words>> = {
  EFBIG: TOO_LARGE,
  ENOTREG: PIPE,
  ENXIO: PIPE,
  EACCES: [
    'may not be read',
    { why: 'its permissions do not allow it', fix: 'make it readable: chmod u+r FILE' },
  ],
  EPERM: ['may not be read', { why: 'the system does not allow it', fix: 'make it readable' }],
  EISDIR: ['is a folder', { fix: 'name a file' }],
  ENOENT: ['is gone', { why: 'it was there a moment ago', fix: 'run the command again' }],
}

function unfit(shown: string, what: string, { why, fix }: Pick<Problem, 'why' | 'fix'>): Failure {
  return wrongInput({
    code: 'file-not-readable',
    what: `\`${shown}\` ${what}`,
    ...(why === undefined ? {} : { why }),
    ...(fix === undefined ? {} : { fix: fix.replace('FILE', shown) }),
    place: { file: shown },
  })
}

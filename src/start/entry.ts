/** What is kept of a chunk: V8 keeps the functions that were called, which are others for each use. */
export interface CodeEntry {
  readonly code: Buffer
  /** The uses whose functions are in it, the latest last. */
  readonly uses: readonly string[]
}

/** How many uses an entry tells apart; a use that is forgotten is kept again. */
export const MOST_USES = 32

const LENGTH = 4

/** The code comes first, so that it stays aligned; then the uses, and how long they are. */
export function printEntry({ code, uses }: CodeEntry): Buffer {
  const words = Buffer.from(uses.join('\n'))
  const length = Buffer.alloc(LENGTH)
  length.writeUInt32LE(words.length)
  return Buffer.concat([code, words, length])
}

/** Undefined where nothing is kept. */
export function parseEntry(bytes: Buffer | undefined): CodeEntry | undefined {
  if (bytes === undefined) return undefined
  const end = bytes.length - LENGTH
  const start = end - bytes.readUInt32LE(end)
  return { code: bytes.subarray(0, start), uses: bytes.toString('utf8', start, end).split('\n') }
}

/** The words of many texts in one piece: of each word, by its hash, the texts that say it. */
export interface WordPack {
  /** The number of each text, by its digest. */
  readonly texts: ReadonlyMap<string, number>
  /** The numbers of the texts with a word of that hash. */
  find(hash: number): Uint16Array
}

const DIGEST = 32

/** What a number of 16 bits can tell apart. */
const MOST = 2 ** 16

/**
 * As bytes: how many texts and words there are; the words' hashes, ascending; where the texts of each end; the digests of all
 * texts; for each word the numbers of its texts. In the byte order of this machine.
 *
 * @param texts the hashes of a text's words, each once, by its digest in hexadecimal digits
 * @returns undefined for too many texts
 */
export function writePack(texts: ReadonlyMap<string, Uint32Array>): Uint8Array | undefined {
  if (texts.size > MOST) return undefined
  // A word and its text as one number, so that sorting them is sorting numbers.
  const all = [...texts.values()]
  const pairs = new Float64Array(all.reduce((sum, { length }) => sum + length, 0))
  let count = 0
  for (const [text, hashes] of all.entries()) for (const hash of hashes) pairs[count++] = hash * MOST + text
  pairs.sort()
  const hashes: number[] = []
  const ends: number[] = []
  for (const [at, pair] of pairs.entries()) {
    const hash = Math.floor(pair / MOST)
    if (hash !== hashes.at(-1)) hashes.push(hash)
    ends[hashes.length - 1] = at + 1
  }
  return Buffer.concat([
    bytesOf(Uint32Array.of(texts.size, hashes.length)),
    bytesOf(Uint32Array.from(hashes)),
    bytesOf(Uint32Array.from(ends)),
    Buffer.from([...texts.keys()].join(''), 'hex'),
    bytesOf(Uint16Array.from(pairs, (pair) => pair % MOST)),
  ])
}

/**
 * The pack that was written, as the bytes themselves where they are aligned.
 *
 * @throws RangeError where the bytes are not as many as one takes
 */
export function readPack(bytes: Uint8Array): WordPack {
  const { buffer, byteOffset } =
    bytes.byteOffset % Uint32Array.BYTES_PER_ELEMENT === 0 ? bytes : Uint8Array.from(bytes)
  const [texts = 0, words = 0] = new Uint32Array(buffer, byteOffset, 2)
  const hashes = new Uint32Array(buffer, byteOffset + 8, words)
  const ends = new Uint32Array(buffer, hashes.byteOffset + hashes.byteLength, words)
  const digests = Buffer.from(buffer, ends.byteOffset + ends.byteLength, texts * DIGEST).toString('hex')
  const pairs = new Uint16Array(
    buffer,
    ends.byteOffset + ends.byteLength + texts * DIGEST,
    ends[words - 1] ?? 0,
  )
  if (pairs.byteOffset + pairs.byteLength !== byteOffset + bytes.length) throw new RangeError('no pack')
  const numbers = Array.from(
    { length: texts },
    (_, text) => [digests.slice(text * DIGEST * 2, (text + 1) * DIGEST * 2), text] as const,
  )
  return {
    texts: new Map(numbers),
    find(hash) {
      const at = placeIn(hashes, hash)
      return hashes[at] === hash ? pairs.subarray(ends[at - 1] ?? 0, ends[at]) : pairs.subarray(0, 0)
    },
  }
}

/** The index of the first of ascending numbers that is not below one. */
function placeIn(ascending: Uint32Array, one: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] as number) < one) low = middle + 1
    else high = middle
  }
  return low
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

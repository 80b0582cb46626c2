/**
 * Which words stand in a text: runs of letters, digits and underscores of ASCII. A text is gone through once and leaves a
 * filter of bits, so that asking for a word which is not there, as nearly all are not, costs next to nothing.
 */
export class Words {
  readonly #text: string
  readonly #bits: Uint32Array
  readonly #mask: number
  #looked = 0
  #all: ReadonlySet<string> | undefined

  constructor(text: string) {
    this.#text = text
    const size = 2 ** Math.max(MIN_BITS, Math.ceil(Math.log2(text.length)) - 1)
    this.#bits = new Uint32Array(size / 32)
    this.#mask = size - 1
    let hash = 0
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (isWordCode(code)) hash = step(hash, code)
      else if (hash !== 0) {
        this.#add(hash)
        hash = 0
      }
    }
    if (hash !== 0) this.#add(hash)
  }

  has({ text, hash }: Word): boolean {
    return this.#isMarked(hash) && this.#isMarked(other(hash)) && this.#says(text)
  }

  /** Few words are looked for one by one; where many may be there, the text is taken apart. */
  #says(word: string): boolean {
    if (this.#looked++ >= MANY) this.#all ??= new Set(wordsOf(this.#text))
    return this.#all?.has(word) ?? isWordOf(this.#text, word)
  }

  #add(hash: number): void {
    this.#mark(hash)
    this.#mark(other(hash))
  }

  #mark(hash: number): void {
    const bit = (hash >>> 1) & this.#mask
    this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << (bit & 31))
  }

  #isMarked(hash: number): boolean {
    const bit = (hash >>> 1) & this.#mask
    return ((this.#bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0
  }
}

/** A word that is looked for, with what tells it apart. */
export interface Word {
  readonly text: string
  readonly hash: number
}

/** The words of a text, in their order. */
export function wordsIn(text: string): readonly Word[] {
  return wordsOf(text).map((word) => {
    let hash = 0
    for (let at = 0; at < word.length; at++) hash = step(hash, word.charCodeAt(at))
    return { text: word, hash }
  })
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[A-Za-z0-9_]+/g) ?? []
}

const MIN_BITS = 10

/** So many searches cost what taking the text apart does. */
const MANY = 24

/** The hash of a word with one more character; never 0, which is that of none. */
function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193) | 1
}

/** Another hash of the same word. */
function other(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 7
}

const CODES = Uint8Array.from({ length: 128 }, (_, code) => (/\w/.test(String.fromCharCode(code)) ? 1 : 0))

function isWordCode(code: number): boolean {
  return CODES[code] === 1
}

function isWordOf(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (!isWordCode(text.charCodeAt(at - 1)) && !isWordCode(text.charCodeAt(at + word.length))) return true
  return false
}

/**
 * Which words stand in a text: runs of letters, digits and underscores of ASCII. A text is gone through once and leaves the
 * hashes of its words, so that asking for a word which is not there, as nearly all are not, costs next to nothing.
 */
export class Words {
  readonly #text: string
  #known: ((hash: number) => boolean) | undefined
  #looked = 0
  #all: ReadonlySet<string> | undefined

  /** @param known whether a word of this hash may stand in the text, where that is known without going through it */
  constructor(text: string, known?: (hash: number) => boolean) {
    this.#text = text
    this.#known = known
  }

  has(word: Word): boolean {
    this.#known ??= lookUp(hashTable(this.#text))
    return this.#known(word.hash) && this.says(word)
  }

  /** The same for a word whose hash is known to be one of the text's. Few are looked for one by one; where many may be there, the text is taken apart. */
  says({ text }: Word): boolean {
    if (this.#looked++ >= MANY) this.#all ??= new Set(wordsOf(this.#text))
    return this.#all?.has(text) ?? isWordOf(this.#text, text)
  }
}

/** The hashes of the words of a text, each once. */
export function hashesOf(text: string): Uint32Array {
  return hashTable(text).filter((hash) => hash !== 0)
}

/** A table in which each hash stands at its own place or, where others do, in the next that is free; the free ones are 0. */
function hashTable(text: string): Uint32Array {
  let table: Uint32Array = new Uint32Array(LEAST)
  let taken = 0
  const add = (hash: number): void => {
    const at = placeOf(table, hash)
    if (table[at] !== 0) return
    table[at] = hash
    taken++
    if (taken * 2 > table.length) table = grown(table)
  }
  let hash = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isWordCode(code)) hash = step(hash, code)
    else if (hash !== 0) {
      add(hash >>> 0)
      hash = 0
    }
  }
  if (hash !== 0) add(hash >>> 0)
  return table
}

function grown(table: Uint32Array): Uint32Array {
  const larger = new Uint32Array(table.length * 4)
  for (const hash of table) if (hash !== 0) larger[placeOf(larger, hash)] = hash
  return larger
}

/** Where a hash stands in a table, or would. */
function placeOf(table: Uint32Array, hash: number): number {
  const mask = table.length - 1
  let at = ((hash >>> 1) ^ (hash >>> 16)) & mask
  while (table[at] !== 0 && table[at] !== hash) at = (at + 1) & mask
  return at
}

function lookUp(table: Uint32Array): (hash: number) => boolean {
  return (hash) => table[placeOf(table, hash)] === hash
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
    return { text: word, hash: hash >>> 0 }
  })
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[A-Za-z0-9_]+/g) ?? []
}

const LEAST = 256

/** So many searches cost what taking the text apart does. */
const MANY = 24

/** The hash of a word with one more character; never 0, which is that of none. */
function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193) | 1
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

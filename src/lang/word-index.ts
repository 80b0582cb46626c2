import { createHash } from 'node:crypto'
import { endianness } from 'node:os'
import type { Cache } from '../cache/cache.js'
import { digestOf, type Source } from '../workspace/source.js'
import { hashesOf, type Word, Words } from '../workspace/words.js'
import { readPack, type WordPack, writePack } from './word-pack.js'

/** Raised by whatever changes what a word is, its hash, or how a pack is written. Packs of another version are not found. */
const WORDS_VERSION = 1

/** Which words the texts of a run say, and said in earlier ones: a pack for each checkout. */
export class KeptWords {
  readonly #indexes = new Map<string, WordIndex>()

  /** @param cache undefined to go through every text, and to keep nothing */
  constructor(private readonly cache?: Cache) {}

  /** The words of a checkout, by its absolute path. */
  of(root: string): WordIndex {
    const known = this.#indexes.get(root)
    if (known !== undefined) return known
    const index = new WordIndex(packIn(this.cache?.read(keyOf(root))))
    this.#indexes.set(root, index)
    return index
  }

  /** Keeps what was asked for the next run, where much of it was not known. To be called once the answer is out. */
  keep(): void {
    const { cache } = this
    if (cache === undefined) return
    for (const [root, index] of this.#indexes) {
      const bytes = index.pack()
      if (bytes !== undefined) cache.write(keyOf(root), bytes)
    }
  }
}

function keyOf(root: string): string {
  const parts = [WORDS_VERSION, endianness(), root]
  return createHash('sha256').update(parts.join('\0')).digest('hex')
}

/** Undefined for bytes that are no pack: whatever wrote them, the texts can be gone through. */
function packIn(bytes: Uint8Array | undefined): WordPack | undefined {
  try {
    return bytes === undefined ? undefined : readPack(bytes)
  } catch {
    return undefined
  }
}

/** How many texts are gone through in every run before they are packed: so many, and one of so many that are known. */
const FEW = 16
const PART = 24

/** Which words stand in texts: asked of the pack of an earlier run, and of a text itself where that has another. */
export class WordIndex {
  readonly #entries = new Map<Source, Entry>()
  readonly #holders = new Map<number, Uint8Array>()

  constructor(private readonly known?: WordPack) {}

  /** Whether a text says all of some words. */
  says(source: Source, words: readonly Word[]): boolean {
    const { own } = this.#entryOf(source)
    return words.every((word) => own.has(word))
  }

  /** Those of some texts that say all of some words. */
  saying(sources: readonly Source[], words: readonly Word[]): readonly Source[] {
    const holders = words.map(({ hash }) => this.#holdersOf(hash))
    return sources.filter((source) => {
      const { text, own } = this.#entryOf(source)
      const isSaid = (word: Word, at: number): boolean =>
        text === undefined ? own.has(word) : holders[at]?.[text] === 1 && own.says(word)
      return words.every(isSaid)
    })
  }

  /** The pack for the next run; undefined where the one of an earlier run does. */
  pack(): Uint8Array | undefined {
    const missing = [...this.#entries.values()].filter(({ text }) => text === undefined).length
    if (missing <= Math.max(FEW, this.#entries.size / PART)) return undefined
    return writePack(
      new Map([...this.#entries.keys()].map((source) => [digestOf(source), hashesOf(source.text)])),
    )
  }

  #entryOf(source: Source): Entry {
    return this.#entries.get(source) ?? this.#enter(source)
  }

  #enter(source: Source): Entry {
    const text = this.known?.texts.get(digestOf(source))
    const own = new Words(
      source.text,
      text === undefined ? undefined : (hash) => this.#holdersOf(hash)[text] === 1,
    )
    const entry = { text, own }
    this.#entries.set(source, entry)
    return entry
  }

  /** Of each text that is known whether it may say a word: 1 where it does. */
  #holdersOf(hash: number): Uint8Array {
    let holders = this.#holders.get(hash)
    if (holders === undefined) {
      holders = new Uint8Array(this.known?.texts.size ?? 0)
      for (const text of this.known?.find(hash) ?? []) holders[text] = 1
      this.#holders.set(hash, holders)
    }
    return holders
  }
}

interface Entry {
  /** Its number in the pack. */
  readonly text: number | undefined
  readonly own: Words
}

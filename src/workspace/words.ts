/**
 * Which words stand in a text: runs of letters, digits and underscores of ASCII. Few words are looked for one by one; where
 * many are asked for, the text is taken apart once.
 */
export class Words {
  readonly #text: string
  readonly #known = new Map<string, boolean>()
  #all: ReadonlySet<string> | undefined

  constructor(text: string) {
    this.#text = text
  }

  has(word: string): boolean {
    const known = this.#known.get(word)
    if (known !== undefined) return known
    if (this.#known.size >= MANY) this.#all ??= new Set(wordsIn(this.#text))
    const has = this.#all?.has(word) ?? isWordOf(this.#text, word)
    this.#known.set(word, has)
    return has
  }
}

/** So many searches cost what taking the text apart does. */
const MANY = 24

/** The words of a text, in their order. */
export function wordsIn(text: string): readonly string[] {
  return text.match(/[A-Za-z0-9_]+/g) ?? []
}

function isWordOf(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (!isInWord(text, at - 1) && !isInWord(text, at + word.length)) return true
  return false
}

function isInWord(text: string, index: number): boolean {
  return /[A-Za-z0-9_]/.test(text[index] ?? '')
}

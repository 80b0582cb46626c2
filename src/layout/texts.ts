import type { WordIndex } from '../lang/word-index.js'
import type { Source } from '../workspace/source.js'
import { wordsIn } from '../workspace/words.js'

/** A cheap test of a text. Where the same function is asked with again, no text is tested again. */
export type TextTest = (text: string) => boolean

/** What a text is looked for by: a name whose words stand in it, or a test. */
export type Sign = string | TextTest

/** The texts of one folder, each asked once for each sign. */
export class Texts {
  readonly #bySign = new Map<Sign, ReadonlySet<Source>>()

  constructor(
    private readonly sources: readonly Source[],
    private readonly words: WordIndex,
  ) {}

  /** Those with any of the signs. */
  with(signs: readonly Sign[]): readonly Source[] {
    const found = signs.map((sign) => this.#withSign(sign))
    return this.sources.filter((source) => found.some((some) => some.has(source)))
  }

  #withSign(sign: Sign): ReadonlySet<Source> {
    const known = this.#bySign.get(sign)
    if (known !== undefined) return known
    const found = new Set(
      typeof sign === 'string'
        ? this.words.saying(this.sources, wordsIn(sign))
        : this.sources.filter((source) => passes(source, sign)),
    )
    this.#bySign.set(sign, found)
    return found
  }
}

const passed = new WeakMap<TextTest, WeakMap<Source, boolean>>()

function passes(source: Source, test: TextTest): boolean {
  const answers = passed.get(test) ?? new WeakMap<Source, boolean>()
  passed.set(test, answers)
  const known = answers.get(source)
  if (known !== undefined) return known
  const answer = test(source.text)
  answers.set(source, answer)
  return answer
}

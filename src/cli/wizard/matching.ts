import type { Choice } from './question.js'

/**
 * The choices whose titles hold what was typed, the nearest first: the title itself, one that begins with it, one with a
 * word that does, any other; then the shorter one.
 */
export function matching(choices: readonly Choice[], typed: string): readonly Choice[] {
  if (typed === '') return choices
  return choices
    .map((choice) => ({ choice, rank: rankOf(choice.title, typed) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .toSorted((a, b) => a.rank - b.rank || a.choice.title.length - b.choice.title.length)
    .map(({ choice }) => choice)
}

const NO_MATCH = 4

function rankOf(title: string, typed: string): number {
  const [whole, part] = [title.toLowerCase(), typed.toLowerCase()]
  if (whole === part) return 0
  if (whole.startsWith(part)) return 1
  if (beginsWord(title, part)) return 2
  return whole.includes(part) ? 3 : NO_MATCH
}

/** Whether it begins with a word of the title: at a capital letter, or behind what is no letter. */
function beginsWord(title: string, part: string): boolean {
  const whole = title.toLowerCase()
  for (let at = whole.indexOf(part); at !== -1; at = whole.indexOf(part, at + 1))
    if (/[A-Z]/.test(title[at] ?? '') || /[^A-Za-z0-9]/.test(title[at - 1] ?? '')) return true
  return false
}

/** What all of some texts begin with. */
export function commonStart(texts: readonly string[]): string {
  const [first = '', ...others] = texts
  const length = others.reduce((shared, other) => {
    let at = 0
    while (at < shared && first[at] === other[at]) at++
    return at
  }, first.length)
  return first.slice(0, length)
}

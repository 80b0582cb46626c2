/** The marks that git leaves around two versions, each at the start of a line. */
const OPENING = /^<{7}(?![^\s])/gm
const MIDDLE = /^={7}\s*$/gm
const CLOSING = /^>{7}(?![^\s])/gm

/** Where a merge conflict begins; undefined where there is none, or only a part of its marks. */
export function findConflict(text: string): number | undefined {
  const opening = find(OPENING, text, 0)
  const middle = opening === undefined ? undefined : find(MIDDLE, text, opening)
  const closing = middle === undefined ? undefined : find(CLOSING, text, middle)
  return closing === undefined ? undefined : opening
}

function find(mark: RegExp, text: string, from: number): number | undefined {
  mark.lastIndex = from
  return mark.exec(text)?.index
}

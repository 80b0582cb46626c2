/** What the branch of a request says that people are to answer with. */
export interface Mark {
  readonly event: string
  readonly fields: readonly string[]
}

const BEGINNING = 'TODO(cachibot-ws): answer with'

/** The comment that marks the branch of a request whose answer is left to people. */
export function printMark({ event, fields }: Mark): string {
  return `${BEGINNING} ${event}, which needs ${fields.join(', ')}`
}

/** The event that a branch is marked to be answered with. */
export function markedEvent(text: string): string | undefined {
  const words = text.replace(/\s*#\s*/g, ' ')
  const at = words.indexOf(BEGINNING)
  return at === -1 ? undefined : /^\s*(\w+)/.exec(words.slice(at + BEGINNING.length))?.[1]
}

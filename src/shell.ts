/** A word as a POSIX shell takes it unchanged: quoted where it has to be. */
export function quoteForShell(word: string): string {
  return /^(?!=)[\w.:=/@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** A command line for people to paste: whatever a value holds, it is one word there and does nothing. */
export function shell(words: TemplateStringsArray, ...values: readonly string[]): string {
  return words.flatMap((word, index) => [word, ...values.slice(index, index + 1).map(quoteForShell)]).join('')
}

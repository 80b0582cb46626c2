/** A word as a POSIX shell takes it unchanged: quoted where it has to be. */
export function quoteForShell(word: string): string {
  return /^(?!=)[\w.:=/@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** Python's tokens as text, without white space: docstrings, comments, strings, words, marks. */
const TOKEN =
  /[rbfuRBFU]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|#.*|\w+|[^\s\w]/g

const DOCSTRING = /^[rRuU]?("""|''')/

/**
 * The tokens of a piece of code, spelled in one way: one kind of quote, no comma in front of a closing bracket, no
 * parentheses that only break a line. Docstrings, and comments behind code or on a line of their own, are left out
 * where `withComments` is false.
 */
export function tokensOf(text: string, withComments: boolean): readonly string[] {
  const tokens: string[] = []
  for (const token of text.match(TOKEN) ?? []) {
    if (DOCSTRING.test(token)) continue
    if (token.startsWith('#')) {
      if (withComments) tokens.push(token.replace(/\s+$/, ''))
      continue
    }
    if (/^[)\]}]$/.test(token) && tokens.at(-1) === ',') tokens.pop()
    tokens.push(/^[rbfuRBFU]{0,2}'/.test(token) && !token.includes('"') ? token.replaceAll("'", '"') : token)
  }
  return tokens
}

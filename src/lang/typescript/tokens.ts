/** TypeScript's tokens as text, without white space: comments, strings, words, marks. */
const TOKEN =
  /\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|[\w$]+|[^\s\w$]/g

/**
 * The tokens of a piece of code, spelled in one way: one kind of quote, no semicolons, no comma in front of a closing
 * bracket. JSDoc is left out, other comments where `withComments` is false.
 */
export function tokensOf(text: string, withComments: boolean): readonly string[] {
  const tokens: string[] = []
  for (const token of text.match(TOKEN) ?? []) {
    if (token === ';' || token.startsWith('/**')) continue
    if (/^\/[/*]/.test(token)) {
      if (withComments) tokens.push(token.replace(/\s+$/, ''))
      continue
    }
    if (/^[)\]}]$/.test(token) && tokens.at(-1) === ',') tokens.pop()
    tokens.push(token.startsWith("'") && !token.includes('"') ? token.replaceAll("'", '"') : token)
  }
  return tokens
}

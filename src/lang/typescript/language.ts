import type { Language } from '../language.js'
import { isCommentAt } from './comments.js'
import { parseTypeScript } from './parser/parse.js'
import { tokensOf } from './tokens.js'
import { wordsOf } from './words.js'

export const typescript: Language<'typescript'> = {
  id: 'typescript',
  extensions: ['.ts', '.tsx'],
  readExtensions: ['.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'],
  parse: parseTypeScript,
  words: wordsOf,
  tokens: tokensOf,
  isCommentAt,
}

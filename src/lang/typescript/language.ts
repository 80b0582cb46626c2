import type { Language } from '../language.js'
import { isCommentAt } from './comments.js'
import { parseTypeScript } from './parser/parse.js'
import { tokensOf } from './tokens.js'
import { wordsOf } from './words.js'

export const typescript: Language<'typescript'> = {
  id: 'typescript',
  grammar: 'ts-morph 28.0.0',
  extensions: ['.ts', '.tsx'],
  readExtensions: ['.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'],
  parse: parseTypeScript,
  words: wordsOf,
  tokens: tokensOf,
  isCommentAt,
}

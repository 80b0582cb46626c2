import type { Language } from '../language.js'
import { isCommentAt } from './comments.js'
import { parsePython } from './parse.js'
import { tokensOf } from './tokens.js'
import { wordsOf } from './words.js'

export const python: Language<'python'> = {
  id: 'python',
  grammar: 'tree-sitter-python 0.25.0',
  extensions: ['.py'],
  readExtensions: [],
  parse: parsePython,
  words: wordsOf,
  tokens: tokensOf,
  isCommentAt,
}

import { perModule } from '../per-module.js'
import type { PythonModule } from './parser.js'
import { nodesBelow, stringValue, textOf } from './query.js'

/** An identifier, or a string literal by its value. */
export interface PyWord {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly isString: boolean
}

/** Every identifier and string literal of a module, in source order. */
export const wordsOf = perModule((module: PythonModule): readonly PyWord[] => {
  const words: PyWord[] = []
  for (const node of nodesBelow(module.root)) {
    const text = node.type === 'identifier' ? textOf(module, node) : stringValue(module, node)
    if (text !== undefined && node.type !== 'parenthesized_expression')
      words.push({ text, start: node.start, end: node.end, isString: node.type === 'string' })
  }
  return words
})

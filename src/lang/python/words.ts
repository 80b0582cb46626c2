import { perModule } from '../per-module.js'
import type { PyNode, PythonModule } from './parser.js'
import { stringValue, textOf } from './query.js'

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
  const visit = (node: PyNode): void => {
    const text = node.type === 'identifier' ? textOf(module, node) : stringValue(module, node)
    if (text !== undefined && node.type !== 'parenthesized_expression')
      words.push({ text, start: node.start, end: node.end, isString: node.type === 'string' })
    for (const child of node.children) visit(child)
  }
  visit(module.root)
  return words
})

import type { Word } from '../language.js'
import type { PythonModule } from '../module.js'
import { perModule } from '../per-module.js'
import { stringValue } from './literals.js'

/** Every identifier and string literal of a module, in source order. */
export const wordsOf = perModule((module: PythonModule): readonly Word[] => {
  const words: Word[] = []
  for (const node of module.root.below()) {
    const text = node.kind === 'identifier' ? node.text : stringValue(node)
    if (text !== undefined && node.kind !== 'parenthesized_expression')
      words.push({ text, start: node.start, end: node.end, isString: node.kind === 'string' })
  }
  return words
})

import type { Word } from '../language.js'
import type { PythonModule } from '../module.js'
import { perModule } from '../per-module.js'
import { stringValue } from './literals.js'

/** Every identifier and string literal of a module, in source order. */
export const wordsOf = perModule((module: PythonModule): readonly Word[] => {
  const words: Word[] = []
  for (const node of module.root.descendants('identifier', 'string', 'concatenated_string')) {
    const { kind, start, end } = node
    const text = kind === 'identifier' ? node.text : stringValue(node)
    if (text !== undefined) words.push({ text, start, end, isString: kind === 'string' })
  }
  return words
})

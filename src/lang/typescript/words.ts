import type { Span } from '../../workspace/span.js'
import type { TsModule } from '../module.js'
import { perModule } from '../per-module.js'
import { spanOf } from './grammar.js'
import { stringValue } from './literals.js'

/** An identifier, or a string literal by its value. */
export interface TsWord extends Span {
  readonly text: string
  readonly isString: boolean
}

/** Every identifier and string literal of a file, in source order. */
export const wordsOf = perModule((module: TsModule): readonly TsWord[] => {
  return module.root
    .descendants('StringLiteral', 'NoSubstitutionTemplateLiteral', 'Identifier', 'PrivateIdentifier')
    .map((node) => {
      const value = stringValue(node)
      return { text: value ?? node.text, isString: value !== undefined, ...spanOf(node) }
    })
})

import type { Word } from '../language.js'
import type { TsModule } from '../module.js'
import { perModule } from '../per-module.js'
import { spanOf } from './grammar.js'
import { stringValue } from './literals.js'

/** Every identifier and string literal of a file, in source order. */
export const wordsOf = perModule((module: TsModule): readonly Word[] => {
  return module.root
    .descendants('StringLiteral', 'NoSubstitutionTemplateLiteral', 'Identifier', 'PrivateIdentifier')
    .map((node) => {
      const value = stringValue(node)
      return { text: value ?? node.text, isString: value !== undefined, ...spanOf(node) }
    })
})

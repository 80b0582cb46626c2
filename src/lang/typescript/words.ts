import { Node, ts } from 'ts-morph'
import { perModule } from '../per-module.js'
import type { TsModule } from './parser.js'
import type { Span } from './query.js'
import { descendantsThat } from './walk.js'

/** An identifier, or a string literal by its value. */
export interface TsWord extends Span {
  readonly text: string
  readonly isString: boolean
}

/** Every identifier and string literal of a file, in source order. */
export const wordsOf = perModule((module: TsModule): readonly TsWord[] => {
  const words: TsWord[] = []
  for (const node of descendantsThat(module.file, isWord)) {
    const isString = Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)
    if (isString)
      words.push({ text: node.getLiteralText(), start: node.getStart(), end: node.getEnd(), isString })
    else if (Node.isIdentifier(node) || Node.isPrivateIdentifier(node))
      words.push({ text: node.getText(), start: node.getStart(), end: node.getEnd(), isString })
  }
  return words
})

function isWord({ kind }: ts.Node): boolean {
  return WORDS.has(kind)
}

const WORDS = new Set([
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.Identifier,
  ts.SyntaxKind.PrivateIdentifier,
])

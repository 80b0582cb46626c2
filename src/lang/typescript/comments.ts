import { ts } from 'ts-morph'
import type { TsModule } from './parser.js'

const TEXT_KINDS = new Set([
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateHead,
  ts.SyntaxKind.TemplateMiddle,
  ts.SyntaxKind.TemplateTail,
  ts.SyntaxKind.RegularExpressionLiteral,
  ts.SyntaxKind.JsxText,
])

/** Whether an offset at which `//` or `/*` stands begins a comment: it does but inside a text. */
export function isCommentAt(module: TsModule, offset: number): boolean {
  const node = module.file.getDescendantAtPos(offset)
  return node === undefined || !TEXT_KINDS.has(node.getKind()) || node.getStart() > offset
}

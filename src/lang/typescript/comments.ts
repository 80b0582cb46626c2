import type { TsModule } from '../module.js'
import { perModule } from '../per-module.js'

/** The literals of a file in which no comment can begin. */
const textsOf = perModule((module: TsModule) =>
  module.root.descendants(
    'StringLiteral',
    'NoSubstitutionTemplateLiteral',
    'TemplateHead',
    'TemplateMiddle',
    'TemplateTail',
    'RegularExpressionLiteral',
    'JsxText',
  ),
)

/** Whether an offset at which `//` or `/*` stands begins a comment: it does but inside a text. */
export function isCommentAt(module: TsModule, offset: number): boolean {
  return !textsOf(module).some(({ start, end }) => start <= offset && offset < end)
}

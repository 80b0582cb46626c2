import type { PythonModule, TsModule } from '../lang/module.js'
import { perModule } from '../lang/per-module.js'
import { spellImport } from '../lang/python/imports.js'
import type { Page } from '../lang/python/print.js'
import { classesOf, functionsOf } from '../lang/python/query.js'
import { styleVotes } from '../lang/typescript/query.js'
import { indentAt } from '../workspace/source.js'

/** How a Python file is written. */
export interface PythonStyle {
  /** One level: spaces or a tab. */
  readonly indent: string
  readonly quote: '"' | "'"
  readonly width: number
  /** A name of a library as the file says it. */
  readonly spell: (need: { readonly module: string; readonly name: string }) => string
}

/** How a TypeScript file is written. */
export interface TsStyle {
  readonly indent: string
  readonly quote: '"' | "'"
  readonly semicolon: '' | ';'
  /** Behind a member of an interface. */
  readonly memberMark: '' | ';' | ','
}

/** Reads the style of a Python file; a file that shows none gets what `ruff format` writes. */
export function readPythonStyle(module: PythonModule, lineLength: number): PythonStyle {
  return { ...shownBy(module), width: lineLength, spell: (need) => spellImport(module, need).text }
}

const shownBy = perModule((module: PythonModule): Pick<PythonStyle, 'indent' | 'quote'> => {
  const blocks = [...classesOf(module), ...functionsOf(module)].flatMap((item) => {
    const first = 'assignments' in item ? item.body.children[0] : item.body[0]
    return first === undefined ? [] : [indentAt(module.source.text, first.start)]
  })
  let single = 0
  let double = 0
  for (const node of module.root.descendants('string_start')) {
    const mark = module.source.text.slice(node.start, node.end)
    if (mark.endsWith("'")) single++
    else if (!mark.endsWith('"""')) double++
  }
  return {
    indent: majority(blocks.filter((indent) => indent !== '')) ?? '    ',
    quote: single > double ? "'" : '"',
  }
})

/** The page of code that begins `level` levels deep in a Python file. */
export function pageOf(style: PythonStyle, level: number): Page {
  const indentWidth = style.indent === '\t' ? 4 : style.indent.length
  return { width: style.width, indentWidth, column: level * indentWidth }
}

/** The page of code that begins behind some white space. */
export function pageAt(style: PythonStyle, base: string): Page {
  const { indentWidth } = pageOf(style, 0)
  const column = [...base].reduce((sum, char) => sum + (char === '\t' ? indentWidth : 1), 0)
  return { width: style.width, indentWidth, column }
}

/** Reads the style of a TypeScript file. */
export const readTsStyle = perModule((module: TsModule): TsStyle => {
  const votes = styleVotes(module)
  return {
    indent: readIndent(module.source.text),
    quote: votes.double > votes.single ? '"' : "'",
    semicolon: votes.semicolons > votes.bare ? ';' : '',
    memberMark: (majority(votes.memberMarks) ??
      (votes.semicolons > votes.bare ? ';' : '')) as TsStyle['memberMark'],
  }
})

/** The most frequent step by which a line is indented deeper than the one before. */
function readIndent(text: string): string {
  const steps: string[] = []
  let previous = ''
  for (const line of text.split(/\r?\n/)) {
    const indent = /^[ \t]*(?=\S)/.exec(line)?.[0]
    if (indent === undefined || /^\s*\*/.test(line)) continue
    if (indent.startsWith(previous) && indent.length > previous.length)
      steps.push(indent.slice(previous.length))
    previous = indent
  }
  return majority(steps) ?? '  '
}

/** The most frequent value; the first of equals; undefined for none. */
export function majority(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let best: string | undefined
  for (const [value, count] of counts) if (best === undefined || count > (counts.get(best) ?? 0)) best = value
  return best
}

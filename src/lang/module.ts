import type { Source } from '../workspace/source.js'
import { type Node, rootOf, type Tree } from './tree.js'

export type LanguageId = 'python' | 'typescript'

/** A parsed file. */
export interface Module<L extends LanguageId = LanguageId> {
  readonly language: L
  readonly source: Source
  readonly root: Node
  /** Offsets at which the parser found something that is not its language, or is nested too deeply. */
  readonly syntaxErrors: readonly number[]
  /** Whether it is nested too deeply, and not wrong. */
  readonly isTooDeep: boolean
}

export type PythonModule = Module<'python'>
export type TsModule = Module<'typescript'>

/** The tree of a source as a module. */
export function moduleOf<L extends LanguageId>(language: L, source: Source, tree: Tree): Module<L> {
  const { syntaxErrors, isTooDeep } = tree
  return { language, source, root: rootOf(tree, source.text), syntaxErrors, isTooDeep }
}

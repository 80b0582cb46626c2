import type { Source } from '../workspace/source.js'
import type { Span } from '../workspace/span.js'
import type { LanguageId, Module } from './module.js'
import type { Tree } from './tree.js'

/** An identifier, or a string literal by its value. */
export interface Word extends Span {
  readonly text: string
  readonly isString: boolean
}

/** What a file is written in: how its text is parsed, and what can be asked of any file whatever its grammar. */
export interface Language<L extends LanguageId = LanguageId> {
  readonly id: L
  /** What parses it, with its version: another one may make another tree of a text. */
  readonly grammar: string
  /** How the names of the files end that are searched and written. */
  readonly extensions: readonly string[]
  /** How those end that are read only where another file imports them. */
  readonly readExtensions: readonly string[]
  /** Parses a file by itself. It always gives a tree; what is wrong stays with it. */
  parse(source: Source): Tree
  /** Every identifier and string literal of a file, in source order. */
  words(module: Module<L>): readonly Word[]
  /** The tokens of a piece of code, spelled in one way, without what is no code; comments only where they are asked for. */
  tokens(text: string, withComments: boolean): readonly string[]
  /** Whether an offset at which a comment could begin is in one. */
  isCommentAt(module: Module<L>, offset: number): boolean
}

import { Flag, type Tree } from './tree.js'

/** What a parser says of one node. */
export interface NodeRow {
  readonly kind: string
  readonly field: string
  readonly mark: string
  readonly isNamed: boolean
  readonly isMissing: boolean
  readonly start: number
  readonly end: number
}

/** Writes a tree row by row, as a parser's own tree is walked: `open` a node, then its children, then `close` it. */
export class TreeBuilder {
  readonly #words = new Map<string, number>()
  readonly #kind: number[] = []
  readonly #field: number[] = []
  readonly #mark: number[] = []
  readonly #flags: number[] = []
  readonly #start: number[] = []
  readonly #end: number[] = []
  readonly #size: number[] = []
  readonly #open: number[] = []

  /** How many nodes are open. */
  get depth(): number {
    return this.#open.length
  }

  open({ kind, field, mark, isNamed, isMissing, start, end }: NodeRow): void {
    this.#open.push(this.#size.length)
    this.#kind.push(this.#word(kind))
    this.#field.push(this.#word(field))
    this.#mark.push(this.#word(mark))
    this.#flags.push((isNamed ? Flag.NAMED : 0) | (isMissing ? Flag.MISSING : 0))
    this.#start.push(start)
    this.#end.push(end)
    this.#size.push(1)
  }

  close(): void {
    const index = this.#open.pop()
    if (index !== undefined) this.#size[index] = this.#size.length - index
  }

  build(syntaxErrors: readonly number[]): Tree {
    return { ...this.#columns(this.#size.length), syntaxErrors, isTooDeep: false }
  }

  /** The tree of a file that is nested too deeply at an offset: its root alone. */
  buildTooDeep(offset: number): Tree {
    this.#size[0] = 1
    return { ...this.#columns(1), syntaxErrors: [offset], isTooDeep: true }
  }

  #columns(length: number): Omit<Tree, 'syntaxErrors' | 'isTooDeep'> {
    return {
      words: [...this.#words.keys()],
      kind: new Uint16Array(this.#kind.slice(0, length)),
      field: new Uint16Array(this.#field.slice(0, length)),
      mark: new Uint16Array(this.#mark.slice(0, length)),
      flags: new Uint8Array(this.#flags.slice(0, length)),
      start: new Uint32Array(this.#start.slice(0, length)),
      end: new Uint32Array(this.#end.slice(0, length)),
      size: new Uint32Array(this.#size.slice(0, length)),
    }
  }

  #word(word: string): number {
    const known = this.#words.get(word)
    if (known !== undefined) return known
    this.#words.set(word, this.#words.size)
    return this.#words.size - 1
  }
}

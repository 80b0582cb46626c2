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
  readonly #rows: { kind: number; field: number; mark: number; flags: number; start: number; end: number }[] =
    []
  readonly #size: number[] = []
  readonly #open: number[] = []

  /** How many nodes are open. */
  get depth(): number {
    return this.#open.length
  }

  open({ kind, field, mark, isNamed, isMissing, start, end }: NodeRow): void {
    this.#open.push(this.#rows.length)
    this.#rows.push({
      kind: this.#word(kind),
      field: this.#word(field),
      mark: this.#word(mark),
      flags: (isNamed ? Flag.NAMED : 0) | (isMissing ? Flag.MISSING : 0),
      start,
      end,
    })
    this.#size.push(1)
  }

  close(): void {
    const index = this.#open.pop()
    if (index !== undefined) this.#size[index] = this.#rows.length - index
  }

  build(syntaxErrors: readonly number[]): Tree {
    return { ...this.#columns(this.#rows.length), syntaxErrors, isTooDeep: false }
  }

  /** The tree of a file that is nested too deeply at an offset: its root alone. */
  buildTooDeep(offset: number): Tree {
    this.#size[0] = 1
    return { ...this.#columns(1), syntaxErrors: [offset], isTooDeep: true }
  }

  #columns(length: number): Omit<Tree, 'syntaxErrors' | 'isTooDeep'> {
    const rows = this.#rows.slice(0, length)
    return {
      words: [...this.#words.keys()],
      kind: Uint16Array.from(rows, (row) => row.kind),
      field: Uint16Array.from(rows, (row) => row.field),
      mark: Uint16Array.from(rows, (row) => row.mark),
      flags: Uint8Array.from(rows, (row) => row.flags),
      start: Uint32Array.from(rows, (row) => row.start),
      end: Uint32Array.from(rows, (row) => row.end),
      size: Uint32Array.from(this.#size.slice(0, length)),
    }
  }

  #word(word: string): number {
    const known = this.#words.get(word)
    if (known !== undefined) return known
    this.#words.set(word, this.#words.size)
    return this.#words.size - 1
  }
}

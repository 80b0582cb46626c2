import { lastUpTo } from '../workspace/span.js'

/**
 * A syntax tree as plain data, the same for every language: one row a node in the order of the source, a parent in front
 * of its children. No object of a parser is in it, so that it can be kept and read back (`tree-bytes.ts`).
 */
export interface Tree {
  /** The words that the columns point into: kinds, fields and marks as the language's grammar calls them. */
  readonly words: readonly string[]
  /** What a node is. */
  readonly kind: Uint16Array
  /** The role that it plays in its parent; the empty word where it has none. */
  readonly field: Uint16Array
  /** What tells it from nodes that are built alike: an operator, `type`, `const`, `extends`; the empty word for most. */
  readonly mark: Uint16Array
  /** A set of {@link Flag}s. */
  readonly flags: Uint8Array
  /** Offsets in UTF-16 units into the source's text. */
  readonly start: Uint32Array
  readonly end: Uint32Array
  /** How many rows a node takes, with all that is below it. */
  readonly size: Uint32Array
  /** Offsets at which the parser found something that is not its language, or is nested too deeply. */
  readonly syntaxErrors: readonly number[]
  /** Whether it is nested too deeply, and not wrong; then it holds nothing but its root. */
  readonly isTooDeep: boolean
}

/** What a row of a tree may say of itself beside its words. */
export const Flag = {
  /** A part of the grammar, and no mark like `(` or `,`. */
  NAMED: 1,
  /** What the parser put in where the text lacks it. */
  MISSING: 2,
} as const

/** A node of a kind, for the compiler to know after a question for the kind. */
export type NodeOf<K extends string> = Node & { readonly kind: K }

/** Whether a node is there and of one of these kinds. */
export function isKind<K extends string>(node: Node | undefined, ...kinds: readonly K[]): node is NodeOf<K> {
  return node !== undefined && (kinds as readonly string[]).includes(node.kind)
}

/** The root of a tree over the text that it was parsed from. */
export function rootOf(tree: Tree, text: string): Node {
  return new Forest(tree, text).node(0)
}

/**
 * These nodes and every node below them, in source order.
 *
 * @param enters whether what is below a node is looked at as well
 */
export function* within(
  nodes: readonly Node[],
  enters: (node: Node) => boolean = () => true,
): Generator<Node> {
  for (const node of nodes) {
    yield node
    if (enters(node)) yield* node.below(enters)
  }
}

/** One node of a tree. There is one object for each, so that nodes can be compared with `===`. */
export class Node {
  readonly #forest: Forest
  readonly #index: number
  #children: readonly Node[] | undefined

  constructor(forest: Forest, index: number) {
    this.#forest = forest
    this.#index = index
  }

  get kind(): string {
    return this.#word('kind')
  }

  /** The role that it plays in its parent; empty where it has none. */
  get field(): string {
    return this.#word('field')
  }

  /** What tells it from nodes that are built alike; empty for most. */
  get mark(): string {
    return this.#word('mark')
  }

  get isNamed(): boolean {
    return this.#has(Flag.NAMED)
  }

  /** Offset of its first character, behind white space and comments. */
  get start(): number {
    return this.#forest.tree.start[this.#index] as number
  }

  /** Offset behind its last character. */
  get end(): number {
    return this.#forest.tree.end[this.#index] as number
  }

  get text(): string {
    return this.#forest.text.slice(this.start, this.end)
  }

  get parent(): Node | undefined {
    return this.#index === 0 ? undefined : this.#forest.node(this.#forest.parents[this.#index] as number)
  }

  get root(): Node {
    return this.#forest.node(0)
  }

  get children(): readonly Node[] {
    this.#children ??= this.#readChildren()
    return this.#children
  }

  /** The child that plays a role; the first where several do. */
  child(field: string): Node | undefined {
    return this.#rowsIn(field, 1)[0]
  }

  /** The children that play a role. */
  list(field: string): Node[] {
    return this.#rowsIn(field)
  }

  /** The text of the child that plays a role; empty where none does. */
  textOf(field: string): string {
    return this.child(field)?.text ?? ''
  }

  /** What it is called, as written; empty for what has no name. */
  get name(): string {
    return this.textOf('name')
  }

  /** Whether it is around another node, or that node itself. */
  holds(other: Node): boolean {
    const { size } = this.#forest.tree
    return (
      other.#forest === this.#forest &&
      other.#index >= this.#index &&
      other.#index < this.#index + (size[this.#index] as number)
    )
  }

  /** The node and those below it that an offset is in, the outermost first. */
  pathTo(offset: number): Node[] {
    const path: Node[] = [this]
    for (;;) {
      const { children } = path[path.length - 1] as Node
      const next = children[lastUpTo(children, offset, (child) => child.start)]
      if (next === undefined || offset >= next.end) return path
      path.push(next)
    }
  }

  /** Every node of these kinds below it, in source order. Costs a look at what there is of them, and no stack. */
  descendants<K extends string>(...kinds: readonly K[]): NodeOf<K>[] {
    const found: Node[] = []
    const end = this.#index + (this.#forest.tree.size[this.#index] as number)
    for (const kind of kinds) {
      const rows = this.#forest.rowsOf(kind)
      for (let at = firstBehind(rows, this.#index); at < rows.length && (rows[at] as number) < end; at++)
        found.push(this.#forest.node(rows[at] as number))
    }
    if (kinds.length > 1) found.sort((a, b) => a.#index - b.#index)
    return found as NodeOf<K>[]
  }

  /**
   * Every node below it, in source order. The depth of a tree costs no stack.
   *
   * @param enters whether what is below a node is looked at as well
   */
  *below(enters: (node: Node) => boolean = () => true): Generator<Node> {
    const { size } = this.#forest.tree
    const end = this.#index + (size[this.#index] as number)
    for (let index = this.#index + 1; index < end; ) {
      const node = this.#forest.node(index)
      yield node
      index += enters(node) ? 1 : (size[index] as number)
    }
  }

  /** The innermost node around it that is of one of these kinds. */
  closest<K extends string>(...kinds: readonly K[]): NodeOf<K> | undefined {
    for (const node of this.ancestors()) if (isKind(node, ...kinds)) return node
    return undefined
  }

  /** The nodes around it, from the inside. */
  *ancestors(): Generator<Node> {
    for (let node = this.parent; node !== undefined; node = node.parent) yield node
  }

  /** The children that play a role, and no object for any other. */
  #rowsIn(role: string, limit = Number.POSITIVE_INFINITY): Node[] {
    const { size, field } = this.#forest.tree
    const word = this.#forest.indexOf(role)
    const found: Node[] = []
    const end = this.#index + (size[this.#index] as number)
    for (let index = this.#index + 1; index < end && found.length < limit; index += size[index] as number)
      if (field[index] === word) found.push(this.#forest.node(index))
    return found
  }

  #readChildren(): Node[] {
    const { size } = this.#forest.tree
    const children: Node[] = []
    const end = this.#index + (size[this.#index] as number)
    for (let index = this.#index + 1; index < end; index += size[index] as number)
      children.push(this.#forest.node(index))
    return children
  }

  #word(column: 'kind' | 'field' | 'mark'): string {
    const { tree } = this.#forest
    return tree.words[tree[column][this.#index] as number] as string
  }

  #has(flag: number): boolean {
    return ((this.#forest.tree.flags[this.#index] as number) & flag) !== 0
  }
}

/** The nodes of one tree, each made when it is first asked for. */
class Forest {
  readonly #nodes: (Node | undefined)[]
  #rows: ReadonlyMap<string, Uint32Array> | undefined
  #words: ReadonlyMap<string, number> | undefined
  #parents: Uint32Array | undefined

  constructor(
    readonly tree: Tree,
    readonly text: string,
  ) {
    // With its length, or an array with holes becomes a dictionary.
    this.#nodes = new Array(tree.kind.length)
  }

  node(index: number): Node {
    const known = this.#nodes[index]
    if (known !== undefined) return known
    const node = new Node(this, index)
    this.#nodes[index] = node
    return node
  }

  /** Where a word stands in the table; -1 where the tree does not use it. */
  indexOf(word: string): number {
    this.#words ??= new Map(this.tree.words.map((one, index) => [one, index]))
    return this.#words.get(word) ?? -1
  }

  /** The rows of a kind, ascending: whoever asks for one asks for it all over the tree. */
  rowsOf(kind: string): Uint32Array {
    this.#rows ??= rowsByKind(this.tree)
    return this.#rows.get(kind) ?? NO_ROWS
  }

  /** The row of each node's parent. */
  get parents(): Uint32Array {
    if (this.#parents === undefined) {
      const { size } = this.tree
      const parents = new Uint32Array(size.length)
      for (let index = 1; index < size.length; index++) {
        // The row in front, or what is around that and does not end in front of this one.
        let parent = index - 1
        while (index >= parent + (size[parent] as number)) parent = parents[parent] as number
        parents[index] = parent
      }
      this.#parents = parents
    }
    return this.#parents
  }
}

const NO_ROWS = new Uint32Array(0)

/** Sorted by counting: first how many there are of each kind, then each behind those of the kinds before. */
function rowsByKind({ words, kind }: Tree): ReadonlyMap<string, Uint32Array> {
  const ends = new Uint32Array(words.length)
  for (let index = 0; index < kind.length; index++) {
    const word = kind[index] as number
    ends[word] = (ends[word] as number) + 1
  }
  let end = 0
  for (let word = 0; word < words.length; word++) {
    end += ends[word] as number
    ends[word] = end
  }
  const starts = ends.slice()
  const rows = new Uint32Array(kind.length)
  for (let index = kind.length - 1; index >= 0; index--) {
    const word = kind[index] as number
    const at = (starts[word] as number) - 1
    starts[word] = at
    rows[at] = index
  }
  return new Map(words.map((word, index) => [word, rows.subarray(starts[index], ends[index])]))
}

/** The index of the first of ascending numbers that is above one. */
function firstBehind(ascending: Uint32Array, one: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] as number) > one) high = middle
    else low = middle + 1
  }
  return low
}

import { createHash } from 'node:crypto'
import { endianness } from 'node:os'
import { posix } from 'node:path'
import type { Cache } from '../cache/cache.js'
import type { Source } from '../workspace/source.js'
import type { Language } from './language.js'
import type { Tree } from './tree.js'
import { readTree, writeTree } from './tree-bytes.js'

/**
 * Raised by whatever changes what is made of a text (`parse.ts` and `copy.ts` of a language) or how that is written. Trees of
 * another version are not found.
 */
export const TREE_VERSION = 1

/** The trees of the texts of a run: parsed, or as an earlier run kept them. */
export class Trees {
  #isTrusted = true
  readonly #taken = new Map<Source, TreeOf>()
  readonly #parsed = new Map<Source, TreeOf>()

  /**
   * @param cache where trees are kept; undefined to parse every text and to keep nothing
   * @param onRead hears of every text that is read
   */
  constructor(
    private readonly cache?: Cache,
    private readonly onRead?: () => void,
  ) {}

  /** The tree of a text, parsed where no earlier run did. */
  find(language: Language, source: Source): Tree {
    this.onRead?.()
    const kept = this.#isTrusted ? this.cache : undefined
    const tree = kept === undefined ? undefined : treeIn(kept.read(keyOf(language, source)))
    if (tree === undefined) return this.parse(language, source)
    this.#taken.set(source, { language, tree })
    return tree
  }

  private parse(language: Language, source: Source): Tree {
    const { tree } = this.#parsed.get(source) ?? { tree: language.parse(source) }
    this.#parsed.set(source, { language, tree })
    return tree
  }

  /**
   * Makes sure that the parser makes of every text of some files what was taken for its tree: to be asked before they are
   * written. Where it does not, nothing of earlier runs is taken from then on, and what was read must be read again.
   *
   * @param paths undefined for all that was taken
   */
  confirm(paths?: readonly string[]): boolean {
    const taken = [...this.#taken].filter(([{ path }]) => paths?.includes(path) ?? true)
    const isSound = taken.every(([source, { language, tree }]) => isSame(tree, this.parse(language, source)))
    if (!isSound) {
      this.#isTrusted = false
      this.#taken.clear()
    }
    return isSound
  }

  /** Keeps what was parsed for the next run. To be called once the answer is out. */
  keep(): void {
    for (const [source, { language, tree }] of this.#parsed)
      this.cache?.write(keyOf(language, source), writeTree(tree))
  }
}

interface TreeOf {
  readonly language: Language
  readonly tree: Tree
}

/** What a tree depends on: the name of a file may tell a parser the dialect. */
function keyOf({ id, grammar }: Language, { path, text }: Source): string {
  const parts = [TREE_VERSION, endianness(), id, grammar, posix.basename(path), text]
  return createHash('sha256').update(parts.join('\0')).digest('hex')
}

/** Undefined for bytes that are no tree: whatever wrote them, the text can be parsed. */
function treeIn(bytes: Uint8Array | undefined): Tree | undefined {
  try {
    return bytes === undefined ? undefined : readTree(bytes)
  } catch {
    return undefined
  }
}

function isSame(one: Tree, other: Tree): boolean {
  return Buffer.compare(writeTree(one), writeTree(other)) === 0
}

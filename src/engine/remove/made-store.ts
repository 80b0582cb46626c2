import { posix } from 'node:path'
import { formatPlace, type Place } from '../../errors.js'
import { resolvesTo } from '../../lang/typescript/imports.js'
import { typescript } from '../../lang/typescript/language.js'
import { tokensOf } from '../../lang/typescript/tokens.js'
import { wordsOf } from '../../lang/typescript/words.js'
import type { Layout, StoreRef } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { readTsStyle } from '../../layout/style.js'
import { NAME_PATTERN } from '../../spec/names.js'
import { cutLines } from '../../workspace/cut.js'
import type { Deletion } from '../../workspace/edits.js'
import { placeOf } from '../../workspace/place.js'
import { printStore, storeNamed } from '../empty-store.js'

/** A store that was made for an event and that nothing is left of. */
export interface MadeStore {
  readonly store: StoreRef
  /** Where something still says it; it stays then. */
  readonly uses: readonly Place[]
  /** What exports it from the index of its folder. */
  readonly index: { readonly file: string; readonly deletion: Deletion } | undefined
}

/**
 * The stores among some files that hold nothing but what a new store begins with, and whose file was named as one.
 *
 * @param after the checkout without the event
 */
export function findMadeStores(after: Repository, layout: Layout, files: readonly string[]): MadeStore[] {
  return layout.stores
    .filter((store) => files.includes(store.file) && isAsMade(after, store))
    .map((store) => {
      const index = findIndexExport(after, store)
      return { store, index, uses: findUses(after, layout, store, index) }
    })
}

/** What is said of a store that is empty and stays, because something still names it. */
export function adviseUsed({ store, uses }: MadeStore): string {
  const [first = { file: store.file }] = uses
  return `nothing is left in \`${store.hook}\` (${store.file}); it stays, for it is still named at ${formatPlace(first)}`
}

function isAsMade(repository: Repository, store: StoreRef): boolean {
  const snake = posix.basename(store.file, '.ts').replaceAll('-', '_')
  const named = storeNamed(snake, posix.dirname(store.file))
  if (!NAME_PATTERN.test(snake) || named.hook !== store.hook || named.file !== store.file) return false
  const module = repository.typescript(store.file)
  const { text } = module.source
  const made = printStore(snake, readTsStyle(module))
  return !text.includes('/**') && tokensOf(text, true).join(' ') === tokensOf(made, true).join(' ')
}

/** The line that exports a new store, as it is written. */
function findIndexExport(repository: Repository, { hook, file }: StoreRef): MadeStore['index'] {
  const path = `${posix.dirname(file)}/index.ts`
  const text = repository.findTypescript(path)?.source.text ?? ''
  const from = `./${posix.basename(file, '.ts')}`
  const line = new RegExp(`^export \\{ ${hook} \\} from (['"])${from}\\1;?(?=[ \\t]*$)`, 'm').exec(
    text.replaceAll('\r\n', ' \n'),
  )
  const range = line === null ? undefined : { start: line.index, end: line.index + line[0].length }
  const deletion = range === undefined ? undefined : cutLines(text, range)
  return deletion === undefined ? undefined : { file: path, deletion }
}

/** Code that is no TypeScript and may load a store all the same. */
const OTHER_CODE = ['.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.html'] as const

/** Every place that says the hook or names the file: imports of any kind, mocks, other re-exports, tests. */
function findUses(
  repository: Repository,
  { frontend }: Layout,
  { hook, file }: StoreRef,
  index: MadeStore['index'],
): Place[] {
  const base = posix.basename(file, '.ts')
  const isNear = (text: string): boolean => text.includes(hook) || text.includes(base)
  const typed = repository.search('', typescript.extensions, isNear, true).filter((path) => path !== file)
  const places = typed.flatMap((path) => {
    const module = repository.typescript(path)
    return wordsOf(module)
      .filter((word) =>
        word.isString ? resolvesTo(path, word.text, file, frontend.aliases) : word.text === hook,
      )
      .filter(({ start }) => {
        const own = index?.file === path ? index.deletion : undefined
        return own === undefined || start < own.start || own.end <= start
      })
      .map((word): Place => placeOf(module.source, word.start))
  })
  const path = `${posix.basename(posix.dirname(file))}/${base}`
  const others = repository.search(
    frontend.folder,
    OTHER_CODE,
    (text) => text.includes(hook) || text.includes(path),
    true,
  )
  return [...places, ...others.map((one) => ({ file: one }))]
}

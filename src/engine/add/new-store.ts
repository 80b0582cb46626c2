import { posix } from 'node:path'
import type { OpenChannel } from '../../channel/open-channel.js'
import { defaultStore } from '../../channel/stores.js'
import { collision, type Failure, wrongInput } from '../../errors.js'
import { findReexported } from '../../lang/typescript/exports.js'
import { printString } from '../../lang/typescript/print.js'
import { topLevelSpans } from '../../lang/typescript/query.js'
import type { Layout, StoreRef } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { readTsStyle } from '../../layout/style.js'
import { endWithComment, TS_COMMENT } from '../../sites/anchors/blocks.js'
import type { EventSpec } from '../../spec/event-spec.js'
import { NAME_PATTERN, proposeName } from '../../spec/names.js'
import type { FileWrite } from '../../workspace/diff.js'
import { splice } from '../../workspace/edits.js'
import { printStore, storeNamed } from '../empty-store.js'

/** A checkout that has the store which `--store new:<name>` asks for, empty and not yet on the disk. */
export interface WithStore {
  readonly repository: Repository
  readonly layout: Layout
  readonly spec: EventSpec
  /** The index of the stores with the new one, where most stores are exported there. */
  readonly index: FileWrite | undefined
}

/**
 * Makes the store of `--store new:<name>`: `stores/<kebab>.ts` with `use<Pascal>Store` and `<Pascal>State`, in the
 * style of the store that the channel uses. One that is there already is used as it is.
 *
 * @returns a Failure 2 for a name that is none, 3 for a file or a hook of that name that is something else
 */
export function withNewStore(open: OpenChannel, spec: EventSpec): WithStore | Failure {
  const { repository, layout } = open
  const name = /^new:(.*)$/s.exec(spec.store.hook ?? '')?.[1]
  if (name === undefined) return { repository, layout, spec, index: undefined }
  const snake = name.replaceAll('-', '_')
  if (!NAME_PATTERN.test(snake)) return noName(name)
  const usual = defaultStore(open) ?? layout.stores[0]
  const folder = usual === undefined ? `${layout.frontend.folder}/src/stores` : posix.dirname(usual.file)
  const store = storeNamed(snake, folder)
  const named = { ...spec, store: { ...spec.store, hook: store.hook } }
  const existing = layout.stores.find((one) => one.hook === store.hook)
  if (existing?.file === store.file) {
    // Of a run that was killed only the export may be missing.
    const index = exportStore(repository, layout, store)
    return { repository, layout, spec: named, index }
  }
  if (existing !== undefined || repository.workspace.exists(store.file)) return inTheWay(store, existing)
  if (usual === undefined || !repository.workspace.exists(folder)) {
    return wrongInput({
      code: 'folder-not-found',
      what: `there is no folder \`${folder}\` for a store`,
      fix: 'name an existing store',
    })
  }
  const module = repository.typescript(usual.file)
  const { eol } = module.source
  const text = `${printStore(snake, readTsStyle(module))}\n`
  const source = { path: store.file, text: text.replaceAll('\n', eol), bom: false, eol }
  const index = exportStore(repository, layout, store)
  return {
    repository: repository.overlay(index === undefined ? [source] : [source, index.after]),
    layout: { ...layout, stores: [...layout.stores, store] },
    spec: named,
    index,
  }
}

function noName(name: string): Failure {
  const proposal = proposeName(name)
  return wrongInput({
    code: 'invalid-name',
    what: `${JSON.stringify(name)} is no name of a store`,
    why: 'it is snake_case in ASCII, as events are named',
    ...(proposal === undefined ? {} : { fix: `use \`new:${proposal}\`` }),
  })
}

/** @param existing the store that has the name of the new one; undefined where it is only a file */
function inTheWay(store: StoreRef, existing: StoreRef | undefined): Failure {
  const file = existing?.file ?? store.file
  return collision({
    code: 'name-taken',
    what:
      existing === undefined ? `\`${file}\` is there already` : `\`${store.hook}\` is there already: ${file}`,
    fix: existing === undefined ? 'use another name for the store' : `use --store ${store.hook}`,
    place: { file },
  })
}

/** Exports a store from the index of its folder where most of the others are, and it is not. */
function exportStore(repository: Repository, layout: Layout, store: StoreRef): FileWrite | undefined {
  const path = `${posix.dirname(store.file)}/index.ts`
  const module = repository.findTypescript(path)
  if (module === undefined) return undefined
  const open = (file: string) => repository.findTypescript(file)
  const isExported = ({ hook }: StoreRef): boolean =>
    findReexported(open, module, hook, layout.frontend.aliases) !== undefined
  const beside = layout.stores.filter(
    (one) => one.hook !== store.hook && posix.dirname(one.file) === posix.dirname(path),
  )
  const exported = beside.filter(isExported)
  if (isExported(store)) return undefined
  const last = topLevelSpans(module).at(-1)
  if (last === undefined || exported.length * 2 <= beside.length) return undefined
  const { quote, semicolon } = readTsStyle(module)
  const from = `./${posix.basename(store.file, '.ts')}`
  const text = `\nexport { ${store.hook} } from ${printString(from, quote)}${semicolon}`
  const offset = endWithComment(module.source.text, last.end, TS_COMMENT)
  return { before: module.source, after: splice(module.source, [{ offset, text }]) }
}

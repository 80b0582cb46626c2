import { posix } from 'node:path'
import { readExports } from '../../channel/reexports.js'
import { isOf } from '../../lang/languages.js'
import {
  dropImports as dropPython,
  requestImports as requestPython,
  spellImport,
} from '../../lang/python/imports.js'
import { localNamesOf } from '../../lang/python/locals.js'
import { printString } from '../../lang/python/print.js'
import { boundNames as pythonBoundNames, importsOf as pythonImportsOf } from '../../lang/python/query.js'
import { wordsOf as pythonWordsOf } from '../../lang/python/words.js'
import {
  dropImports as dropTs,
  findImportedName,
  requestImports as requestTs,
} from '../../lang/typescript/imports.js'
import { boundNames as tsBoundNames, importsOf as tsImportsOf } from '../../lang/typescript/query.js'
import { wordsOf as tsWordsOf } from '../../lang/typescript/words.js'
import type { Layout } from '../../layout/layout.js'
import { isModuleOf } from '../../layout/python-parts.js'
import type { Repository } from '../../layout/repository.js'
import { readPythonStyle, readTsStyle } from '../../layout/style.js'
import { STDLIB_MODULES } from '../../spec/reserved.generated.js'
import { cutItems } from '../../workspace/cut.js'
import type { Deletion, Insertion } from '../../workspace/edits.js'
import { placeOf } from '../../workspace/place.js'
import { indentAt, lineEnd } from '../../workspace/source.js'
import type { Span } from '../../workspace/span.js'
import { endWithComment, PYTHON_COMMENT } from '../anchors/blocks.js'
import type { Requirement, Taken } from '../site.js'
import { importElsehow } from './python-library.js'

/** The insertions into one file that fulfil all requirements on it; those that hold already cost nothing. */
export function resolveRequirements(
  repository: Repository,
  layout: Layout,
  file: string,
  requirements: readonly Requirement[],
): Insertion[] {
  const wanted = requirements.filter((one) => one.file === file)
  if (isOf(file, 'python')) return resolvePython(repository, layout, file, wanted)
  const module = repository.typescript(file)
  const requests = wanted.flatMap((one) => (one.kind === 'ts-import' ? [one] : []))
  return requestTs(module, requests, layout.frontend.aliases, readTsStyle(module))
}

/** A name that a requirement would bind in a file where it means something else already. */
export function findRequirementConflict(
  repository: Repository,
  layout: Layout,
  one: Requirement,
): Taken | undefined {
  if (one.kind === 'python-export') return undefined
  if (one.kind === 'python-import') {
    const module = repository.python(one.file)
    const other = pythonBoundNames(module).get(one.name)
    const isIt = pythonImportsOf(module).some(
      (statement) =>
        statement.isFrom &&
        statement.module === one.module &&
        statement.names.some((name) => name.bound === one.name),
    )
    return other === undefined || isIt
      ? undefined
      : { name: one.name, place: placeOf(module.source, other.start), fix: renameThere(one.name, one.file) }
  }
  if (one.kind === 'python-library') {
    const module = repository.python(one.file)
    const { text, taken } = spellImport(module, one, one.usual)
    return taken === undefined
      ? undefined
      : { name: text, place: placeOf(module.source, taken.start), fix: importElsehow(one) }
  }
  const module = repository.typescript(one.file)
  const other = tsBoundNames(module).get(one.name)
  const isIt = findImportedName(module, one, layout.frontend.aliases) === one.name
  return other === undefined || isIt
    ? undefined
    : { name: one.name, place: placeOf(module.source, other.start) }
}

function renameThere(name: string, file: string): string {
  return `give \`${name}\` of \`${file}\` another name`
}

function resolvePython(
  repository: Repository,
  layout: Layout,
  file: string,
  wanted: readonly Requirement[],
): Insertion[] {
  const module = repository.python(file)
  const exports = wanted.flatMap((one) => (one.kind === 'python-export' ? [one] : []))
  const reexports = exports.flatMap(({ from, name }) => {
    const statement = pythonImportsOf(module).find((one) => one.isFrom && isModuleOf(one.module, from))
    return statement === undefined ? [] : [{ module: statement.module, name }]
  })
  const imports = wanted.flatMap((one) => {
    if (one.kind === 'python-import') return [one]
    return one.kind === 'python-library' ? (spellImport(module, one, one.usual).missing ?? []) : []
  })
  const ownPackage = posix.basename(layout.backend.folder)
  const isStandard = (name: string): boolean => STDLIB_MODULES.includes(name)
  return [
    ...requestPython(module, [...imports, ...reexports], isStandard, ownPackage, layout.backend.lineLength),
    ...(readExports(module).isSorted
      ? exports.toSorted((a, b) => (a.name < b.name ? -1 : 1))
      : exports
    ).flatMap((one) => exportName(repository, layout, file, one.name, one.before)),
  ]
}

/**
 * Adds a name to `__all__`, behind the last payload model that it has.
 *
 * @param before the name it stands in front of where the list is not sorted
 */
function exportName(
  repository: Repository,
  layout: Layout,
  file: string,
  name: string,
  before: string | undefined,
): Insertion[] {
  const module = repository.python(file)
  const { text } = module.source
  const { list, entries, isSorted } = readExports(module)
  if (entries.length === 0 || entries.some((entry) => entry.value === name)) return []
  const next = isSorted ? -1 : entries.findIndex((entry) => entry.value === before)
  const similar = isSorted
    ? entries.filter((entry) => entry.value < name)
    : (next === -1 ? entries : entries.slice(0, next)).filter((entry) => entry.value.endsWith('Payload'))
  const previous = next > 0 ? entries[next - 1] : (similar.at(-1) ?? (isSorted ? undefined : entries.at(-1)))
  const literal = printString(name, readPythonStyle(module, layout.backend.lineLength).quote)
  if (previous === undefined) {
    const first = entries[0]?.node
    if (first === undefined) return []
    const glue = (list ?? first).text.includes('\n') ? `,\n${indentAt(text, first.start)}` : ', '
    return [{ offset: first.start, text: literal + glue }]
  }
  const behind = text.slice(previous.node.end)
  const comma = /^\s*,/.exec(behind)
  const isOwnLine = text.slice(0, previous.node.start).endsWith(`\n${indentAt(text, previous.node.start)}`)
  if (!isOwnLine) return [{ offset: previous.node.end, text: `, ${literal}` }]
  const indent = indentAt(text, previous.node.start)
  if (comma === null) {
    const offset = endWithComment(text, previous.node.end, PYTHON_COMMENT)
    if (offset === previous.node.end) return [{ offset, text: `,\n${indent}${literal}` }]
    return [
      { offset, text: `\n${indent}${literal}` },
      { offset: previous.node.end, text: ',' },
    ]
  }
  return [{ offset: lineEnd(text, previous.node.end + comma[0].length), text: `\n${indent}${literal},` }]
}

/** What re-exports a name of another module: its import, and its entry in `__all__`. */
export function releaseExport(
  repository: Repository,
  layout: Layout,
  file: string,
  name: string,
): Deletion[] {
  const module = repository.python(file)
  const { entries } = readExports(module)
  const listed = new Set(entries.flatMap((entry, index) => (entry.value === name ? [index] : [])))
  const nodes = entries.map((entry) => entry.node)
  return [
    ...dropPython(module, new Set([name]), layout.backend.lineLength),
    ...(listed.size === 0 ? [] : cutItems(module.source.text, nodes, listed)),
  ]
}

/** The imports of a file that only what was cut out of it used. */
export function releaseImports(
  repository: Repository,
  layout: Layout,
  file: string,
  cuts: readonly Deletion[],
): Deletion[] {
  const isCut = (word: Span): boolean => cuts.some((one) => one.start <= word.start && word.end <= one.end)
  if (isOf(file, 'python')) {
    const module = repository.python(file)
    const statements = pythonImportsOf(module)
    const bound = statements.flatMap((one) => one.names.map((name) => name.bound))
    const nodes = statements.map((one) => one.node)
    const width = layout.backend.lineLength
    return [
      ...dropPython(module, unused(bound, nodes, pythonWordsOf(module), isCut), width),
      ...localNamesOf(module).flatMap(({ locals, imports }) => {
        const left = imports.filter((one) => !isCut(one.node))
        const released = locals.filter(({ reads }) => reads.length > 0 && reads.every(isCut))
        return dropPython(module, new Set(released.map((one) => one.name)), width, left)
      }),
    ]
  }
  const module = repository.typescript(file)
  const statements = tsImportsOf(module)
  const bound = statements.flatMap((one) => one.names.map((name) => name.bound))
  return dropTs(module, unused(bound, statements, tsWordsOf(module), isCut))
}

/** Names that are said in what was cut, and nowhere else but where they are imported. */
function unused(
  names: readonly string[],
  imports: readonly Span[],
  words: readonly {
    readonly text: string
    readonly start: number
    readonly end: number
    readonly isString: boolean
  }[],
  isCut: (word: Span) => boolean,
): Set<string> {
  const outside = words.filter(
    (word) => !imports.some((one) => one.start <= word.start && word.end <= one.end),
  )
  const says = (word: (typeof words)[number], name: string): boolean =>
    word.text === name || (word.isString && new RegExp(`\\b${name}\\b`).test(word.text))
  return new Set(
    names.filter((name) => {
      const said = outside.filter((word) => says(word, name))
      return said.length > 0 && said.every(isCut)
    }),
  )
}

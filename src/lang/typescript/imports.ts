import { posix } from 'node:path'
import { cutBlock, cutItems, cutLines } from '../../workspace/cut.js'
import type { Deletion, Insertion } from '../../workspace/edits.js'
import { indentAt, lineEnd, lineStart } from '../../workspace/source.js'
import type { TsModule } from '../module.js'
import { printString } from './print.js'
import { importsOf, type TsImport, topLevelSpans } from './query.js'

/** What an import begins with, and the folder it stands for: `@/` → `frontend/src/`. */
export interface PathAlias {
  readonly prefix: string
  readonly folder: string
}

/** A name that a module must import from another file of the repository, or from a package. */
export interface TsImportRequest {
  /** Path of the file that exports it, or the name of the package. */
  readonly from: string
  readonly name: string
  readonly isType: boolean
  /** The name it stands in front of where the names of the import are not sorted. */
  readonly before?: string | undefined
}

export interface TsImportStyle {
  readonly quote: '"' | "'"
  readonly semicolon: '' | ';'
}

/** The local name that a module has for an export of another file, if it imports it. */
export function findImportedName(
  module: TsModule,
  request: TsImportRequest,
  aliases: readonly PathAlias[],
): string | undefined {
  for (const statement of importsOf(module)) {
    const { path } = module.source
    const isDirect = resolvesTo(path, statement.specifier, request.from, aliases)
    if (!isDirect && !isBarrelOf(path, statement.specifier, request.from, aliases)) continue
    const found = statement.names.find((one) => one.name === request.name)
    if (found !== undefined && (request.isType || !(statement.isTypeOnly || found.isTypeOnly)))
      return found.bound
  }
  return undefined
}

/**
 * Insertions that make a module import all requested names, into the import it has from that file where
 * there is one. Names that are imported already cost nothing.
 */
export function requestImports(
  module: TsModule,
  requests: readonly TsImportRequest[],
  aliases: readonly PathAlias[],
  style: TsImportStyle,
): Insertion[] {
  const statements = importsOf(module)
  const missing = requests.filter((request) => findImportedName(module, request, aliases) === undefined)
  const unique = missing.filter(
    (one, index) =>
      missing.findIndex((other) => other.from === one.from && other.name === one.name) === index,
  )
  const placed = unique.map((request) => ({ request, statement: findStatement(module, request, aliases) }))
  return placed
    .toSorted((a, b) => {
      const isOneList = a.statement !== undefined && a.statement === b.statement && isSorted(a.statement)
      return isOneList ? a.request.name.localeCompare(b.request.name) : 0
    })
    .map(({ request, statement }) =>
      statement === undefined
        ? newImport(module, statements, request, aliases, style)
        : extendImport(module, statement, request),
    )
}

/** Takes names out of the imports of a module, by what the module calls them; a statement of which nothing is left goes whole. */
export function dropImports(module: TsModule, bound: ReadonlySet<string>): Deletion[] {
  const { text } = module.source
  return importsOf(module).flatMap((statement): Deletion[] => {
    const dropped = new Set(statement.names.flatMap((one, index) => (bound.has(one.bound) ? [index] : [])))
    if (dropped.size === 0) return []
    const isWhole =
      dropped.size === statement.names.length && /^import\s+(?:type\s+)?\{/.test(text.slice(statement.start))
    if (!isWhole) return cutItems(text, statement.names, dropped)
    const isOnly = importsOf(module).length === 1
    const whole = isOnly ? cutBlock(text, statement) : cutLines(text, statement)
    return whole === undefined ? [] : [whole]
  })
}

/** The statement that imports names of that kind from that place already. */
function findStatement(
  module: TsModule,
  request: TsImportRequest,
  aliases: readonly PathAlias[],
): TsImport | undefined {
  const fromFile = importsOf(module).filter(
    (one) =>
      one.hasNamedBlock &&
      one.names.length > 0 &&
      resolvesTo(module.source.path, one.specifier, request.from, aliases),
  )
  return request.isType
    ? (fromFile.find((one) => one.isTypeOnly) ??
        fromFile.find((one) => one.names.some((name) => name.isTypeOnly)))
    : fromFile.find((one) => !one.isTypeOnly)
}

function isSorted({ names }: TsImport): boolean {
  return (
    names.length > 1 &&
    names.every((one, index) => index === 0 || (names[index - 1]?.name ?? '').localeCompare(one.name) <= 0)
  )
}

/** Whether an import specifier in one file means another file, or a package of that name. */
export function resolvesTo(
  fromPath: string,
  specifier: string,
  target: string,
  aliases: readonly PathAlias[],
): boolean {
  return specifier === target || pathsOf(fromPath, specifier, aliases).includes(target)
}

/** The paths that an import specifier in one file can mean; none for a package. */
export function pathsOf(fromPath: string, specifier: string, aliases: readonly PathAlias[]): string[] {
  const alias = aliases.find((one) => specifier.startsWith(one.prefix))
  let path: string
  if (specifier.startsWith('.')) path = posix.join(posix.dirname(fromPath), specifier)
  else if (alias !== undefined) path = posix.join(alias.folder, specifier.slice(alias.prefix.length))
  else return []
  const bare = path.replace(/\.(ts|tsx|js|jsx)$/, '')
  return [...['.ts', '.tsx', '/index.ts', '/index.tsx'].map((ending) => bare + ending), path]
}

/** Whether a specifier means the index of a folder that the target is in, which can re-export it. */
function isBarrelOf(
  fromPath: string,
  specifier: string,
  target: string,
  aliases: readonly PathAlias[],
): boolean {
  const folder = posix.dirname(target)
  return ['index.ts', 'index.tsx'].some((index) =>
    resolvesTo(fromPath, specifier, `${folder}/${index}`, aliases),
  )
}

function extendImport(module: TsModule, statement: TsImport, request: TsImportRequest): Insertion {
  const { text } = module.source
  const word = request.isType && !statement.isTypeOnly ? `type ${request.name}` : request.name
  const { names } = statement
  const isInOrder = isSorted(statement)
  const next = isInOrder ? undefined : names.find((one) => one.name === request.before)
  // `SeatTakenPayload` goes with the other payloads.
  const ending = /[A-Z][a-z0-9]*$/.exec(request.name)?.[0] ?? request.name
  const similar = names.filter((one) => one.name.endsWith(ending))
  const smaller = names.filter((one) => one.name.localeCompare(request.name) < 0)
  const last = names[names.length - 1]
  const previous = isInOrder
    ? smaller[smaller.length - 1]
    : request.isType
      ? (similar[similar.length - 1] ?? last)
      : last
  if (previous === undefined || next !== undefined) {
    const first = next ?? names[0]
    const offset = first?.start ?? statement.start
    const start = lineStart(text, offset)
    return start + indentAt(text, offset).length === offset
      ? { offset: start, text: `${indentAt(text, offset)}${word},\n` }
      : { offset, text: `${word}, ` }
  }
  const isOwnLine =
    lineStart(text, previous.start) + indentAt(text, previous.start).length === previous.start &&
    lineStart(text, previous.start) > statement.start
  if (!isOwnLine) return { offset: previous.end, text: `, ${word}` }
  const indent = indentAt(text, previous.start)
  const comma = /^\s*,/.exec(text.slice(previous.end))
  if (comma === null) return { offset: previous.end, text: `,\n${indent}${word}` }
  return { offset: lineEnd(text, previous.end + comma[0].length), text: `\n${indent}${word},` }
}

function newImport(
  module: TsModule,
  statements: readonly TsImport[],
  request: TsImportRequest,
  aliases: readonly PathAlias[],
  style: TsImportStyle,
): Insertion {
  const { text, path } = module.source
  const isPackage = !/\.tsx?$/.test(request.from)
  const folder = posix.dirname(request.from)
  const neighbours = statements.filter((one) => isInFolder(path, one.specifier, folder, aliases))
  const previous = neighbours[neighbours.length - 1] ?? statements[statements.length - 1]
  const bare = request.from.replace(/(\/index)?\.tsx?$/, '')
  const alias = aliases.find(
    (one) => bare.startsWith(one.folder) && previous?.specifier.startsWith(one.prefix),
  )
  const way = posix.relative(posix.dirname(path), bare)
  const specifier = isPackage
    ? request.from
    : alias === undefined
      ? way.startsWith('.')
        ? way
        : `./${way}`
      : alias.prefix + bare.slice(alias.folder.length).replace(/^\//, '')
  const line = `import ${request.isType ? 'type ' : ''}{ ${request.name} } from ${printString(specifier, style.quote)}${style.semicolon}`
  const head = statements[0]
  if (isPackage && head !== undefined) return { offset: lineStart(text, head.start), text: `${line}\n` }
  if (previous !== undefined) return { offset: lineEnd(text, previous.end), text: `\n${line}` }
  const first = topLevelSpans(module)[0]
  return { offset: first === undefined ? 0 : lineStart(text, first.start), text: `${line}\n\n` }
}

function isInFolder(path: string, specifier: string, folder: string, aliases: readonly PathAlias[]): boolean {
  const alias = aliases.find((one) => specifier.startsWith(one.prefix))
  if (specifier.startsWith('.')) return posix.dirname(posix.join(posix.dirname(path), specifier)) === folder
  return (
    alias !== undefined &&
    posix.dirname(posix.join(alias.folder, specifier.slice(alias.prefix.length))) === folder
  )
}

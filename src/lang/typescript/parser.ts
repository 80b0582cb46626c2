import { Project, type SourceFile, ts } from 'ts-morph'
import type { Source } from '../../workspace/source.js'
import { deepestPlace, MAX_DEPTH } from '../depth.js'
import { blank, brokenParts } from './legible.js'

/** A parsed TypeScript file. ts-morph locates only; nothing is ever written through it. */
export interface TsModule {
  readonly source: Source
  /** What can be read of the file: a part that holds an error is not in it, so that every node is whole. */
  readonly file: SourceFile
  /** Offsets at which the parser found something that is not TypeScript, or is nested too deeply. */
  readonly syntaxErrors: readonly number[]
  /** Whether it is nested too deeply, and not wrong. */
  readonly isTooDeep: boolean
}

/** Parses one file by itself: no tsconfig, no library files, no other file is looked at. */
export function parseTypeScript(source: Source): TsModule {
  const parsed = tryParse(source.path, source.text)
  if (parsed === undefined) return unread(source, deepestPlace(source.text))
  const tooDeep = findTooDeep(parsed.compilerNode)
  if (tooDeep !== undefined) return unread(source, tooDeep)
  const syntaxErrors = errorsOf(parsed)
  if (syntaxErrors.length === 0) return { source, file: parsed, syntaxErrors, isTooDeep: false }
  return { source, file: readLegible(source, parsed), syntaxErrors, isTooDeep: false }
}

/** The file without the parts that hold errors, as small ones as can be; without anything where that does not help. */
function readLegible({ path, text }: Source, parsed: SourceFile): SourceFile {
  let file = parsed
  let rest = text
  for (const reach of ['innermost', 'innermost', 'top level', 'top level'] as const) {
    rest = blank(rest, brokenParts(file.compilerNode, errorsOf(file), reach))
    const next = tryParse(path, rest)
    if (next === undefined) break
    if (errorsOf(next).length === 0) return next
    file = next
  }
  return parse(path, '')
}

function unread(source: Source, offset: number): TsModule {
  return { source, file: parse(source.path, ''), syntaxErrors: [offset], isTooDeep: true }
}

/** What the parser found, and what it leaves to the checker and no walk can take: an import from no string. */
function errorsOf(file: SourceFile): number[] {
  const { compilerNode } = file
  const { parseDiagnostics } = compilerNode as unknown as { parseDiagnostics: readonly ts.Diagnostic[] }
  const unquoted = compilerNode.statements.flatMap((one) => {
    const specifier =
      ts.isImportDeclaration(one) || ts.isExportDeclaration(one) ? one.moduleSpecifier : undefined
    return specifier === undefined || ts.isStringLiteral(specifier) ? [] : [specifier.getStart(compilerNode)]
  })
  return [...parseDiagnostics.map((one) => one.start ?? 0), ...unquoted].toSorted((a, b) => a - b)
}

/** Undefined for what is nested deeper than the parser's own stack goes. */
function tryParse(path: string, text: string): SourceFile | undefined {
  try {
    return parse(path, text)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function parse(path: string, text: string): SourceFile {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    skipAddingFilesFromTsConfig: true,
  })
  return project.createSourceFile(`/${path}`, text)
}

/** Where a tree is deeper than it may be. */
function findTooDeep(file: ts.SourceFile): number | undefined {
  let level: ts.Node[] = [file]
  for (let depth = 0; level.length > 0; depth++) {
    const [first] = level
    if (depth > MAX_DEPTH && first !== undefined) return first.getStart(file)
    const next: ts.Node[] = []
    for (const node of level) {
      ts.forEachChild(node, (child) => {
        next.push(child)
      })
    }
    level = next
  }
  return undefined
}

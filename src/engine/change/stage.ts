import { isOf } from '../../lang/languages.js'
import { fitStatement, listsOf, loosenLists, statementAt } from '../../lang/python/fit.js'
import { dropImports as dropPython } from '../../lang/python/imports.js'
import { importsOf as pythonImportsOf } from '../../lang/python/query.js'
import { wordsOf as pythonWordsOf } from '../../lang/python/words.js'
import type { Node } from '../../lang/tree.js'
import { dropImports as dropTs } from '../../lang/typescript/imports.js'
import { importsOf as tsImportsOf } from '../../lang/typescript/query.js'
import { wordsOf as tsWordsOf } from '../../lang/typescript/words.js'
import type { Repository } from '../../layout/repository.js'
import { readPythonStyle } from '../../layout/style.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import { resolveRequirements } from '../../sites/requirements/requirements.js'
import type { FieldChange, Outcome } from '../../sites/site.js'
import { type Edit, offsetAfter, replace } from '../../workspace/edits.js'
import type { Source } from '../../workspace/source.js'
import type { Span } from '../../workspace/span.js'

/** A checkout in which a field is changed, of which nothing is written yet. */
export interface Staged {
  readonly repository: Repository
  /** The files that differ. */
  readonly files: readonly string[]
  /** The edits of the row and its callers, by file. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>
  /** Where a character of a file stands afterwards. */
  readonly moved: (file: string, offset: number) => number
}

/** Makes the edits, breaks what got too long for its line, and brings in and takes out imports. */
export function stageChange(
  context: Surveyed,
  { before, after }: FieldChange,
  outcomes: readonly Outcome[],
): Staged {
  const edits = editsByFile(outcomes)
  const passes: Pass[] = []
  // Only what goes made a list that had to be broken; another type makes heads of functions shorter. What is called
  // otherwise leaves lists as people broke them.
  const isRenamed = after !== undefined && (before?.name !== after.name || before.wire !== after.wire)
  const mayLoosen = (list: Node): boolean =>
    before !== undefined && !isRenamed && (after === undefined || list.kind === 'parameters')
  let { repository } = context
  const run = (of: (repository: Repository, file: string) => readonly Edit[]): void => {
    const all = [...files].map(
      (file): Pass => ({ file, before: repository.workspace.read(file), edits: of(repository, file) }),
    )
    const made = all.filter((one) => one.edits.length > 0)
    passes.push(...made)
    repository = repository.overlay(made.map((one) => replace(one.before, one.edits)))
  }
  const requirements = outcomes.flatMap((one) => one.requirements ?? [])
  const files = new Set([...edits.keys(), ...requirements.map((one) => one.file)])
  run((_, file) => edits.get(file) ?? [])
  run((staged, file) => fitEdits(context, staged, file, edits.get(file) ?? [], mayLoosen))
  run((staged, file) =>
    resolveRequirements(staged, context.layout, file, requirements).map(({ offset, text }) => ({
      start: offset,
      end: offset,
      text,
    })),
  )
  run((staged, file) => releaseEdits(context, staged, file))
  const moved = (file: string, offset: number): number =>
    passes
      .filter((one) => one.file === file)
      .reduce((at, one) => offsetAfter(one.before, one.edits, at), offset)
  return {
    repository,
    files: [...files].filter((file) => isChanged(context, repository, file)),
    edits,
    moved,
  }
}

/** One round of edits of a file. */
interface Pass {
  readonly file: string
  readonly before: Source
  readonly edits: readonly Edit[]
}

function isChanged({ repository }: Surveyed, staged: Repository, file: string): boolean {
  return repository.workspace.read(file).text !== staged.workspace.read(file).text
}

/** What two places ask for alike is done once. */
function editsByFile(outcomes: readonly Outcome[]): Map<string, Edit[]> {
  const found = new Map<string, Edit[]>()
  for (const { file, start, end, text } of outcomes.flatMap((one) => one.edits ?? [])) {
    const own = found.get(file) ?? []
    const isThere = own.some((one) => one.start === start && one.end === end && one.text === text)
    if (!isThere) own.push({ start, end, text })
    found.set(file, own)
  }
  return found
}

/** The statements that were edited, broken as they would have been, where they stood that way before. */
function fitEdits(
  { repository, layout }: Surveyed,
  staged: Repository,
  file: string,
  edits: readonly Edit[],
  mayLoosen: (list: Node) => boolean,
): Edit[] {
  if (!isOf(file, 'python')) return []
  const [before, after] = [repository.python(file), staged.python(file)]
  const fit = {
    width: layout.backend.lineLength,
    indent: readPythonStyle(before, layout.backend.lineLength).indent,
  }
  const isFit = (offset: number): boolean => {
    const statement = statementAt(before, offset)
    return statement === undefined || fitStatement(before, statement, fit).length === 0
  }
  const touched = edits
    .filter((one) => isFit(one.start))
    .flatMap((one) => {
      const { length } = before.source.eol === '\n' ? one.text : one.text.replaceAll('\n', '\r\n')
      // What comes in pushes on what it comes in front of.
      const start = offsetAfter(before.source, edits, one.start) - (one.start === one.end ? length : 0)
      return statementsIn(after, { start, end: start + length })
    })
  const known = before.root.descendants(...new Set(touched.flatMap(listsOf).map((one) => one.kind)))
  return [...new Set(touched)].flatMap((statement) => {
    const lists = listsOf(statement).flatMap((one) => {
      const was = known.find(
        (other) => other.kind === one.kind && offsetAfter(before.source, edits, other.start) === one.start,
      )
      return was === undefined || !mayLoosen(one) ? [] : [{ before: was, after: one }]
    })
    return fitStatement(after, statement, fit, loosenLists(before, after, lists, fit))
  })
}

function statementsIn(
  module: Parameters<typeof statementAt>[0],
  span: Span,
): NonNullable<ReturnType<typeof statementAt>>[] {
  const inside = [span.start, span.end]
  for (
    let at = module.source.text.indexOf('\n', span.start);
    at !== -1 && at < span.end;
    at = module.source.text.indexOf('\n', at + 1)
  )
    inside.push(at + 1 + (/^[ \t]*/.exec(module.source.text.slice(at + 1))?.[0].length ?? 0))
  return inside.flatMap((offset) => statementAt(module, offset) ?? [])
}

/** The imports that only what went used. */
function releaseEdits({ repository, layout }: Surveyed, staged: Repository, file: string): Edit[] {
  const isPython = isOf(file, 'python')
  const said = (of: Repository): Set<string> => {
    const words = isPython ? pythonWordsOf(of.python(file)) : tsWordsOf(of.typescript(file))
    const imports: readonly Span[] = isPython
      ? pythonImportsOf(of.python(file)).map((one) => one.node)
      : tsImportsOf(of.typescript(file))
    const isImported = (word: Span): boolean =>
      imports.some((one) => one.start <= word.start && word.end <= one.end)
    return new Set(words.filter((one) => !isImported(one)).map((one) => one.text))
  }
  const left = said(staged)
  const released = new Set([...said(repository)].filter((name) => !left.has(name)))
  if (released.size === 0) return []
  const cuts = isPython
    ? dropPython(staged.python(file), released, layout.backend.lineLength)
    : dropTs(staged.typescript(file), released)
  return cuts.map((one) => ({ ...one, text: '' }))
}

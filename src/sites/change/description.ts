import type { PythonModule } from '../../lang/module.js'
import { printDocstring } from '../../lang/python/print.js'
import { classesOf, type PyFunction, statementsOf } from '../../lang/python/query.js'
import { isKind, type Node } from '../../lang/tree.js'
import { printJsDocText } from '../../lang/typescript/print.js'
import { pageAt, readPythonStyle } from '../../layout/style.js'
import type { Edit } from '../../workspace/edits.js'
import { indentAt, lineStart } from '../../workspace/source.js'
import { indentBlock } from '../render.js'
import type { Outcome, SiteKey, SurveyContext } from '../site.js'
import { advisedHere, changed, inFile } from './outcome.js'

/** The sites whose descriptions the tool writes, in its docstrings and comments. */
export const DESCRIBED: readonly SiteKey[] = [
  'python-payload-model',
  'python-factory',
  'ts-payload-interface',
  'ts-send-method',
]

/** What is done about the description of an event at one of its places. */
export function describeAt(context: SurveyContext, event: string, site: SiteKey, text: string): Outcome[] {
  return context.rows.of(event, site).map((found) => {
    const edits = site.startsWith('python-')
      ? docstringEdits(context, found, text)
      : jsDocEdits(context, found, text)
    if (edits === undefined) {
      return advisedHere(found, 'the description there is of its own making, and stays')
    }
    return changed(found, inFile(found.file, edits))
  })
}

function docstringEdits(
  { repository, layout }: SurveyContext,
  found: { file: string; start: number },
  text: string,
): Edit[] | undefined {
  const module = repository.python(found.file)
  const body = bodyAt(module, found.start)
  const [first] = body
  if (first === undefined) return []
  const style = readPythonStyle(module, layout.backend.lineLength)
  const base = indentAt(module.source.text, first.start)
  const printed = indentBlock(printDocstring(text, pageAt(style, base)), style.indent, base).slice(
    base.length,
  )
  const docstring = isKind(first.children[0], 'string') ? first.children[0] : undefined
  // One of several paragraphs says more than what the event is.
  if (docstring !== undefined && /\n[ \t]*\r?\n/.test(docstring.text)) return undefined
  if (docstring !== undefined)
    return docstring.text === printed ? [] : [{ start: docstring.start, end: docstring.end, text: printed }]
  const isClass = classesOf(module).some((one) => one.node.start === found.start)
  return [{ start: first.start, end: first.start, text: `${printed}\n${isClass ? '\n' : ''}${base}` }]
}

function bodyAt(module: PythonModule, start: number): readonly Node[] {
  const model = classesOf(module).find((one) => one.node.start === start)
  if (model !== undefined) return statementsOf(model.body)
  const methods = classesOf(module).flatMap((one): readonly PyFunction[] => one.methods)
  return methods.find((one) => one.node.start === start)?.body ?? []
}

/** The one-line comment above a declaration; one of several lines is people's own. */
function jsDocEdits(
  { repository }: SurveyContext,
  { file, start }: { file: string; start: number },
  description: string,
): Edit[] | undefined {
  const { text } = repository.workspace.read(file)
  const printed = `/** ${printJsDocText(description)} */`
  const above = /\/\*\*((?!\*\/)[\s\S])*\*\/(?=[ \t]*\r?\n[ \t]*$)/.exec(
    text.slice(0, lineStart(text, start)),
  )
  if (above === null) return [{ start, end: start, text: `${printed}\n${indentAt(text, start)}` }]
  if (above[0] === printed) return []
  if (above[0].includes('\n')) return undefined
  return [{ start: above.index, end: above.index + above[0].length, text: printed }]
}

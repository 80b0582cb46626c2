import { type Failure, formatPlace, type Problem, wrongInput } from '../../errors.js'
import { python } from '../../lang/python/language.js'
import { scopesOf } from '../../lang/python/scopes.js'
import { type Node, rootOf } from '../../lang/tree.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import type { FieldChange, Outcome } from '../../sites/site.js'
import type { PassSpec } from '../../spec/change-spec.js'
import { placeOf } from '../../workspace/place.js'
import { createSource } from '../../workspace/source.js'
import type { Decided } from './decide.js'

/** A value for a caller that is no single expression. */
export function findWrongPass(passes: readonly PassSpec[]): Failure | undefined {
  const problems = passes.flatMap(({ expression, text }): Problem[] =>
    expressionIn(expression) !== undefined
      ? []
      : [
          {
            code: 'invalid-pass',
            what: `\`${text}\` gives no single expression of Python`,
            fix: 'give one expression, without a comment',
          },
        ],
  )
  return problems.length > 0 ? wrongInput(...problems) : undefined
}

/** The one expression that a text is, if that is a value: `yield` hands something out, a function is no JSON. */
function expressionIn(expression: string): Node | undefined {
  const source = createSource('', `(${expression})`)
  const tree = python.parse(source)
  const root = rootOf(tree, source.text)
  const [statement, ...others] = root.children
  const whole = statement?.children[0]
  if (tree.syntaxErrors.length > 0 || others.length > 0 || whole?.kind !== 'parenthesized_expression')
    return undefined
  const [inner, ...more] = whole.children.filter((child) => child.isNamed)
  const isValue =
    whole.text === source.text &&
    more.length === 0 &&
    !/^(?:named_expression|lambda|comment|list_splat)$/.test(inner?.kind ?? '') &&
    whole.descendants('yield').length === 0
  return isValue ? inner : undefined
}

/** Whether an expression stands only in a function that is `async`. */
function awaits(expression: string): boolean {
  const node = expressionIn(expression)
  if (node === undefined) return false
  const waits = [node, ...node.descendants('await', 'for_in_clause')]
  return waits.some(
    (one) => one.kind === 'await' || (one.kind === 'for_in_clause' && /^async\b/.test(one.text)),
  )
}

/** Values that wait for something, for callers that cannot. */
function findUnawaitable({ repository }: Surveyed, outcomes: readonly Outcome[]): Problem[] {
  return outcomes.flatMap(({ file, start, passed }): Problem[] => {
    if (passed === undefined || !awaits(passed.expression)) return []
    const around = scopesOf(repository.python(file)).findLast(
      (one) => one.function.node.start <= start && start < one.function.node.end,
    )
    if (around?.function.isAsync === true) return []
    return [
      {
        code: 'invalid-pass',
        what: `\`${passed.text}\` waits for something, and stands in no async function`,
        fix: 'give an expression without `await`',
        place: placeOf(repository.workspace.read(file), start),
      },
    ]
  })
}

/** Callers that lack a value which they have to give, and values that no caller takes. */
export function findUnplaced(
  surveyed: Surveyed,
  decided: readonly Decided[],
  { after, event }: FieldChange,
  passes: readonly PassSpec[],
): Failure | undefined {
  const { repository } = surveyed
  const outcomes = decided.map(({ outcome }) => outcome)
  const at = ({ file, start }: { file: string; start: number }) =>
    placeOf(repository.workspace.read(file), start)
  const lacking = outcomes
    .filter((one) => one.lacks === 'required')
    .map((one): Problem => {
      const place = at(one)
      return {
        code: 'caller-lacks-value',
        what: `\`${after?.name}\` is required, and this caller gives none`,
        fix: `say what it gives: --pass '${place.file}:${place.line}=EXPRESSION', or make the field optional`,
        place,
      }
    })
  const unused = passes.flatMap((pass): Problem[] => {
    const taken = outcomes.filter((one) => one.passed?.text === pass.text)
    if (taken.length === 1) return []
    const calls = outcomes.filter((one) => one.lacks !== undefined).map((one) => formatPlace(at(one)))
    if (taken.length > 1)
      return [
        {
          code: 'ambiguous-call',
          what: `${taken.length} calls stand at ${pass.file}:${pass.line}`,
          fix: `add the column: ${taken.map((one) => formatPlace(at(one))).join(' or ')}`,
        },
      ]
    return [
      {
        code: 'unknown-call',
        what: `no call for \`${event}\` stands at ${pass.file}:${pass.line}`,
        fix: calls.length === 0 ? 'every caller has a value' : `the callers are ${calls.join(', ')}`,
      },
    ]
  })
  const problems = [...lacking, ...unused, ...findUnawaitable(surveyed, outcomes)]
  return problems.length > 0 ? wrongInput(...problems) : undefined
}

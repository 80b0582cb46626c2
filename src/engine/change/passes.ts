import { type Failure, formatPlace, type Problem, wrongInput } from '../../errors.js'
import { python } from '../../lang/python/language.js'
import { rootOf } from '../../lang/tree.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import type { FieldChange } from '../../sites/site.js'
import type { PassSpec } from '../../spec/change-spec.js'
import { placeOf } from '../../workspace/place.js'
import { createSource } from '../../workspace/source.js'
import type { Decided } from './decide.js'

/** A value for a caller that is no single expression. */
export function findWrongPass(passes: readonly PassSpec[]): Failure | undefined {
  const problems = passes.flatMap(({ expression, text }): Problem[] =>
    isExpression(expression)
      ? []
      : [
          {
            what: `\`${text}\` gives no single expression of Python`,
            fix: 'give one expression, without a comment',
          },
        ],
  )
  return problems.length > 0 ? wrongInput(...problems) : undefined
}

function isExpression(expression: string): boolean {
  const source = createSource('', `(${expression})`)
  const tree = python.parse(source)
  const root = rootOf(tree, source.text)
  const [statement, ...others] = root.children
  const whole = statement?.children[0]
  if (tree.syntaxErrors.length > 0 || others.length > 0 || whole?.kind !== 'parenthesized_expression')
    return false
  const inner = whole.children.filter((child) => child.isNamed)
  return (
    whole.text === source.text &&
    inner.length === 1 &&
    !/^(?:named_expression|yield|comment|list_splat)$/.test(inner[0]?.kind ?? '')
  )
}

/** Callers that lack a value which they have to give, and values that no caller takes. */
export function findUnplaced(
  { repository }: Surveyed,
  decided: readonly Decided[],
  { after, event }: FieldChange,
  passes: readonly PassSpec[],
): Failure | undefined {
  const outcomes = decided.map(({ outcome }) => outcome)
  const at = ({ file, start }: { file: string; start: number }) =>
    placeOf(repository.workspace.read(file), start)
  const lacking = outcomes
    .filter((one) => one.lacks === 'required')
    .map((one): Problem => {
      const place = at(one)
      return {
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
          what: `${taken.length} calls stand at ${pass.file}:${pass.line}`,
          fix: `add the column: ${taken.map((one) => formatPlace(at(one))).join(' or ')}`,
        },
      ]
    return [
      {
        what: `no call for \`${event}\` stands at ${pass.file}:${pass.line}`,
        fix: calls.length === 0 ? 'every caller has a value' : `the callers are ${calls.join(', ')}`,
      },
    ]
  })
  return lacking.length + unused.length > 0 ? wrongInput(...lacking, ...unused) : undefined
}

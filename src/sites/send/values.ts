import { isAssignable, type ScopeValue, valuesAt } from '../../channel/values.js'
import { type Failure, type Problem, wrongInput } from '../../errors.js'
import { type Doc, printString } from '../../lang/python/print.js'
import type { Node } from '../../lang/tree.js'
import { readPythonStyle } from '../../layout/style.js'
import { type PythonPen, parameterName, printRead } from '../../payload/python.js'
import { shell } from '../../shell.js'
import { type Field, printField } from '../../spec/field-type.js'
import { placeOf } from '../../workspace/place.js'
import type { Half } from '../site.js'
import { factoryParameter } from './call.js'
import { habitsOf, madeUpFor, valueLike } from './habits.js'
import { type CasePlace, type EmitPlace, isDefinition, type StatementPlace } from './place.js'

type Context = Pick<
  Half,
  'repository' | 'layout' | 'channel' | 'custom' | 'fields' | 'rows' | 'spec' | 'wireCase'
>

/** A field that a function has no value for. */
interface Missing {
  readonly field: Field
  /** What the function has by the same name. */
  readonly nearest: ScopeValue | undefined
  /** What another send gives, where each makes a text of its own. */
  readonly madeUp: Node | undefined
}

/**
 * Where a statement or a case gets the fields of the event from: what the agent streams has them as keys, a
 * function as names of a fitting type. A statement that tells of a failure is given what others like it give. A field
 * that may be left out is, where there is nothing for it.
 */
export function findSources(
  target: Context,
  place: StatementPlace | CasePlace,
): { values: { field: Field; value: Doc }[]; missing: Missing[] } {
  const { repository, layout, custom, fields } = target
  const module = repository.python(place.file)
  const pen = readPythonStyle(module, layout.backend.lineLength)
  const known = valuesAt(repository, layout, module, place.scope, place.offset)
  const values: { field: Field; value: Doc }[] = []
  const missing: Missing[] = []
  const habits = place.form === 'statement' ? habitsOf(target) : []
  for (const field of fields) {
    const isLeading = custom.leading.some((one) => one.name === field.name)
    if (place.form === 'case' && !isLeading) {
      values.push({ field, value: readStreamed(place.data, field, pen) })
      continue
    }
    const nearest = known.find((one) => one.name === field.name || one.name === parameterName(field.name))
    const parameter = factoryParameter(target, field)
    const madeUp = madeUpFor(habits, parameter)
    const own =
      nearest !== undefined && madeUp === undefined && isAssignable(nearest.annotation, field)
        ? nearest.expression
        : undefined
    const value =
      own ?? (place.form === 'statement' ? valueLike(target, habits, parameter, place) : undefined)
    if (value !== undefined) values.push({ field, value })
    else if (!field.optional && field.default === undefined) missing.push({ field, nearest, madeUp })
  }
  return { values, missing }
}

/** `event.data["seat_id"]`; what may be missing is read with `get`. */
function readStreamed(data: string, field: Field, pen: PythonPen): Doc {
  const isSent = !field.optional && field.default === undefined
  return isSent
    ? `${data}[${printString(field.name, pen.quote)}]`
    : printRead(data, field.name, field, undefined, pen)
}

/** What an event carries and the function that is to send it does not have. */
export function checkSources(target: Context, place: EmitPlace): Failure | undefined {
  if (isDefinition(place)) return undefined
  const { scope, file } = place
  const module = target.repository.python(file)
  const { missing } = findSources(target, place)
  if (missing.length === 0) return undefined
  const around = scope.owner === undefined ? file : `${file}:${scope.owner.name}`
  const isThere = target.rows.of(target.spec.names.snake, 'python-factory').length > 0
  if (place.form === 'statement' && place.noCase !== undefined && !isThere) return place.noCase
  const problems = missing.map(({ field, nearest, madeUp }): Problem => {
    const wanted = printField(field)
    return {
      code: 'no-value-for-field',
      what: `\`${scope.path}\` has no value for \`${field.name}\` of \`${target.spec.names.snake}\``,
      why:
        nearest === undefined
          ? `looked for a parameter or a local \`${field.name}\` of the type ${wanted}`
          : madeUp !== undefined
            ? `\`${nearest.expression}\` is something else: other sends make a text of their own, such as ${madeUp.text.split('\n')[0]}`
            : nearest.annotation === undefined
              ? `\`${nearest.expression}\` is there, and nothing tells its type`
              : `\`${nearest.expression}\` is ${nearest.annotation} there, and the field is ${wanted}`,
      fix:
        nearest !== undefined && madeUp === undefined && nearest.annotation === undefined
          ? shell`annotate \`${nearest.name}\`, or use --emit-in ${around} for a function that takes it`
          : isThere
            ? shell`name a function that has it, or use --emit-in ${around} for one that takes it`
            : shell`make the field optional, or use --emit-in ${around} for a function that takes it`,
      place: placeOf(module.source, scope.function.node.start),
    }
  })
  return wrongInput(...problems)
}

import { type Failure, type Problem, wrongInput } from '../../../errors.js'
import { findShapeDifference } from '../../../payload/shape.js'
import { quoteForShell } from '../../../shell.js'
import type { Half } from '../../../sites/site.js'
import type { EventSpec } from '../../../spec/event-spec.js'
import { type Field, printField } from '../../../spec/field-type.js'
import { isLeading, shapeField } from '../request-fields.js'

/** What a request gives its answer as another type than the answer has. */
export function checkAnswer(event: Half, request: EventSpec): Failure | undefined {
  if (!isAnsweredInBranch(event)) return undefined
  const problems = event.fields.flatMap((field): Problem[] => {
    const carried = request.fields?.find((one) => one.name === field.name)
    if (carried === undefined || carries(carried, field)) return []
    return [
      {
        code: 'payload-contradicts-itself',
        what: `\`${field.name}\` is ${printField(carried)} in the request \`${request.names.snake}\`, and ${printField(field)} in \`${event.spec.names.snake}\``,
        why: 'the branch of the request answers with the event, and gives it what the request has by the same name',
        fix: `give --request-field ${quoteForShell(`${field.name}:${printField(field)}`)}, or call one of the two something else`,
      },
    ]
  })
  return problems.length > 0 ? wrongInput(...problems) : undefined
}

/** The fields that an answer requires and its request does not carry: only people know where they come from. */
export function owedFields(event: Half, { fields = [] }: EventSpec): readonly Field[] {
  if (!isAnsweredInBranch(event)) return []
  return event.fields.filter(
    (field) =>
      !(field.optional || field.default !== undefined || isLeading(event, field)) &&
      !fields.some((one) => one.name === field.name && !one.optional),
  )
}

/** Whether the branch of the request is what sends the event. */
function isAnsweredInBranch({ spec }: Half): boolean {
  return spec.emit.to !== 'none' && spec.emit.in === undefined
}

/** Whether the values of a request's field are values of the answer's. */
function carries(request: Field, answer: Field): boolean {
  const isNumber =
    printField({ ...request, optional: false }) === 'int' &&
    printField({ ...answer, optional: false }) === 'float'
  return isNumber || findShapeDifference([shapeField(request)], [shapeField(answer)], true) === undefined
}

import { type Failure, type Problem, wrongInput } from '../../../errors.js'
import { findShapeDifference } from '../../../payload/shape.js'
import { quoteForShell } from '../../../shell.js'
import type { Half } from '../../../sites/site.js'
import type { EventSpec } from '../../../spec/event-spec.js'
import { type Field, printField } from '../../../spec/field-type.js'
import { isLeading, shapeField } from '../request-fields.js'

/** What the branch of a request could not give the event that it answers with. */
export function checkAnswer(event: Half, request: EventSpec): Failure | undefined {
  const { fields } = request
  if (fields === undefined || event.spec.emit.to === 'none' || event.spec.emit.in !== undefined)
    return undefined
  const problems = event.fields.flatMap((field): Problem[] => {
    const carried = fields.find((one) => one.name === field.name)
    const name = event.spec.names.snake
    const flag = `--request-field ${quoteForShell(`${field.name}:${printField(field)}`)}`
    if (carried === undefined) {
      if (field.optional || field.default !== undefined || isLeading(event, field)) return []
      return [
        {
          what: `\`${name}\` requires \`${field.name}\`, and the request \`${request.names.snake}\` does not carry it`,
          why: 'the branch of the request answers with the event, from the fields of the request',
          fix: `add ${flag}, or make the field optional`,
        },
      ]
    }
    if (carries(carried, field)) return []
    return [
      {
        what: `\`${field.name}\` is ${printField(carried)} in the request \`${request.names.snake}\`, and ${printField(field)} in \`${name}\``,
        why: 'the branch of the request answers with the event, from the fields of the request',
        fix: `give ${flag}`,
      },
    ]
  })
  return problems.length > 0 ? wrongInput(...problems) : undefined
}

/** Whether the values of a request's field are values of the answer's. */
function carries(request: Field, answer: Field): boolean {
  const isNumber =
    printField({ ...request, optional: false }) === 'int' &&
    printField({ ...answer, optional: false }) === 'float'
  return isNumber || findShapeDifference([shapeField(request)], [shapeField(answer)], true) === undefined
}

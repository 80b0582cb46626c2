import type { Doc } from '../../../lang/python/print.js'
import type { ManagerMethod } from '../../../layout/layout.js'
import type { PythonParameter } from '../../../payload/python.js'
import type { Field } from '../../../spec/field-type.js'

/** A value for a parameter of the event's factory. */
export interface Given {
  readonly field: Field
  readonly value: Doc
}

/** What a form writes around a send, and what the send is given there. */
export interface Frame {
  /** The first lines, which the send is indented below; empty for a statement. */
  readonly header: string
  readonly docstring: string
  readonly values: readonly Given[]
  /** What the manager's method is given for a parameter other than the message. */
  readonly argument: (parameter: ManagerMethod['parameters'][number]) => string
}

/** The payload's own parameters, each given on. */
export function given(parameters: readonly PythonParameter[]): Given[] {
  return parameters.map(({ field, name }) => ({ field, value: name }))
}

import { type Doc, prefixDoc } from '../../lang/python/print.js'
import type { Manager, ManagerMethod } from '../../layout/layout.js'
import { calleeOf } from '../../layout/python-parts.js'
import type { Field } from '../../spec/field-type.js'
import type { Target } from '../site.js'
import { factoryCall, factoryName } from './naming.js'
import { factoriesOfChannel } from './python-envelope.js'
import { parameterName } from './python-types.js'
import { wireKey } from './shape.js'

/** The call of the event's factory, with a value for each of the fields given. */
export function printFactoryCall(
  target: Target,
  values: readonly { readonly field: Field; readonly value: Doc }[],
): Doc {
  return {
    open: `${factoryCall(target)}(`,
    items: values.map(({ field, value }) => prefixDoc(`${factoryParameter(target, field)}=`, value)),
    close: ')',
  }
}

/**
 * The statement that sends a message by a method of the manager.
 *
 * @param leading what is given for a parameter other than the message
 */
export function printSend(
  manager: Manager,
  emit: ManagerMethod,
  message: Doc,
  leading: (parameter: string) => string,
): Doc {
  return {
    open: `await ${calleeOf(manager, emit)}(`,
    items: emit.parameters.map((one) => {
      const value = one.isMessage ? message : leading(one.name)
      return one.isKeywordOnly ? prefixDoc(`${one.name}=`, value) : value
    }),
    close: ')',
  }
}

/** What the event's factory calls the parameter of a field: the existing one's own name, else the derived one. */
function factoryParameter(target: Target, field: Field): string {
  const shape = target.rows.of(target.spec.names.snake, 'python-factory')[0]?.shape ?? []
  const key = wireKey(field, target.wireCase)
  return shape.find((one) => one.key === key)?.parameter ?? parameterName(field.name)
}

/** Parameters without a default of an existing factory that no field gives. */
export function missingParameters(target: Target): string[] {
  const factory = factoriesOfChannel(target).find((one) => one.method.name === factoryName(target))
  const given = target.fields.map((field) => factoryParameter(target, field))
  return (factory?.method.parameters ?? [])
    .filter((one) => one.name !== 'cls' && one.default === undefined && !given.includes(one.name))
    .map((one) => one.name)
}

import { type Factory, factoriesOfChannel } from '../../channel/envelope.js'
import type { PythonModule } from '../../lang/module.js'
import { spellImport } from '../../lang/python/imports.js'
import { type Doc, prefixDoc } from '../../lang/python/print.js'
import { assignmentsOf } from '../../lang/python/query.js'
import type { ManagerMethod } from '../../layout/layout.js'
import { parameterName } from '../../payload/python.js'
import { wireKey } from '../../payload/shape.js'
import type { Field } from '../../spec/field-type.js'
import { factoryCall, factoryName } from '../naming.js'
import type { Half } from '../site.js'

/** The call of the event's factory, with a value for each of the fields given. */
export function printFactoryCall(
  target: Half,
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
 * @param object what has the method; undefined where it is a function
 * @param leading what is given for a parameter other than the message
 */
export function printSend(
  object: string | undefined,
  emit: ManagerMethod,
  message: Doc,
  leading: (parameter: ManagerMethod['parameters'][number]) => string,
): Doc {
  return {
    open: `await ${object === undefined ? '' : `${object}.`}${emit.name}(`,
    items: emit.parameters.map((one) => {
      const value = one.isMessage ? message : leading(one)
      return one.isKeywordOnly ? prefixDoc(`${one.name}=`, value) : value
    }),
    close: ')',
  }
}

const GET_LOGGER = { module: 'logging', name: 'getLogger', usual: 'module' } as const

/** The logger that a module has, or the expression that gives one. */
export function loggerOf(module: PythonModule): string {
  return ownLogger(module) ?? `${spellImport(module, GET_LOGGER, GET_LOGGER.usual).text}(__name__)`
}

/** What {@link loggerOf} needs of a library: nothing where the module has a logger. */
export function loggerNeeds(module: PythonModule): (typeof GET_LOGGER)[] {
  return ownLogger(module) === undefined ? [GET_LOGGER] : []
}

function ownLogger(module: PythonModule): string | undefined {
  return assignmentsOf(module).find(
    ({ value }) => value !== undefined && /(^|\.)getLogger\(/.test(value.text),
  )?.name
}

/** What the event's factory calls the parameter of a field: the existing one's own name, else the derived one. */
export function factoryParameter(target: Pick<Half, 'rows' | 'spec' | 'wireCase'>, field: Field): string {
  const shape = target.rows.of(target.spec.names.snake, 'python-factory')[0]?.shape ?? []
  const key = wireKey(field, target.wireCase)
  return shape.find((one) => one.key === key)?.parameter ?? parameterName(field.name)
}

/** An event with the fields alone that its factory is given: what an existing one makes up by itself, it has no parameter for. */
export function asCaller(target: Half): Half {
  const factory = findFactory(target)
  if (factory === undefined) return target
  const names = factory.method.parameters.map((one) => one.name)
  return {
    ...target,
    fields: target.fields.filter((field) => names.includes(factoryParameter(target, field))),
  }
}

/** Parameters without a default of an existing factory that no field gives. */
export function missingParameters(target: Half): string[] {
  const factory = findFactory(target)
  const given = target.fields.map((field) => factoryParameter(target, field))
  return (factory?.method.parameters ?? [])
    .filter((one) => one.name !== 'cls' && one.default === undefined && !given.includes(one.name))
    .map((one) => one.name)
}

/** The factory of the event, where it is there. */
function findFactory(target: Half): Factory | undefined {
  return factoriesOfChannel(target).find((one) => one.method.name === factoryName(target))
}

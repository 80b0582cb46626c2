import { type Doc, type Page, printDoc, printString, printValue } from '../lang/python/print.js'
import {
  annotate,
  type PythonPen,
  parameterName,
  printModelDefault,
  printPythonType,
} from '../payload/python.js'
import type { HalfDirection } from '../spec/event-spec.js'
import { type Field, nullable } from '../spec/field-type.js'
import { camelToSnake } from '../spec/names.js'
import { findFieldNameProblem, isPythonKeyword } from '../spec/reserved.js'

/** A field of a payload model, one level below the page. */
export function printModelField(field: Field, name: string, key: string, pen: PythonPen, page: Page): string {
  const type = field.optional ? nullable(field.type) : field.type
  const options = fieldOptions(field, key, pen.quote)
  if (options.length > 0) {
    const open = `${name}: ${printPythonType(type, pen)} = ${pen.spell(FIELD)}(`
    return printDoc({ open, items: options, close: ')' }, page, 1)
  }
  const value = simpleDefault(field)
  if (Array.isArray(field.default) && value !== undefined) {
    const open = `${name}: ${printPythonType(type, pen)} = [`
    return printDoc({ open, items: field.default.map(printValue), close: ']' }, page, 1)
  }
  return printDoc(annotate(name, type, value === undefined ? '' : ` = ${value}`, pen), page, 1)
}

/** Whether a field of a model is written with `Field(…)`. */
export function usesFieldCall(field: Field): boolean {
  return fieldOptions(field, '', '"').length > 0
}

/** Arguments of `Field(…)` where the field needs one. */
function fieldOptions(field: Field, key: string, quote: '"' | "'"): Doc[] {
  const options: Doc[] = []
  const model = field.default === undefined ? undefined : printModelDefault(field.type, field.default)
  const isAliased = isPythonKeyword(field.name)
  const value = simpleDefault(field)
  if (model?.factory === true) options.push(`default_factory=${model.text}`)
  else if (value !== undefined && (isAliased || field.description !== undefined))
    options.push(`default=${value}`)
  if (isAliased) options.push(`alias=${printString(key, quote)}`)
  if (field.description !== undefined)
    options.push({ open: 'description=', string: field.description, quote })
  return options
}

/** The default of a model's field as it is written behind a `=`; undefined where it has none, or one that is made. */
export function simpleDefault(field: Field): string | undefined {
  if (field.optional) return 'None'
  if (field.default === undefined) return undefined
  const model = printModelDefault(field.type, field.default)
  return model.factory ? undefined : model.text
}

export const FIELD = { module: 'pydantic', name: 'Field' } as const

/**
 * What a field of a model is called: as its key is on the wire, where a factory's parameter says its name and that may be
 * the name of a field. Of a request the model alone says it.
 */
export function fieldNamer(direction: HalfDirection): (field: Field) => string {
  return ({ name, wire }) => {
    const own = wire === undefined || direction === 'client-to-server' ? name : camelToSnake(wire)
    const isName = findFieldNameProblem(own) === undefined && !isPythonKeyword(own)
    return parameterName(isName ? own : name)
  }
}

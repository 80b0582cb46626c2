import type { PyNode, PythonModule } from '../../lang/python/parser.js'
import {
  callArguments,
  descendants,
  type PyAssignment,
  stringValue,
  textOf,
} from '../../lang/python/query.js'
import type { Source } from '../../workspace/source.js'
import type { SurveyContext } from '../site.js'
import { findEnvelope, withBases } from './python-envelope.js'

/** A field of the envelope besides type and payload. */
export interface EnvelopeField {
  readonly name: string
  /** What a call can give it by: its name, its aliases. */
  readonly names: readonly string[]
  /** Whether a message cannot be made without it. */
  readonly isRequired: boolean
  readonly source: Source
  readonly start: number
}

/** The fields of a channel's envelope and of the bases that the repository holds, besides type and payload. */
export function envelopeFields(context: SurveyContext): EnvelopeField[] {
  const found = findEnvelope(context.repository, context.channel)
  if (found === undefined) return []
  const fields = new Map<string, EnvelopeField>()
  for (const { module, one } of withBases(context, found)) {
    for (const assignment of one.assignments) {
      const { name, annotation, node } = assignment
      if (fields.has(name)) continue
      if (annotation === undefined) {
        // A class that gives an inherited field a value gives it a default.
        fields.set(name, { name, names: [name], isRequired: false, source: module.source, start: node.start })
        continue
      }
      const isField = !/\bClassVar\b/.test(annotation) && !name.startsWith('_')
      const settings = settingsOf(module, assignment)
      const aliases = settings.flatMap((call) => aliasesOf(module, call))
      fields.set(name, {
        name,
        names: [name, ...aliases],
        isRequired: isField && !hasDefault(module, assignment, settings),
        source: module.source,
        start: node.start,
      })
    }
  }
  return [...fields.values()].filter(({ name }) => name !== 'type' && name !== 'payload')
}

/** Whether something else than its caller may fill the envelope's fields: a constructor, a validator, a base elsewhere. */
export function isFilledOtherwise(context: SurveyContext): boolean {
  const found = findEnvelope(context.repository, context.channel)
  if (found === undefined) return false
  const all = withBases(context, found)
  const known = new Set(all.map(({ one }) => one.name))
  return all.some(
    ({ one }) =>
      one.methods.some(
        (method) =>
          ['__init__', '__new__'].includes(method.name) ||
          method.decorators.some((decorator) => /^(model_validator|root_validator)\b/.test(decorator)),
      ) || one.bases.some((base) => !known.has(base) && !/(^|\.)(BaseModel|Generic\[|object)/.test(base)),
  )
}

/** The calls of `Field` that describe a field: its value's, and those in its `Annotated[…]`. */
function settingsOf(module: PythonModule, { value, node }: PyAssignment): PyNode[] {
  const calls = [...descendants(node, 'call')]
  return calls.filter(
    (call) => /^(?:\w+\.)?[fF]ield\(/.test(textOf(module, call)) && (call === value || !inside(value, call)),
  )
}

function inside(outer: PyNode | undefined, node: PyNode): boolean {
  return outer !== undefined && outer.start <= node.start && node.end <= outer.end
}

function hasDefault(module: PythonModule, { value }: PyAssignment, settings: readonly PyNode[]): boolean {
  const isPlain = value !== undefined && !settings.includes(value)
  if (isPlain) return textOf(module, value) !== '...'
  return settings.some((call) =>
    callArguments(module, call).some((argument, index) => {
      if (argument.name === 'default_factory') return true
      if (argument.name === 'init') return textOf(module, argument.value) === 'False'
      const isDefault = argument.name === 'default' || (argument.name === undefined && index === 0)
      return isDefault && textOf(module, argument.value) !== '...'
    }),
  )
}

function aliasesOf(module: PythonModule, call: PyNode): string[] {
  return callArguments(module, call).flatMap(({ name, value }) =>
    name === 'alias' || name === 'validation_alias' ? (stringValue(module, value) ?? []) : [],
  )
}

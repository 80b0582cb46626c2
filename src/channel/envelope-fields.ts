import { stringValue } from '../lang/python/literals.js'
import { callArguments, type PyAssignment } from '../lang/python/query.js'
import type { Node } from '../lang/tree.js'
import type { Source } from '../workspace/source.js'
import { findEnvelope, withBases } from './envelope.js'
import { type OpenChannel, perChannel } from './open-channel.js'

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
export const envelopeFields = perChannel((context): readonly EnvelopeField[] => {
  const found = findEnvelope(context)
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
      const settings = settingsOf(assignment)
      const aliases = settings.flatMap((call) => aliasesOf(call))
      fields.set(name, {
        name,
        names: [name, ...aliases],
        isRequired: isField && !hasDefault(assignment, settings),
        source: module.source,
        start: node.start,
      })
    }
  }
  return [...fields.values()].filter(({ name }) => name !== 'type' && name !== 'payload')
})

/** Whether something else than its caller may fill the envelope's fields: a constructor, a validator, a base elsewhere. */
export function isFilledOtherwise(context: OpenChannel): boolean {
  const found = findEnvelope(context)
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
function settingsOf({ value, node }: PyAssignment): Node[] {
  const calls = [...node.descendants('call')]
  return calls.filter(
    (call) => /^(?:\w+\.)?[fF]ield\(/.test(call.text) && (call === value || !inside(value, call)),
  )
}

function inside(outer: Node | undefined, node: Node): boolean {
  return outer !== undefined && outer.start <= node.start && node.end <= outer.end
}

function hasDefault({ value }: PyAssignment, settings: readonly Node[]): boolean {
  const isPlain = value !== undefined && !settings.includes(value)
  if (isPlain) return value.text !== '...'
  return settings.some((call) =>
    callArguments(call).some((argument, index) => {
      if (argument.name === 'default_factory') return true
      if (argument.name === 'init') return argument.value.text === 'False'
      const isDefault = argument.name === 'default' || (argument.name === undefined && index === 0)
      return isDefault && argument.value.text !== '...'
    }),
  )
}

function aliasesOf(call: Node): string[] {
  return callArguments(call).flatMap(({ name, value }) =>
    name === 'alias' || name === 'validation_alias' ? (stringValue(value) ?? []) : [],
  )
}

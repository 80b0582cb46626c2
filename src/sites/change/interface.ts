import { isKind, type Node } from '../../lang/tree.js'
import { typeBehind } from '../../lang/typescript/declarations.js'
import { isOptional } from '../../lang/typescript/grammar.js'
import { readTypeOf } from '../../lang/typescript/object-types.js'
import { scopeOf } from '../../layout/repository.js'
import { wireKey } from '../../payload/shape.js'
import type { Field } from '../../spec/field-type.js'
import type { FieldChange, Occurrence, Outcome } from '../site.js'
import {
  addMember,
  dropMember,
  isMemberOf,
  type Members,
  memberOf,
  renameMember,
  retypeMember,
} from './members.js'
import { type At, blocked, changed, inFile, notNeeded, present } from './outcome.js'

/** What is done about a field in the interface of a payload, where that is the event's alone. */
export function changeInterface(context: FieldChange, found: Occurrence): Outcome[] {
  const name = found.links?.name ?? ''
  if (!isPayloadType(name)) return [notNeeded(found, `\`${name}\` is no type of payloads`)]
  const sharing = findSharing(context, found)
  if (sharing !== undefined)
    return [blocked(found, `a payload type of its own: \`${sharing}\` has \`${name}\` as well`)]
  const members = membersBehind(context, found, name)
  if (members === undefined) return [blocked(found, `the members of \`${name}\` written out`)]
  const isAsked = context.direction === 'client-to-server'
  const { before, after } = context
  const isRequired = after !== undefined && !after.optional && after.default === undefined
  const old = before === undefined ? undefined : memberOf(members, wireKey(before, context.wireCase))
  const isRetyped = before !== undefined && after !== undefined && before.name === after.name
  if (isAsked && isRequired && (before === undefined || (isRetyped && old !== undefined && isOptional(old))))
    return [
      blocked(
        found,
        `\`${after.name}\` would be required of whoever makes the request: make it optional, or give it a default`,
      ),
    ]
  const asked = isAsked ? asOption(context) : context
  return [changeMember(asked, members, found, inheritedKeys(context, found, name))]
}

/** Whoever makes a request need not give what the server does without. */
function asOption(context: FieldChange): FieldChange {
  const of = (field: Field | undefined): Field | undefined =>
    field?.default === undefined ? field : { ...field, optional: true }
  return { ...context, before: of(context.before), after: of(context.after) }
}

/** Whether a type is made for payloads, and is not one that they share with the rest of the page. */
export function isPayloadType(name: string): boolean {
  return /Payload$/.test(name)
}

/**
 * What is done about a field among members that are written out.
 *
 * @param elsewhere keys that the type has by another one
 */
export function changeMember(
  { before, after, wireCase }: FieldChange,
  members: Members,
  found: At,
  elsewhere: readonly string[] = [],
): Outcome {
  const file = members.module.source.path
  const old = before === undefined ? undefined : memberOf(members, wireKey(before, wireCase))
  const next = after === undefined ? undefined : memberOf(members, wireKey(after, wireCase))
  const here = (node: Node | undefined): At => ({ file, start: node?.start ?? found.start })
  const inherited = [before, after]
    .flatMap((one) => (one === undefined ? [] : [wireKey(one, wireCase)]))
    .find((key) => elsewhere.includes(key))
  if (inherited !== undefined)
    return blocked(found, `\`${inherited}\` declared in the type itself, and not in one that it is based on`)
  if (before === undefined && after !== undefined) {
    if (next === undefined)
      return changed(here(members.owner), inFile(file, addMember(members, after, wireCase)))
    return isMemberOf(next, after, wireCase)
      ? present(here(next))
      : blocked(here(next), `\`${next.text}\` is there, and is another field: --set-type changes it`)
  }
  if (old === undefined)
    return next === undefined || before === undefined
      ? notNeeded(found, 'the type does not have it')
      : present(here(next))
  if (after === undefined && isLast(members))
    return blocked(here(old), 'nothing else is in the type, which an event without fields has none of')
  if (after === undefined) return changed(here(old), inFile(file, dropMember(members, old)))
  if (next !== undefined && next !== old) return blocked(here(next), `\`${next.text}\` is there as well`)
  const key = wireKey(after, wireCase)
  if (next === undefined) return changed(here(old), inFile(file, renameMember(members, old, key)))
  return changed(here(old), inFile(file, retypeMember(members, old, before ?? after, after, wireCase)))
}

/** Whether an interface would have nothing in it without a member. */
function isLast({ owner }: Members): boolean {
  return isKind(owner, 'InterfaceDeclaration') && owner.list('members').length === 1
}

/** The declaration of an interface, or the object that an alias stands for. */
function membersBehind(
  { repository, layout }: FieldChange,
  { file }: Occurrence,
  name: string,
): Members | undefined {
  const module = repository.typescript(file)
  const found = typeBehind(scopeOf(repository, layout), module, name)
  if (found === undefined) return undefined
  const owner = isKind(found.node, 'TypeAliasDeclaration') ? found.node.child('type') : found.node
  return isKind(owner, 'InterfaceDeclaration', 'TypeLiteral') ? { module: found.module, owner } : undefined
}

/** The keys that an interface has by what it extends. */
function inheritedKeys({ repository, layout }: FieldChange, found: Occurrence, name: string): string[] {
  const module = repository.typescript(found.file)
  const read = readTypeOf(scopeOf(repository, layout), module, name)
  return (read?.members ?? [])
    .filter((one) => one.file !== found.file || one.start < found.start || one.end > found.end)
    .map((one) => one.name)
}

/** Another event whose payload has the same type. */
function findSharing({ rows, event }: FieldChange, found: Occurrence): string | undefined {
  return rows
    .events()
    .filter((other) => other !== event)
    .find((other) =>
      rows
        .of(other, 'ts-payload-interface')
        .some((one) => one.file === found.file && one.start === found.start),
    )
}

import type { TsModule } from '../../lang/module.js'
import { isKind, type Node } from '../../lang/tree.js'
import { isOptional, keyOf } from '../../lang/typescript/grammar.js'
import { printPropertyName } from '../../lang/typescript/print.js'
import { readTsStyle, type TsStyle } from '../../layout/style.js'
import {
  compareTypes,
  findShapeDifference,
  shapeOfFields,
  type WireCase,
  wireKey,
} from '../../payload/shape.js'
import { printTsType, readTsShape, readTsType } from '../../payload/typescript.js'
import type { Field } from '../../spec/field-type.js'
import { cutMember } from '../../workspace/cut.js'
import type { Edit } from '../../workspace/edits.js'
import { indentAt, lineStart } from '../../workspace/source.js'
import { endWithComment, TS_COMMENT } from '../anchors/blocks.js'

/** The members of a type that is written out: an interface, or `{ … }`. */
export interface Members {
  readonly module: TsModule
  readonly owner: Node
}

/** The member that has a key. */
export function memberOf({ owner }: Members, key: string): Node | undefined {
  return owner.list('members').find((one) => isKind(one, 'PropertySignature') && keyOf(one) === key)
}

/** Puts a member behind the last one, as that stands. */
export function addMember({ module, owner }: Members, field: Field, wireCase: WireCase): Edit[] {
  const { text } = module.source
  const style = readTsStyle(module)
  const member = printMember(field, wireCase, style)
  const last = owner.list('members').at(-1)
  const at = (offset: number, inserted: string): Edit => ({ start: offset, end: offset, text: inserted })
  if (last === undefined) {
    const close = owner.end - 1
    const open = text.lastIndexOf('{', close)
    return [{ start: open + 1, end: close, text: ` ${member} ` }]
  }
  const isOwnLine = text.slice(lineStart(text, last.start), last.start).trim() === ''
  const mark = /[;,]$/.exec(last.text)?.[0] ?? ''
  if (isOwnLine) {
    const offset = endWithComment(text, last.end, TS_COMMENT)
    return [at(offset, `\n${indentAt(text, last.start)}${member}${mark}`)]
  }
  return [at(last.end, mark === '' ? `; ${member}` : ` ${member}${mark}`)]
}

/** Takes a member out, with the description above it. */
export function dropMember({ module, owner }: Members, member: Node): Edit[] {
  const isOnly = owner.list('members').length === 1
  const { text } = module.source
  const isInline = text.slice(lineStart(text, member.start), member.start).trim() !== ''
  if (isOnly && isInline)
    return [{ start: text.lastIndexOf('{', member.start) + 1, end: owner.end - 1, text: '' }]
  const doc = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*\r?\n[ \t]*$/.exec(text.slice(0, member.start))
  const start = doc?.index ?? member.start
  return [{ ...cutMember(text, { start, end: member.end }), text: '' }]
}

/** Calls a member by another key. */
export function renameMember({ module }: Members, member: Node, key: string): Edit[] {
  const name = member.child('name')
  if (name === undefined) return []
  const { quote } = readTsStyle(module)
  const printed = isKind(name, 'StringLiteral')
    ? `${name.text[0]}${key}${name.text[0]}`
    : printPropertyName(key, quote)
  return [{ start: name.start, end: name.end, text: printed }]
}

/**
 * Gives a member the type of a field; nothing where it says the same in other words, or where the field was none other in
 * TypeScript.
 */
export function retypeMember(
  { module }: Members,
  member: Node,
  before: Field,
  field: Field,
  wireCase: WireCase,
): Edit[] {
  const type = member.child('type')
  const name = member.child('name')
  if (type === undefined || name === undefined) return []
  const style = readTsStyle(module)
  const wanted = printTsType(field.type, style.quote, wireCase)
  const question = member.child('questionToken')
  const isSame =
    wanted === printTsType(before.type, style.quote, wireCase) ||
    type.text === wanted ||
    compareTypes(field.type, readTsType(type.text)) === 'same'
  const edits: Edit[] = isSame ? [] : [{ start: type.start, end: type.end, text: wanted }]
  if (field.optional && question === undefined) edits.push({ start: name.end, end: name.end, text: '?' })
  if (!field.optional && question !== undefined)
    edits.push({ start: question.start, end: question.end, text: '' })
  return edits
}

/** Whether a member is what a field says, as far as can be told. */
export function isMemberOf(member: Node, field: Field, wireCase: WireCase): boolean {
  const [shown] = readTsShape([
    { name: wireKey(field, wireCase), optional: isOptional(member), type: member.child('type')?.text },
  ])
  return (
    shown !== undefined && findShapeDifference(shapeOfFields([field], wireCase), [shown], false) === undefined
  )
}

/** A member as it is written, without the mark behind it. */
export function printMember(field: Field, wireCase: WireCase, { quote }: Pick<TsStyle, 'quote'>): string {
  const key = printPropertyName(wireKey(field, wireCase), quote)
  return `${key}${field.optional ? '?' : ''}: ${printTsType(field.type, quote, wireCase)}`
}

import { branchesTaking } from '../../channel/receiving.js'
import { actionType } from '../../channel/typescript/store-actions.js'
import { isKind, type Node, within } from '../../lang/tree.js'
import { stringValue } from '../../lang/typescript/literals.js'
import { scopeOf } from '../../layout/repository.js'
import { wireKey } from '../../payload/shape.js'
import { printTsType } from '../../payload/typescript.js'
import { isAssignable } from '../../spec/assignable.js'
import { type Field, type FieldType, JSON_KINDS } from '../../spec/field-type.js'
import { bare, frameOf, settle, type Written } from '../../values/typescript/frame.js'
import type { FieldChange, Outcome } from '../site.js'
import { type Gap, isGap, takesGap } from './guards.js'
import { isPayloadType } from './interface.js'
import { blocked } from './outcome.js'
import { readsElsewhere, readsInBranches, type WebRead } from './web-reads.js'
import { typeOfExpression, typeOfMade } from './web-types.js'

/**
 * What stands in the way of another type where the frontend says a field: whoever may get more than it takes, whoever
 * compares it with what it is no more, and whoever makes what is none of it.
 */
export function refuseRetyped(change: FieldChange): Outcome[] {
  const { before, after, wireCase } = change
  if (before === undefined || after === undefined) return []
  const key = wireKey(before, wireCase)
  const gap = gapOf(change, before, after)
  const { own, unsure } = readsElsewhere(change, key)
  const reads = [...readsInBranches(change, key), ...own, ...(isGap(gap) ? unsure : [])]
  const refused = reads.flatMap((read) => refuseRead(change, read, gap, before, after))
  return isGap(gap) ? [...refused, ...refuseHandedOn(change)] : refused
}

/** What a reader may get from now on that the types of the payload did not say. */
function gapOf({ rows, event, wireCase }: FieldChange, before: Field, after: Field): Gap {
  const key = wireKey(before, wireCase)
  const declared = rows
    .of(event, 'ts-payload-interface')
    .flatMap(({ shape }) => (shape ?? []).filter((one) => one.key === key))
  const had = declared.length > 0 ? declared : [{ type: before.type, optional: before.optional }]
  const base = (type: FieldType): FieldType => (type.kind === 'nullable' ? type.item : type)
  // A type that says the same in TypeScript is not written anew.
  const isWritten = printTsType(before.type, "'", wireCase) !== printTsType(after.type, "'", wireCase)
  const own = base(after.type)
  return {
    isMissing: after.optional && had.some((one) => one.optional !== true),
    isNull: isWritten && after.type.kind === 'nullable' && had.some(({ type }) => type.kind !== 'nullable'),
    isOther: isWritten && had.some(({ type }) => !isAssignable(own, base(type), false)),
    strings: own.kind === 'literals' ? own.values : undefined,
    isShowable:
      own.kind === 'literals' || (own.kind === 'scalar' && !/^(?:any|object)$/.test(JSON_KINDS[own.name])),
  }
}

function refuseRead(
  change: FieldChange,
  { file, node }: WebRead,
  gap: Gap,
  before: Field,
  after: Field,
): Outcome[] {
  const at = { file, start: node.start }
  const text = node.text.split('\n')[0]
  if (isKind(node, 'PropertyAssignment', 'ShorthandPropertyAssignment'))
    return isMade(node, before, after) ? [] : [blocked(at, `\`${text}\` may be none of the new type`)]
  if (isGap(gap) && !takesGap(node, gap) && !isCopied(change, file, node))
    return [blocked(at, `\`${text}\` is read there, and nothing sees to what it may be from now on`)]
  const idle = comparedWith(node).find((one) => isNoMore(one, after))
  return idle === undefined
    ? []
    : [blocked({ file, start: idle.start }, `\`${idle.text}\` is what \`${text}\` is never any more`)]
}

/** Whether a value that is made for the payload is one of the new type. */
function isMade(entry: Node, before: Field, after: Field): boolean {
  const value = isKind(entry, 'PropertyAssignment') ? entry.child('initializer') : undefined
  const text = value === undefined ? undefined : stringValue(value)
  const made: FieldType = text === undefined ? before.type : { kind: 'literals', values: [text] }
  const isGiven = after.optional || !before.optional || text !== undefined
  return isGiven && isAssignable(made, after.type, false)
}

/** Whether a read is an entry of an object that is typed as the payload is. */
function isCopied(change: FieldChange, file: string, read: Node): boolean {
  let value = read
  while (isKind(value.parent, 'ParenthesizedExpression', 'AsExpression')) value = value.parent
  const object = isKind(value.parent, 'PropertyAssignment') ? value.parent.parent : undefined
  const { repository, layout } = change
  const frame = frameOf(scopeOf(repository, layout), repository.typescript(file))
  return isKind(object, 'ObjectLiteralExpression') && isOwnType(change, typeOfGiven({ node: object, frame }))
}

/** The type that an object, or a payload, is taken as where it is given to something. */
function typeOfGiven(given: Written): Written | undefined {
  const { parent } = given.node
  const callee = isKind(parent, 'CallExpression') ? parent.child('expression') : undefined
  const index = isKind(parent, 'CallExpression') ? parent.list('arguments').indexOf(given.node) : -1
  const action = callee === undefined ? undefined : actionType({ node: callee, frame: given.frame }, index)
  const taken = callee === undefined ? undefined : settle({ node: callee, frame: given.frame })
  const type = taken?.node.list('parameters')[index]?.child('type')
  return action ?? (type === undefined || taken === undefined ? typeOfMade(given) : { ...taken, node: type })
}

function ownTypes({ rows, event }: FieldChange): string[] {
  return rows
    .of(event, 'ts-payload-interface')
    .flatMap(({ links }) => links?.name ?? [])
    .filter(isPayloadType)
}

function isOwnType(change: FieldChange, type: Written | undefined): boolean {
  return type !== undefined && ownTypes(change).some((name) => type.node.text.includes(name))
}

/** A payload that is given as a whole to something that takes another type: it may have more than that says. */
function refuseHandedOn(change: FieldChange): Outcome[] {
  return branchesTaking(change, change.event).flatMap(({ body, frame, file }) =>
    [...within(body)].flatMap((node): Outcome[] => {
      const isWhole = isKind(node, 'Identifier', 'PropertyAccessExpression', 'AsExpression')
      const isGiven =
        isKind(node.parent, 'SpreadAssignment') ||
        (isKind(node.parent, 'CallExpression') && node.field !== 'expression')
      if (!isWhole || !isGiven || !isOwnType(change, typeOfExpression({ node: bare(node), frame }))) return []
      const object = isKind(node.parent, 'SpreadAssignment') ? node.parent.parent : node
      const type = object === undefined ? undefined : typeOfGiven({ node: object, frame })
      const isLoose =
        type === undefined || /^(?:unknown|any|Record<string, (?:unknown|any)>)$/.test(type.node.text)
      if (isLoose || isOwnType(change, type)) return []
      const reason = `\`${node.text}\` is handed on there as \`${type.node.text}\`, which takes less`
      return [blocked({ file, start: node.start }, reason)]
    }),
  )
}

/** The strings that a read is compared with. */
function comparedWith(read: Node): Node[] {
  const { parent } = read
  if (isKind(parent, 'SwitchStatement'))
    return parent.descendants('CaseClause').flatMap((one) => one.child('expression') ?? [])
  if (!isKind(parent, 'BinaryExpression') || !/^[!=]==?$/.test(parent.textOf('operatorToken'))) return []
  const other = read.field === 'left' ? parent.child('right') : parent.child('left')
  return other === undefined ? [] : [other]
}

function isNoMore(compared: Node, { type }: Field): boolean {
  const text = stringValue(compared)
  const own = type.kind === 'nullable' ? type.item : type
  return text !== undefined && !isAssignable({ kind: 'literals', values: [text] }, own, false)
}

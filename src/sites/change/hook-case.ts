import { branchesTaking, type ReceivingBranch } from '../../channel/receiving.js'
import { actionType } from '../../channel/typescript/store-actions.js'
import { isKind, type Node, within } from '../../lang/tree.js'
import { keyOf } from '../../lang/typescript/grammar.js'
import { withoutNull } from '../../lang/typescript/object-types.js'
import { printPropertyAccess, printPropertyName } from '../../lang/typescript/print.js'
import { readTsStyle } from '../../layout/style.js'
import { wireKey } from '../../payload/shape.js'
import { printTsType } from '../../payload/typescript.js'
import type { Field } from '../../spec/field-type.js'
import { bare, type Frame, keyOfAccess } from '../../values/typescript/frame.js'
import { dropItems, insertItem } from '../../workspace/items.js'
import type { FieldChange, Occurrence, Outcome } from '../site.js'
import { changeMember, isPayloadType } from './interface.js'
import { printMember } from './members.js'
import { type At, advised, blocked, changed, inFile, present } from './outcome.js'
import { isReadByClient, readsInBranches, renameRead, type WebRead } from './web-reads.js'

/** What is done about a field where the client takes the event: in casts, in objects that repeat the payload, in reads. */
export function changeHookCase(context: FieldChange, found: Occurrence): Outcome[] {
  // Whatever takes the event is looked at once, also what no case stands for.
  const [first] = context.rows.of(context.event, 'ts-hook-case')
  if (first !== found) return []
  return branchesTaking(context, context.event).flatMap((branch) =>
    new BranchChanger(context, branch).change(),
  )
}

class BranchChanger {
  private readonly at: At
  private readonly copies: readonly Copy[]

  constructor(
    private readonly context: FieldChange,
    private readonly branch: ReceivingBranch,
  ) {
    this.at = { file: branch.file, start: branch.start }
    this.copies = copiesIn(branch).filter((one) => isKeptWhole(context, one, branch.frame))
  }

  change(): Outcome[] {
    const { before, after } = this.context
    const other = this.branch.values.find((one) => one !== this.context.event)
    if (other !== undefined && before !== undefined)
      return [blocked(this.at, `\`${other}\` is taken here as well`)]
    const casts = this.casts()
    if (before === undefined)
      return after === undefined ? [] : [...casts, ...this.add(after, casts.length > 0)]
    const key = wireKey(before, this.context.wireCase)
    const reads = readsInBranches(this.context, key).filter((one) => this.isIn(one))
    if (after === undefined) return [...casts, ...this.take(key, reads)]
    const next = wireKey(after, this.context.wireCase)
    if (next !== key) return [...casts, ...this.rename(key, next, reads)]
    return [...casts, ...this.retype(before, after, reads)]
  }

  private isIn({ file, node }: WebRead): boolean {
    const isWithin =
      file === this.branch.file && this.branch.start <= node.start && node.end <= this.branch.end
    return (
      isWithin ||
      this.branch.use.followed.some(
        ({ node: one, frame }) => frame.module.source.path === file && one.holds(node),
      )
    )
  }

  /** The types that the payload is cast to in place. */
  private casts(): Outcome[] {
    return this.branch.use.types.flatMap(({ node: type, frame }): Outcome[] => {
      const file = frame.module.source.path
      const node = withoutNull(type)
      const members = (owner: Node): Outcome[] => [
        changeMember(this.context, { module: frame.module, owner }, { file, start: node.start }),
      ]
      if (isKind(node, 'TypeLiteral')) return members(node)
      if (isKind(node, 'IntersectionType')) {
        const own = node.list('types').findLast((one) => isKind(one, 'TypeLiteral'))
        if (this.context.before === undefined && node.list('types').some((one) => this.isOwnType(one)))
          return []
        return own === undefined ? this.extend(file, node) : members(own)
      }
      return isKind(node, 'TypeReference') && !isPayloadType(node.textOf('typeName'))
        ? this.extend(file, node)
        : []
    })
  }

  /** Whether a type is the interface of the payload, which gets a field that comes in. */
  private isOwnType(type: Node): boolean {
    const { rows, event } = this.context
    const names = rows.of(event, 'ts-payload-interface').flatMap(({ links }) => links?.name ?? [])
    return isKind(type, 'TypeReference') && isPayloadType(type.text) && names.includes(type.text)
  }

  /** A type that is the page's own is never widened: the cast says what the event has besides. */
  private extend(file: string, type: Node): Outcome[] {
    const { before, after, wireCase, repository } = this.context
    const at = { file, start: type.start }
    if (after === undefined || before !== undefined)
      return [blocked(at, `\`${type.text}\` is a type of the page, and not the event's alone`)]
    const style = readTsStyle(repository.typescript(file))
    const text = ` & { ${printMember(after, wireCase, style)} }`
    return [changed(at, inFile(file, [{ start: type.end, end: type.end, text }]))]
  }

  private add(field: Field, isCast: boolean): Outcome[] {
    const key = wireKey(field, this.context.wireCase)
    const outcomes = this.copies.flatMap((copy): Outcome[] => {
      if (copy.entries.some((one) => keyOf(one) === key)) return []
      const { module } = this.branch.frame
      const items = copy.object.list('properties')
      const edits = insertItem(
        module.source.text,
        copy.object,
        items,
        items.length,
        this.entry(copy, field),
        ' ',
      )
      return [changed({ ...this.at, start: copy.object.start }, inFile(module.source.path, edits))]
    })
    const isDone = outcomes.length > 0 || this.copies.length > 0
    const { use } = this.branch
    if (isDone || (use.isHandedOn && use.reads.length === 0)) return outcomes
    const isRead = readsInBranches(this.context, key).length > 0
    if (isRead) return outcomes
    const where = isCast ? 'the cast has it' : 'it arrives here'
    return [
      ...outcomes,
      {
        ...advised(this.at, `nothing reads \`${key}\` yet: ${where}`),
        here: [
          `read \`${key}\` in the case of \`${this.context.event}\`, and hand it on to what the case calls`,
        ],
      },
    ]
  }

  private entry({ entries, payload }: Copy, field: Field): string {
    const { quote } = readTsStyle(this.branch.frame.module)
    const key = wireKey(field, this.context.wireCase)
    const access = printPropertyAccess(payload, key, quote)
    const isCast = entries.some((one) => isKind(one.child('initializer'), 'AsExpression'))
    const type = printTsType(field.type, quote, this.context.wireCase)
    const cast = !isCast || type === 'unknown' ? '' : ` as ${type}${field.optional ? ' | undefined' : ''}`
    return `${printPropertyName(key, quote)}: ${access}${cast}`
  }

  private take(key: string, reads: readonly WebRead[]): Outcome[] {
    const repeated = this.copies.flatMap((copy) =>
      copy.entries.filter((one) => keyOf(one) === key).map((entry) => ({ copy, entry })),
    )
    const others = reads.filter(({ node }) => !repeated.some(({ entry }) => entry.holds(node)))
    if (others.length > 0)
      return others.map(({ file, node }) => blocked({ file, start: node.start }, `\`${node.text}\` reads it`))
    return repeated.map(({ copy, entry }) => {
      const { module } = this.branch.frame
      const items = copy.object.list('properties')
      const edits = dropItems(module.source.text, copy.object, items, new Set([items.indexOf(entry)]))
      return changed({ ...this.at, start: entry.start }, inFile(module.source.path, edits))
    })
  }

  private rename(key: string, next: string, reads: readonly WebRead[]): Outcome[] {
    const { module } = this.branch.frame
    const taken = readsInBranches(this.context, next).filter((one) => this.isIn(one))
    const isStillRead = isReadByClient(this.context, key)
    if (taken.length > 0)
      return taken.map(({ file, node }) => {
        const at = { file, start: node.start }
        // Where nothing reads the old key, the client has been changed before the server.
        return isStillRead ? blocked(at, `\`${node.text}\` reads \`${next}\` there already`) : present(at)
      })
    const renamed = reads.map((read) =>
      changed({ file: read.file, start: read.node.start }, inFile(read.file, renameRead(read, next))),
    )
    const entries = this.copies.flatMap((copy) =>
      copy.entries
        .filter((one) => keyOf(one) === key)
        .map((one) => {
          const name = one.child('name') ?? one
          return changed(
            { ...this.at, start: one.start },
            inFile(module.source.path, [{ start: name.start, end: name.end, text: next }]),
          )
        }),
    )
    return [...renamed, ...entries]
  }

  /** What a read takes the value for, where that is what the old type says. */
  private retype(before: Field, after: Field, reads: readonly WebRead[]): Outcome[] {
    const { wireCase, repository } = this.context
    return reads.flatMap(({ file, node }): Outcome[] => {
      const cast = isKind(node.parent, 'AsExpression') ? node.parent.child('type') : undefined
      if (cast === undefined) return []
      const { quote } = readTsStyle(repository.typescript(file))
      const printed = (field: Field): string =>
        `${printTsType(field.type, quote, wireCase)}${field.optional ? ' | undefined' : ''}`
      const at = { file, start: cast.start }
      if (cast.text === printed(after)) return []
      if (cast.text !== printed(before)) return [advised(at, `\`${cast.text}\` is what it is taken for here`)]
      return [changed(at, inFile(file, [{ start: cast.start, end: cast.end, text: printed(after) }]))]
    })
  }
}

/** An object that repeats the payload: all of its entries are `key: p.key`, perhaps with a cast. */
interface Copy {
  readonly object: Node
  readonly entries: readonly Node[]
  /** What the payload is called in it. */
  readonly payload: string
}

function copiesIn({ body, use }: ReceivingBranch): Copy[] {
  const objects = [...within(body)].filter((node) => isKind(node, 'ObjectLiteralExpression'))
  return objects.flatMap((object): Copy[] => {
    const entries = object.list('properties')
    const accesses = entries.map((one) => accessOf(one))
    const [first] = accesses
    const isCopy = accesses.every(
      (one, index) =>
        one !== undefined &&
        keyOfAccess(one) === keyOf(entries[index] ?? one) &&
        use.reads.some((read) => read.start === one.start && read.end === one.end),
    )
    return first === undefined || !isCopy ? [] : [{ object, entries, payload: first.textOf('expression') }]
  })
}

function accessOf(entry: Node): Node | undefined {
  const value = isKind(entry, 'PropertyAssignment') ? entry.child('initializer') : undefined
  const access = value === undefined ? undefined : bare(value)
  return isKind(access, 'PropertyAccessExpression', 'ElementAccessExpression') ? access : undefined
}

/** Whether whoever gets a copy takes any payload of the event: it is typed by the interface, or the window tells it. */
function isKeptWhole({ rows, event }: FieldChange, { object }: Copy, frame: Frame): boolean {
  const { parent } = object
  if (isKind(parent, 'PropertyAssignment') && keyOf(parent) === 'detail')
    return /^CustomEvent$/.test(parent.closest('NewExpression')?.textOf('expression') ?? '')
  if (!isKind(parent, 'CallExpression')) return false
  const callee = parent.child('expression')
  const type =
    callee === undefined
      ? undefined
      : actionType({ node: callee, frame }, parent.list('arguments').indexOf(object))
  const own = rows.of(event, 'ts-payload-interface').flatMap(({ links }) => links?.name ?? [])
  return type !== undefined && own.includes(type.node.text)
}

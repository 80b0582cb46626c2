import { type Factory, factoriesOfChannel } from '../../channel/envelope.js'
import { localsOf } from '../../lang/python/branches.js'
import { printDoc, printSetting, printString } from '../../lang/python/print.js'
import { isKind, type Node } from '../../lang/tree.js'
import { type PythonStyle, pageAt, readPythonStyle } from '../../layout/style.js'
import {
  type PythonParameter,
  parameterName,
  printWireValue,
  pythonNeeds,
  pythonParameters,
} from '../../payload/python.js'
import { findShapeDifference, type ShapeField, shapeOfFields, wireKey } from '../../payload/shape.js'
import type { Field, FieldType } from '../../spec/field-type.js'
import { camelToSnake } from '../../spec/names.js'
import type { Edit } from '../../workspace/edits.js'
import { insertItem } from '../../workspace/items.js'
import { indentAt, lineStart } from '../../workspace/source.js'
import { endWithComment, PYTHON_COMMENT } from '../anchors/blocks.js'
import { indentBlock } from '../render.js'
import type { FieldChange, Occurrence, Outcome } from '../site.js'
import { dropEntry, entryAt, itemsOf, type KeyEntry, namesIn, renameKey } from './entries.js'
import { blocked, changed, inFile, libraries, notNeeded, present } from './outcome.js'
import {
  addParameter,
  dropParameters,
  parameterNode,
  readsOf,
  renameParameter,
  type Signature,
  signatureOf,
} from './parameters.js'
import {
  type Basis,
  basisOf,
  giveInline,
  holdInLocal,
  insertArgument,
  makingStatement,
  payloadLocal,
  previousOf,
} from './payload-basis.js'
import { retypeParameter, takenType } from './retyped.js'

/** What a factory's callers have to do with a change of it. */
export interface CallChange {
  /** The parameters that go. */
  readonly dropped: readonly string[]
  readonly renamed: { readonly from: string; readonly to: string } | undefined
  /** The parameter that comes in, as its head says it. */
  readonly added:
    | { readonly name: string; readonly text: string; readonly isRequired: boolean; readonly field: Field }
    | undefined
  /** A parameter that has no default any more. */
  readonly required: string | undefined
  /** A parameter that takes another type than it took. */
  readonly retyped: { readonly name: string; readonly took: FieldType; readonly after: Field } | undefined
  /** The parameters that can only be given by their names from now on. */
  readonly named: readonly string[]
}

/** A factory with what is done about it and about its callers. */
export interface FactoryChange {
  readonly factory: Factory
  readonly outcome: Outcome
  readonly calls: CallChange
}

const NO_CALLS: CallChange = {
  dropped: [],
  renamed: undefined,
  added: undefined,
  required: undefined,
  retyped: undefined,
  named: [],
}

/** The factories of the event of a change. */
export function factoriesOf(context: FieldChange): Factory[] {
  const places = context.rows.of(context.event, 'python-factory')
  return factoriesOfChannel(context).filter(({ module, method }) =>
    places.some((one) => one.file === module.source.path && one.start === method.node.start),
  )
}

/** What is done about a field in a factory. */
export function changeFactory(context: FieldChange, found: Occurrence): Outcome[] {
  return factoriesOf(context)
    .filter(({ module, method }) => module.source.path === found.file && method.node.start === found.start)
    .map((factory) => planFactory(context, factory).outcome)
}

/** What is done about a field in a factory and by its callers. */
export function planFactory(context: FieldChange, factory: Factory): FactoryChange {
  return new Planner(context, factory).plan()
}

class Planner {
  private readonly style: PythonStyle
  private readonly text: string
  private readonly signature: Signature | undefined

  constructor(
    private readonly context: FieldChange,
    private readonly factory: Factory,
  ) {
    this.style = readPythonStyle(factory.module, context.layout.backend.lineLength)
    this.text = factory.module.source.text
    this.signature = signatureOf(factory.module, factory.method)
  }

  plan(): FactoryChange {
    const { before, after, wireCase } = this.context
    const unread = this.factory.payload.unread[0]
    if (unread !== undefined) return this.block(`its payload is not read as a whole: ${unread.reason}`)
    if (this.signature === undefined) return this.block('its parameters cannot be read')
    if (before === undefined) return after === undefined ? this.done([]) : this.add(this.signature, after)
    const old = this.keyOf(wireKey(before, wireCase))
    if (after === undefined) return old === undefined ? this.absent() : this.take(this.signature, old)
    if (wireKey(before, wireCase) !== wireKey(after, wireCase))
      return this.rename(this.signature, before, after, old)
    return old === undefined ? this.absent() : this.retype(this.signature, before, after, old)
  }

  private keyOf(key: string): ShapeField | undefined {
    return this.factory.payload.keys.find((one) => one.key === key)
  }

  /** Where a key is set, if that is one place that can be changed. */
  private entryOf(field: ShapeField): KeyEntry | undefined {
    if (field.file !== undefined) return undefined
    const { method, module } = this.factory
    const entry = entryAt(module, field)
    const same = method.node
      .descendants('pair', 'subscript')
      .filter((one) => one.child(one.kind === 'pair' ? 'key' : 'subscript')?.text === entry?.key.text)
      .filter((one) => one.kind === 'pair' || one.field === 'left')
    const isNested = (one: Node): boolean => isKind(one.parent?.parent, 'pair')
    return entry !== undefined && same.filter((one) => !isNested(one)).length === 1 ? entry : undefined
  }

  private add(signature: Signature, field: Field): FactoryChange {
    const { wireCase } = this.context
    const there = this.keyOf(wireKey(field, wireCase))
    if (there !== undefined) {
      const difference = findShapeDifference(shapeOfFields([field], wireCase), [there], true)
      if (difference !== undefined) return this.block(`${difference}: --set-type changes it`, there.start)
      return this.done([], { calls: { ...NO_CALLS, added: this.givenBy(signature, there, field) } })
    }
    const parameter = this.parameterFor(signature, field)
    const isThere = parameterNode(signature, parameter.name) !== undefined
    const text = this.printed(parameter)
    const head = isThere ? [] : addParameter(signature, text, parameter.hasDefault)
    const body = this.set(parameter)
    if (body === undefined) return this.block('its payload is put together in a way that is not changed here')
    const isRequired = !parameter.hasDefault
    return this.done([...head, ...body.edits], {
      needs: [...pythonNeeds(field.type), ...body.needs],
      calls: { ...NO_CALLS, added: { name: parameter.name, text, isRequired, field } },
    })
  }

  /** The parameter that gives a field already, for callers that hand nothing on to it yet. */
  private givenBy(signature: Signature, { parameter: name }: ShapeField, field: Field): CallChange['added'] {
    const node = name === undefined ? undefined : parameterNode(signature, name)
    const own = signature.function.parameters.find((one) => one.name === name)
    if (name === undefined || node === undefined || own === undefined) return undefined
    return { name, text: node.text, isRequired: own.default === undefined, field }
  }

  /** The parameter that gives a field: one of that name which nothing reads yet, or a new one. */
  private parameterFor({ function: one }: Signature, field: Field): PythonParameter {
    const idle = one.parameters.find(
      (other) => other.name === parameterName(field.name) && readsOf(one, other.name).length === 0,
    )
    const taken = [...localsOf(one)].filter((name) => name !== idle?.name)
    const [parameter] = pythonParameters([field], this.style, taken)
    return parameter as PythonParameter
  }

  private printed({ text }: PythonParameter): string {
    return printDoc(text, { width: Number.POSITIVE_INFINITY, indentWidth: 4, column: 0 })
  }

  /** The edits that put a parameter on the wire. */
  private set(
    parameter: PythonParameter,
    inside: readonly Edit[] = [],
  ): { edits: Edit[]; needs: { module: string; name: string }[] } | undefined {
    const basis = basisOf(this.factory)
    const statement = makingStatement(this.factory)
    if (basis === undefined || statement === undefined) return undefined
    const { field } = parameter
    const key = printString(wireKey(field, this.context.wireCase), this.style.quote)
    if (!field.optional) return { edits: [...inside, ...this.pair(basis, `${key}: `, parameter)], needs: [] }
    const base = indentAt(this.text, statement.start)
    // No statement stands behind the head of its function.
    if (this.text.slice(lineStart(this.text, statement.start), statement.start) !== base) return undefined
    const name = basis.kind === 'local' ? basis.name : payloadLocal(this.factory)
    const setting = printSetting(
      `${name}[${key}]`,
      printWireValue('', parameter),
      pageAt(this.style, base),
      1,
    )
    const block = indentBlock(`if ${parameter.name} is not None:\n\t${setting}`, this.style.indent, base)
    if (basis.kind !== 'local')
      return {
        edits: holdInLocal(this.factory, basis, this.style, inside, `${block}\n`),
        needs: [{ module: 'typing', name: 'Any' }],
      }
    const previous = previousOf(statement)
    if (previous === undefined) return undefined
    const offset = endWithComment(this.text, previous.end, PYTHON_COMMENT)
    return { edits: [...inside, { start: offset, end: offset, text: `\n${block}` }], needs: [] }
  }

  private pair(basis: Basis, key: string, parameter: PythonParameter): Edit[] {
    const flat = printDoc(printWireValue(key, parameter), {
      width: Number.POSITIVE_INFINITY,
      indentWidth: 4,
      column: 0,
    })
    if (basis.kind !== 'none')
      return insertItem(
        this.text,
        basis.dict,
        itemsOf(basis.dict),
        this.placeOf(basis.dict, parameter.name),
        flat,
      )
    const list = this.factory.call.child('arguments')
    return list === undefined
      ? []
      : insertArgument(this.text, list, `${this.factory.made.payloadBy ?? 'payload'}={${flat}}`)
  }

  /** How many entries stand in front of a parameter's: by the parameters in front of it; a new one goes last. */
  private placeOf(dict: Node, name: string): number {
    const { parameters } = this.factory.method
    const pairs = itemsOf(dict)
    const own = parameters.findIndex((one) => one.name === name)
    if (own === -1) return pairs.length
    const before = parameters.slice(0, own).map((one) => one.name)
    return pairs.findLastIndex((pair) => before.includes(pair.child('value')?.text ?? '')) + 1
  }

  private take(signature: Signature, field: ShapeField): FactoryChange {
    const entry = this.entryOf(field)
    if (entry === undefined)
      return this.block(`\`${field.key}\` is set in a way that is not changed here`, field.start)
    const gone = entry.guard ?? entry.node
    const names = new Set(
      [entry.value, ...(entry.guard?.list('condition') ?? [])].flatMap(namesIn).map((node) => node.text),
    )
    const dropped = signature.function.parameters
      .map((one) => one.name)
      .filter((name) => name !== 'cls' && names.has(name))
      .filter((name) => readsOf(signature.function, name).every((node) => gone.holds(node)))
    const edits = this.without(entry)
    if (edits === undefined)
      return this.block(`\`${field.key}\` is set together with something else`, field.start)
    return this.done([...dropParameters(signature, dropped), ...edits], { calls: { ...NO_CALLS, dropped } })
  }

  /** The edits that take a key out, and the local of the payload where that is for nothing any more. */
  private without(entry: KeyEntry): Edit[] | undefined {
    const basis = basisOf(this.factory)
    const inline =
      entry.form === 'pair' || basis === undefined
        ? undefined
        : giveInline(this.factory, basis, this.style, [entry.guard ?? entry.node], [])
    return inline ?? dropEntry(this.text, entry)
  }

  private rename(
    signature: Signature,
    before: Field,
    after: Field,
    old: ShapeField | undefined,
  ): FactoryChange {
    const { wireCase } = this.context
    const key = wireKey(after, wireCase)
    const there = this.keyOf(key)
    if (old === undefined) return there === undefined ? this.absent() : this.done([])
    if (there !== undefined) return this.block(`\`${key}\` is set as well`, there.start)
    const entry = this.entryOf(old)
    if (entry === undefined)
      return this.block(`\`${old.key}\` is set in a way that is not changed here`, old.start)
    const named = [parameterName(before.name), parameterName(camelToSnake(old.key))]
    const from = old.parameter !== undefined && named.includes(old.parameter) ? old.parameter : undefined
    const to = parameterName(after.name)
    if (from === undefined || from === to) return this.done(renameKey(entry, key))
    if (localsOf(signature.function).has(to)) return this.block(`\`${to}\` means something else there`)
    return this.done([...renameKey(entry, key), ...renameParameter(signature, from, to)], {
      calls: { ...NO_CALLS, renamed: { from, to } },
    })
  }

  private retype(signature: Signature, before: Field, after: Field, old: ShapeField): FactoryChange {
    const entry = this.entryOf(old)
    const node = old.parameter === undefined ? undefined : parameterNode(signature, old.parameter)
    if (entry === undefined || node === undefined || old.parameter === undefined)
      return this.block(`the value of \`${old.key}\` is no parameter`, old.start)
    const own = old.parameter
    const inside = entry.guard ?? entry.node
    if (!readsOf(signature.function, own).every((read) => inside.holds(read)))
      return this.block(`\`${own}\` is used for something else as well`, old.start)
    const named = (field: Field): PythonParameter => ({
      ...(pythonParameters([field], this.style)[0] as PythonParameter),
      name: own,
    })
    const [asked, was] = [named(after), named(before)]
    const head = retypeParameter(signature, own, after, this.style)
    if (head === undefined) return this.block(`\`${own}\` is no parameter that can be changed`, old.start)
    const value = this.revalue(entry, was, asked, before.optional === after.optional)
    if (value === undefined)
      return this.block(`\`${entry.value.text}\` is a value of its own making`, entry.value.start)
    return this.done([...head.edits, ...value.edits], {
      needs: [...pythonNeeds(after.type), ...value.needs],
      calls: {
        ...NO_CALLS,
        required: head.required,
        named: head.named,
        retyped: { name: own, took: takenType(before), after },
      },
    })
  }

  /** The entry with the value that the new type needs, and where one that may be missing stands. */
  private revalue(
    entry: KeyEntry,
    was: PythonParameter,
    asked: PythonParameter,
    isInPlace: boolean,
  ): { edits: Edit[]; needs: { module: string; name: string }[] } | undefined {
    const flat = (parameter: PythonParameter): string =>
      printDoc(printWireValue('', parameter), { width: Number.POSITIVE_INFINITY, indentWidth: 4, column: 0 })
    const { value } = entry
    const isOurs = value.text === flat(was)
    if (isInPlace) {
      if (flat(was) === flat(asked)) return { edits: [], needs: [] }
      return isOurs
        ? { edits: [{ start: value.start, end: value.end, text: flat(asked) }], needs: [] }
        : undefined
    }
    if (!isOurs) return undefined
    if (asked.field.optional) {
      if (entry.form !== 'pair') return undefined
      const inside = dropEntry(this.text, entry)
      return inside === undefined ? undefined : this.set(asked, inside)
    }
    const basis = basisOf(this.factory)
    if (entry.form === 'pair' || basis === undefined || basis.kind !== 'local') return undefined
    const key = printString(wireKey(asked.field, this.context.wireCase), this.style.quote)
    const inside = this.pair(basis, `${key}: `, asked)
    const inline = giveInline(this.factory, basis, this.style, [entry.guard ?? entry.node], inside)
    const dropped = dropEntry(this.text, entry)
    const edits = inline ?? (dropped === undefined ? undefined : [...inside, ...dropped])
    return edits === undefined ? undefined : { edits, needs: [] }
  }

  private done(
    edits: readonly Edit[],
    {
      needs = [],
      calls = NO_CALLS,
    }: { needs?: readonly { module: string; name: string }[]; calls?: CallChange } = {},
  ): FactoryChange {
    const { module, method } = this.factory
    const file = module.source.path
    const at = { file, start: method.node.start }
    const outcome =
      edits.length === 0
        ? present(at)
        : changed(at, inFile(file, edits), { requirements: libraries(file, needs) })
    return { factory: this.factory, outcome, calls }
  }

  private absent(): FactoryChange {
    const { module, method } = this.factory
    const at = { file: module.source.path, start: method.node.start }
    return { factory: this.factory, outcome: notNeeded(at, 'the factory does not send it'), calls: NO_CALLS }
  }

  private block(reason: string, start = this.factory.method.node.start): FactoryChange {
    const at = { file: this.factory.module.source.path, start }
    return { factory: this.factory, outcome: blocked(at, reason), calls: NO_CALLS }
  }
}

import { findClient, findSender } from '../../channel/client.js'
import { usesOfMethod } from '../../channel/client-calls.js'
import { findChannelHook } from '../../channel/hook.js'
import type { TsModule } from '../../lang/module.js'
import { isKind, type Node } from '../../lang/tree.js'
import { bindingName } from '../../lang/typescript/binding-name.js'
import { typeBehind } from '../../lang/typescript/declarations.js'
import { isOptional, keyOf } from '../../lang/typescript/grammar.js'
import { typescript } from '../../lang/typescript/language.js'
import { stringValue } from '../../lang/typescript/literals.js'
import { parenthesesOf } from '../../lang/typescript/parentheses.js'
import { printPropertyAccess, printPropertyName } from '../../lang/typescript/print.js'
import { scopeOf } from '../../layout/repository.js'
import { readTsStyle } from '../../layout/style.js'
import { compareTypes, wireKey } from '../../payload/shape.js'
import { printTsType, readTsType } from '../../payload/typescript.js'
import { isAssignable } from '../../spec/assignable.js'
import type { Field } from '../../spec/field-type.js'
import { declarationOf } from '../../values/typescript/bindings.js'
import { bare } from '../../values/typescript/frame.js'
import type { Edit } from '../../workspace/edits.js'
import { dropItems, insertItem } from '../../workspace/items.js'
import { sendMethodsOf } from '../naming.js'
import type { FieldChange, Occurrence, Outcome } from '../site.js'
import { dropArgument, dropParameter } from './client-arguments.js'
import { changeMember, isPayloadType } from './interface.js'
import type { Members } from './members.js'
import { findOptionUse } from './option-uses.js'
import { type At, blocked, changed, inFile, notNeeded, present } from './outcome.js'
import { renameRead } from './web-reads.js'

/** What is done about a field in a method of the client: in the object it sends, and in the options it is told by. */
export function changeSendMethod(context: FieldChange, found: Occurrence): Outcome[] {
  const client = findClient(context)
  const method = client?.methods.find((one) => one.start === found.start)
  if (client === undefined || method === undefined) return []
  return method.sends
    .filter((one) => one.message === context.event)
    .flatMap((send) => {
      const module = context.repository.typescript(send.file)
      const call = module.root
        .descendants('CallExpression')
        .find((one) => one.start === send.start && one.end === send.end)
      return call === undefined ? [] : new SendChanger(context, module, method.node, call).change()
    })
}

/** What is done about a field in the options that a callback of the hook takes. */
export function changeHookCallback(context: FieldChange, found: Occurrence): Outcome[] {
  const hook = findChannelHook(context)
  if (hook === undefined || hook.module.source.path !== found.file) return []
  const keys = sentKeys(context)
  const functions = hook.module.root.descendants('ArrowFunction', 'FunctionExpression', 'FunctionDeclaration')
  const own = functions.find((one) => found.start <= one.start && one.end <= found.end)
  const options = (own?.list('parameters') ?? []).flatMap((one) => optionsOf(context, hook.module, one) ?? [])
  return options.filter((one) => sharesKeys(one, keys)).map((one) => changeOptions(context, one, found))
}

/** The keys that the client sends besides the one that changes. */
function sentKeys({ event, ...context }: FieldChange): string[] {
  const methods = findClient(context)?.methods ?? []
  return methods.flatMap(({ sends }) =>
    sends.filter((one) => one.message === event).flatMap((one) => one.keys.map((key) => key.name)),
  )
}

function sharesKeys({ owner }: Members, keys: readonly string[]): boolean {
  return owner.list('members').some((one) => keys.includes(keyOf(one) ?? ''))
}

/** The type of a parameter that says keys one by one, unless it is that of a payload. */
function optionsOf(
  { repository, layout }: FieldChange,
  module: TsModule,
  parameter: Node,
): Members | undefined {
  const type = parameter.child('type')
  if (isKind(type, 'TypeLiteral')) return { module, owner: type }
  if (!isKind(type, 'TypeReference') || isPayloadType(type.text)) return undefined
  const found = typeBehind(scopeOf(repository, layout), module, type.text)
  const owner = isKind(found?.node, 'TypeAliasDeclaration') ? found.node.child('type') : found?.node
  return found !== undefined && isKind(owner, 'InterfaceDeclaration', 'TypeLiteral')
    ? { module: found.module, owner }
    : undefined
}

/** Who tells a request gives every option or leaves it out. */
function changeOptions(context: FieldChange, options: Members, found: At): Outcome {
  const optional = (field: Field | undefined): Field | undefined =>
    field === undefined ? undefined : { ...field, optional: true }
  const { before, after } = context
  const isRenamed =
    before !== undefined &&
    after !== undefined &&
    wireKey(before, context.wireCase) !== wireKey(after, context.wireCase)
  if (isRenamed) return notNeeded(found, "what it is called here is nobody else's")
  const outcome = changeMember(
    { ...context, before: optional(before), after: optional(after) },
    options,
    found,
  )
  if (before !== undefined || after === undefined || outcome.kind !== 'changed') return outcome
  const key = wireKey(after, context.wireCase)
  const next = `see that whoever sends \`${context.event}\` gives \`${key}\`: it is an option`
  return { ...outcome, next: [...(outcome.next ?? []), next] }
}

class SendChanger {
  private readonly at: At
  private readonly text: string

  constructor(
    private readonly context: FieldChange,
    private readonly module: TsModule,
    private readonly method: Node,
    private readonly call: Node,
  ) {
    this.at = { file: module.source.path, start: call.start }
    this.text = module.source.text
  }

  change(): Outcome[] {
    const { before, after, wireCase } = this.context
    const object = this.object()
    if (object === undefined && before === undefined && after !== undefined && this.isBare())
      return this.addObject(after)
    if (object === undefined)
      return this.isTyped()
        ? []
        : [blocked(this.at, 'what it sends is put together in a way that is not changed here')]
    const entryOf = (field: Field | undefined): Node | undefined =>
      field === undefined
        ? undefined
        : object.list('properties').find((one) => keyOf(one) === wireKey(field, wireCase))
    const [old, next] = [entryOf(before), entryOf(after)]
    const [spread] = object.list('properties').flatMap((one) => this.spreadBy(one) ?? [])
    if (spread !== undefined && old === undefined && next === undefined)
      return this.changeSpread(spread, before, after)
    if (before === undefined)
      return after === undefined || next !== undefined ? [present(this.at)] : this.add(object, after)
    if (old === undefined)
      return [next === undefined ? notNeeded(this.at, 'the method does not send it') : present(this.at)]
    const at = { ...this.at, start: old.start }
    if (after === undefined) return this.take(object, old, before)
    const key = wireKey(after, wireCase)
    if (keyOf(old) === key) return this.retype(old, before, after)
    if (next !== undefined) return [blocked(at, `\`${key}\` is sent as well`)]
    return [changed(at, inFile(at.file, renameRead({ file: at.file, node: old }, key)))]
  }

  /** The object that is sent, where it is written out. */
  private object(): Node | undefined {
    const [first, second] = this.call.list('arguments')
    const whole = isKind(first, 'ObjectLiteralExpression')
      ? first
          .list('properties')
          .find((one) => keyOf(one) === 'payload')
          ?.child('initializer')
      : second
    const object = whole === undefined ? undefined : bare(whole)
    const isWritten =
      isKind(object, 'ObjectLiteralExpression') &&
      object
        .list('properties')
        .every((one) => !isKind(one, 'SpreadAssignment') || this.spreadBy(one) !== undefined)
    return isWritten ? object : undefined
  }

  /** The parameter whose options a spread sends: all of them, or those that a pattern leaves over. */
  private spreadBy(entry: Node): Members | undefined {
    const value = isKind(entry, 'SpreadAssignment') ? entry.child('expression') : undefined
    const held = isKind(value, 'Identifier') ? declarationOf(value) : undefined
    const isRest = isKind(held, 'BindingElement') && held.child('dotDotDotToken') !== undefined
    const owner = isRest ? held.parent?.parent : held
    const from = isKind(owner, 'VariableDeclaration') ? owner.child('initializer') : undefined
    const parameter = isRest && isKind(from, 'Identifier') ? declarationOf(from) : owner
    return isKind(parameter, 'Parameter') && parameter.parent?.start === this.method.start
      ? optionsOf(this.context, this.module, parameter)
      : undefined
  }

  /** What is done about a field that a spread sends: it is one of the options, by their names. */
  private changeSpread(options: Members, before: Field | undefined, after: Field | undefined): Outcome[] {
    const { wireCase } = this.context
    const [old, key] = [before, after].map((one) => (one === undefined ? undefined : wireKey(one, wireCase)))
    const isOption = old !== undefined && options.owner.list('members').some((one) => keyOf(one) === old)
    if (after !== undefined && isNewlyRequired(before, after)) return [this.required(key ?? '')]
    if (before === undefined) return [changeOptions(this.context, options, this.at)]
    if (!isOption) return [notNeeded(this.at, 'the method does not send it')]
    if (key !== undefined && key !== old)
      return [blocked(this.at, `\`${old}\` is sent by the name that the option has`)]
    const given = this.findGiven(old) ?? this.findUsed(old)
    return given === undefined
      ? [changeOptions(this.context, options, this.at)]
      : [blocked(given, `\`${old}\` is one of its options there`)]
  }

  /** Whether what is sent is what a caller gives, by a type that says what it is. */
  private isTyped(): boolean {
    return this.method.list('parameters').some((one) => isPayloadType(one.textOf('type')))
  }

  /** Whether nothing but the name of the event is sent. */
  private isBare(): boolean {
    return (
      this.call.list('arguments').length === 1 &&
      !isKind(this.call.list('arguments')[0], 'ObjectLiteralExpression')
    )
  }

  private addObject(field: Field): Outcome[] {
    const key = wireKey(field, this.context.wireCase)
    const last = this.call.list('arguments').at(-1)
    if (!field.optional && field.default === undefined) return [this.required(key)]
    const end = last?.end ?? this.call.end - 1
    const sent = { start: end, end, text: `, { ${this.entry(key, this.bind(key))} }` }
    return [changed(this.at, inFile(this.at.file, [sent, ...this.addParameter(this.bind(key), field)]))]
  }

  private required(key: string): Outcome {
    const reason = `\`${key}\` would be required of whoever calls the method: make it optional, or give it a default`
    return blocked(this.at, reason)
  }

  private add(object: Node, field: Field): Outcome[] {
    const key = wireKey(field, this.context.wireCase)
    if (!field.optional && field.default === undefined) return [this.required(key)]
    const source = this.sourceOf(object)
    const value = source?.kind === 'options' ? printPropertyAccess(source.access, key, "'") : this.bind(key)
    const entry = this.entry(key, value)
    const items = object.list('properties')
    const sent = inFile(this.at.file, insertItem(this.text, object, items, items.length, entry, ' '))
    if (source === undefined)
      return [changed(this.at, [...sent, ...inFile(this.at.file, this.addParameter(value, field))])]
    const options = optionsOf(this.context, this.module, source.parameter)
    if (options === undefined) return [blocked(this.at, 'the type of its options is not read')]
    const pattern = source.kind === 'pattern' ? this.addToPattern(source.pattern, this.entry(key, value)) : []
    return [
      changed(this.at, [...sent, ...inFile(this.at.file, pattern)]),
      changeOptions(this.context, options, this.at),
    ]
  }

  /** Where most of what is sent comes from: options that are read there, or that were taken apart in front. */
  private sourceOf(
    object: Node,
  ):
    | { kind: 'options'; access: string; parameter: Node }
    | { kind: 'pattern'; pattern: Node; parameter: Node }
    | undefined {
    for (const entry of object.list('properties').toReversed()) {
      const value = isKind(entry, 'PropertyAssignment') ? entry.child('initializer') : entry.child('name')
      const named = isKind(value, 'PropertyAccessExpression') ? value.child('expression') : value
      const declared = isKind(named, 'Identifier') ? declarationOf(named) : undefined
      if (isKind(value, 'PropertyAccessExpression') && isKind(declared, 'Parameter')) {
        const access = this.text
          .slice(value.start, value.child('name')?.start ?? value.end)
          .replace(/\.$/, '')
        return { kind: 'options', access, parameter: declared }
      }
      const pattern = isKind(declared, 'BindingElement') ? declared.parent : undefined
      const owner = pattern?.parent
      const from = isKind(owner, 'VariableDeclaration') ? owner.child('initializer') : undefined
      const parameter = isKind(owner, 'Parameter')
        ? owner
        : isKind(from, 'Identifier')
          ? declarationOf(from)
          : undefined
      if (pattern !== undefined && isKind(parameter, 'Parameter'))
        return { kind: 'pattern', pattern, parameter }
    }
    return undefined
  }

  private addToPattern(pattern: Node, entry: string): Edit[] {
    const items = pattern.list('elements')
    const rest = items.findIndex((one) => one.child('dotDotDotToken') !== undefined)
    return insertItem(this.text, pattern, items, rest === -1 ? items.length : rest, entry, ' ')
  }

  /** What the method can call a key that it is told by. */
  private bind(key: string): string {
    return bindingName(
      key,
      this.method.descendants('Identifier').map((one) => one.text),
    )
  }

  /** `key`, or `key: value` where they are not the same. */
  private entry(key: string, value: string): string {
    return key === value ? key : `${printPropertyName(key, readTsStyle(this.module).quote)}: ${value}`
  }

  private addParameter(name: string, field: Field): Edit[] {
    const items = this.method.list('parameters')
    const type = printTsType(field.type, readTsStyle(this.module).quote, this.context.wireCase)
    const text = `${name}?: ${type}`
    const list = parenthesesOf(this.text, this.method)
    if (list !== undefined) return insertItem(this.text, list, items, items.length, text)
    return items.map((one) => ({ start: one.start, end: one.end, text: `(${one.text}, ${text})` }))
  }

  private take(object: Node, entry: Node, field: Field): Outcome[] {
    const key = wireKey(field, this.context.wireCase)
    const given = this.findGiven(key)
    if (given !== undefined) return [blocked(given, `\`${key}\` is given to it there`)]
    const used = this.findUsed(key)
    if (used !== undefined) return [blocked(used, `\`${used.text}\` is one of its options`)]
    const at = { ...this.at, start: entry.start }
    const sent = inFile(at.file, this.without(object, entry))
    const value = isKind(entry, 'PropertyAssignment') ? entry.child('initializer') : entry.child('name')
    const declared = isKind(value, 'Identifier') ? declarationOf(value) : undefined
    const other = this.otherUse(key, declared, entry)
    const isOnly = other === undefined
    const list = isKind(declared, 'BindingElement') ? declared.parent : undefined
    if (!isOnly && !isKind(declared, 'Parameter'))
      return [blocked({ ...at, start: other.start }, `\`${other.text}\` is used there as well`)]
    if (list !== undefined && isKind(declared, 'BindingElement')) {
      const elements = list.list('elements')
      const edits = inFile(
        at.file,
        dropItems(this.text, list, elements, new Set([elements.indexOf(declared)])),
      )
      return [changed(at, [...sent, ...edits]), ...this.dropOption()]
    }
    if (isKind(declared, 'Parameter') && isOnly) {
      const parameters = this.method.list('parameters')
      const index = parameters.indexOf(declared)
      const edits = dropParameter(this.text, this.method, declared)
      return [
        changed(at, [...sent, ...inFile(at.file, edits)]),
        ...dropArgument(this.context, this.method.name, index, index === parameters.length - 1),
      ]
    }
    return [changed(at, sent), ...this.dropOption()]
  }

  /** What else of the method says what an entry sends: the local or parameter that holds it, or the option. */
  private otherUse(key: string, declared: Node | undefined, entry: Node): Node | undefined {
    const own = isKind(declared, 'Parameter', 'BindingElement') ? declared : undefined
    const isHeld = (one: Node): boolean =>
      own !== undefined && one.text === own.name && !isLabel(one) && declarationOf(one)?.start === own.start
    const isRead = (one: Node): boolean =>
      isKind(one, 'PropertyAccessExpression') &&
      one.textOf('name') === key &&
      this.isOption(one.child('expression'))
    return this.method
      .descendants('Identifier', 'PropertyAccessExpression')
      .filter((one) => !entry.holds(one) && own?.child('name')?.start !== one.start)
      .find((one) => isHeld(one) || isRead(one))
  }

  /** Whether a name is that of a parameter whose type says options. */
  private isOption(node: Node | undefined): boolean {
    const declared = isKind(node, 'Identifier') ? declarationOf(node) : undefined
    return isKind(declared, 'Parameter') && optionsOf(this.context, this.module, declared) !== undefined
  }

  /** The object without an entry; nothing is sent where that was the only one, and need not be. */
  private without(object: Node, entry: Node): Edit[] {
    const items = object.list('properties')
    const client = findClient(this.context)
    const isOptional = client !== undefined && findSender(this.context)?.isPayloadOptional === true
    const [first, second] = this.call.list('arguments')
    if (items.length === 1 && isOptional && second === object && first !== undefined)
      return [{ start: first.end, end: object.end, text: '' }]
    return dropItems(this.text, object, items, new Set([items.indexOf(entry)]))
  }

  private dropOption(): Outcome[] {
    return this.method.list('parameters').flatMap((one) => {
      const options = optionsOf(this.context, this.module, one)
      return options === undefined ? [] : [changeOptions(this.context, options, this.at)]
    })
  }

  /** A place that gives an option to the method, or to a callback that hands it on. */
  private findGiven(key: string): At | undefined {
    const { repository, layout, rows, event } = this.context
    const callbacks = [...rows.of(event, 'ts-hook-callback'), ...rows.of(event, 'ts-hook-return')].flatMap(
      ({ links }) => links?.name ?? [],
    )
    const names = [...new Set([...sendMethodsOf(this.context, event), ...callbacks])]
    for (const file of repository.saying(
      `${layout.frontend.folder}/src`,
      typescript.extensions,
      names,
      true,
    )) {
      const found = repository
        .typescript(file)
        .root.descendants('CallExpression')
        .filter((one) => names.includes(/(\w+)$/.exec(one.textOf('expression'))?.[1] ?? ''))
        .flatMap((one) => one.list('arguments').filter((given) => isKind(given, 'ObjectLiteralExpression')))
        .flatMap((one) => one.list('properties').filter((property) => keyOf(property) === key))[0]
      if (found !== undefined) return { file, start: found.start }
    }
    return undefined
  }

  /** A place elsewhere that reads an option, or gives it, by the name of the options' type. */
  private findUsed(key: string): (At & { readonly text: string }) | undefined {
    const own = { file: this.at.file, start: this.method.start, end: this.method.end }
    return this.method
      .list('parameters')
      .filter((one) => optionsOf(this.context, this.module, one) !== undefined)
      .flatMap((one) => {
        const type = one.child('type')
        const name = isKind(type, 'TypeReference') ? type.textOf('typeName') : ''
        return name === '' ? [] : (findOptionUse(this.context, name, key, own) ?? [])
      })[0]
  }

  private retype(entry: Node, before: Field, after: Field): Outcome[] {
    const key = wireKey(after, this.context.wireCase)
    const value = isKind(entry, 'PropertyAssignment') ? entry.child('initializer') : entry.child('name')
    const declared = isKind(value, 'Identifier') ? declarationOf(value) : undefined
    if (isKind(declared, 'Parameter') && declared.parent?.start === this.method.start)
      return this.retypeParameter({ ...this.at, start: entry.start }, declared, before, after)
    if (isNewlyRequired(before, after)) return [this.required(key)]
    const given = isAssignable(before.type, after.type, false) ? undefined : this.findGiven(key)
    if (given !== undefined)
      return [blocked(given, `\`${key}\` is given to it there, and may be none of the new type`)]
    const used = this.findUsed(key)
    if (used !== undefined)
      return [blocked(used, `\`${used.text}\` is one of its options, and would be of another type`)]
    return this.dropOption()
  }

  private retypeParameter(at: At, parameter: Node, before: Field, after: Field): Outcome[] {
    const type = parameter.child('type')
    const wanted = printTsType(after.type, readTsStyle(this.module).quote, this.context.wireCase)
    if (type === undefined) return [blocked(at, `\`${parameter.name}\` says no type`)]
    const isLeft = isOptional(parameter) || parameter.child('initializer') !== undefined
    if (isLeft && isNewlyRequired(before, after)) return [this.required(parameter.name)]
    const parameters = this.method.list('parameters')
    const index = parameters.indexOf(parameter)
    const from = readTsType(type.text)
    const isSame = compareTypes(from, after.type) === 'same'
    const given = isSame || isAssignable(from, after.type, false) ? [] : this.givenAt(index, after)
    if (given.length > 0) return given
    const edits: Edit[] = isSame ? [] : [{ start: type.start, end: type.end, text: wanted }]
    if (after.optional && !isLeft) {
      const name = parameter.child('name')
      const isFollowed = parameters
        .slice(index + 1)
        .some((one) => !isOptional(one) && one.child('initializer') === undefined)
      if (isFollowed || name === undefined)
        return [blocked(at, `\`${parameter.name}\` stands in front of parameters that have to be given`)]
      edits.push({ start: name.end, end: name.end, text: '?' })
    }
    return [changed(at, inFile(at.file, edits))]
  }

  /** The calls that give a parameter of the method what may be none of a new type. */
  private givenAt(index: number, { type }: Field): Outcome[] {
    return usesOfMethod(this.context, this.method.name).flatMap(({ call, file }): Outcome[] => {
      const given = call?.list('arguments')[index]
      const text = given === undefined ? undefined : stringValue(given)
      const isFit = text !== undefined && isAssignable({ kind: 'literals', values: [text] }, type, false)
      return given === undefined || isFit
        ? []
        : [
            blocked(
              { file, start: given.start },
              `\`${given.text}\` is given there, and may be none of the new type`,
            ),
          ]
    })
  }
}

/** Whether a field has to be given from now on that had not to be. */
function isNewlyRequired(before: Field | undefined, after: Field): boolean {
  const isGiven = (field: Field): boolean => !field.optional && field.default === undefined
  return isGiven(after) && (before === undefined || !isGiven(before))
}

/** Whether a name is that of a member, which nothing holds. */
function isLabel(node: Node): boolean {
  const isMember = isKind(
    node.parent,
    'PropertySignature',
    'PropertyAssignment',
    'PropertyAccessExpression',
    'JsxAttribute',
  )
  return node.field === 'propertyName' || (isMember && node.field === 'name')
}

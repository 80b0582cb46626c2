import { callArguments, type PyFunction } from '../lang/python/query.js'
import { isKind, type Node, within } from '../lang/tree.js'
import { readPythonType } from '../payload/python.js'
import type { ShapeField } from '../payload/shape.js'
import { type Field, type FieldType, scalar } from '../spec/field-type.js'
import { typeOfIncoming } from '../values/python/annotations.js'
import { calledBy, parameterFor } from '../values/python/calls.js'
import type { Frame } from '../values/python/frame.js'
import type { Model } from '../values/python/models.js'
import { stringsOf } from '../values/python/strings.js'
import { placeOf } from '../workspace/place.js'
import type { UnreadPart } from './payloads.js'
import { firstNamed, RequestHolders, type RequestNames } from './request-names.js'

/** A key of a request that the server reads. */
export interface RequestRead extends ShapeField {
  /** Whether it does without the key: a default, a test. */
  readonly isGuarded: boolean
  /** Whether a model is made of the payload there, which raises where the key is missing or of another type. */
  readonly raises: boolean
  /** The model that reads it and raises, where one does. */
  readonly model?: Model
}

/** What some statements read of a request's payload. */
export interface RequestReads {
  readonly reads: readonly RequestRead[]
  /** Where the payload goes on to what is not read. */
  readonly unread: readonly UnreadPart[]
}

/** What statements read of a payload, also in the functions that they give it to. */
export function readRequest(frame: Frame, statements: readonly Node[], names: RequestNames): RequestReads {
  const reader = new Reader(frame, statements, names)
  for (const node of within(statements)) reader.visit(node)
  return reader
}

class Reader implements RequestReads {
  readonly reads: RequestRead[] = []
  readonly unread: UnreadPart[] = []
  private readonly holders: RequestHolders
  private readonly isInside: boolean

  constructor(
    private readonly frame: Frame,
    private readonly statements: readonly Node[],
    names: RequestNames,
  ) {
    this.holders = new RequestHolders(frame, names)
    this.isInside = names.inside !== undefined
  }

  visit(node: Node): void {
    const { holders } = this
    if (isKind(node, 'assignment', 'named_expression')) holders.bind(node)
    if (holders.isMessage(node)) this.useMessage(node)
    if (holders.isGet(node)) this.useGet(node, '')
    if (isKind(node, 'call') && !this.isInside) this.useClosure(node)
    // What holds a payload is looked at as a whole: `payload or {}` is one.
    const isPart = node.parent !== undefined && holders.isPayload(node.parent)
    if (!holders.isPayload(node) || isPart) return
    if (this.isInside) this.useInside(node)
    else this.use(node)
  }

  /** A function inside of the handler that reads the payload around it: `text("id")`. */
  private useClosure(call: Node): void {
    const { holders } = this
    const run = isKind(call.child('function'), 'identifier') ? calledBy(this.frame, call) : undefined
    const isInner = run !== undefined && (run.frame.scope?.around.length ?? 0) > 0
    if (!isInner || run.frame.module !== this.frame.module) return
    const isGiven = callArguments(call).some(
      ({ value }) => holders.isPayload(value) || holders.isMessage(value),
    )
    const own = run.function.parameters.map((one) => one.name)
    const isAround = (node: Node): boolean => holders.isPayload(node) && !own.includes(node.text)
    if (isGiven || ![...within(run.function.body)].some(isAround)) return
    this.merge(run.frame, run.function.body, holders.names)
  }

  /** What is done with the payload where it stands. */
  private use(node: Node): void {
    const { parent } = node
    switch (parent?.kind) {
      case 'attribute':
        if (node.field === 'object') this.useAttribute(parent)
        return
      case 'subscript':
        if (node.field === 'value') this.useSubscript(parent)
        return
      case 'comparison_operator':
        this.useComparison(node, parent)
        return
      case 'argument_list':
        this.useArgument(node, node, parent.parent)
        return
      case 'keyword_argument':
        this.useArgument(node, parent, parent.parent?.parent)
        return
      case 'dictionary_splat':
        this.useSplat(node, parent)
        return
      case 'match_statement':
        this.useMatch(parent)
        return
      case 'return_statement':
      case 'yield':
        this.handOn(node, 'returned to who calls this')
        return
      case 'assignment':
        if (node.field === 'right' && !isKind(parent.child('left'), 'identifier'))
          this.handOn(node, `kept in \`${parent.textOf('left')}\``)
        return
      case 'for_statement':
      case 'for_in_clause':
        this.handOn(node, 'gone through key by key')
        return
      case 'pair':
      case 'list':
      case 'tuple':
        this.handOn(node, 'put into another value')
        return
      default:
        return
    }
  }

  /** What is done with the value of a key: the keys that are read of it there. */
  private useInside(node: Node): void {
    if (isKind(node.parent, 'attribute') && node.field === 'object') this.useAttribute(node.parent)
    if (isKind(node.parent, 'subscript') && node.field === 'value') this.useSubscript(node.parent)
    const { parent } = node
    const list = isKind(parent, 'dictionary_splat') ? parent.parent : parent
    const call = isKind(list, 'argument_list') ? list.parent : undefined
    const model = call === undefined ? undefined : this.holders.modelOf(call)
    const isWhole =
      isKind(parent, 'dictionary_splat') || call?.textOf('function').includes('validate') === true
    if (call !== undefined && model !== undefined && isWhole) this.useModel(call, model)
  }

  private useAttribute(attribute: Node): void {
    const method = attribute.textOf('attribute')
    const call = isKind(attribute.parent, 'call') ? attribute.parent : undefined
    if (call === undefined || method === 'keys') return
    if (!/^(?:get|pop)$/.test(method)) {
      this.handOn(attribute, `used by \`.${method}()\``)
      return
    }
    this.useGet(call, attribute.textOf('object'))
  }

  /** @param owner the name that holds the payload */
  private useGet(call: Node, owner: string): void {
    const [key, fallback] = callArguments(call)
    const keys = key === undefined ? undefined : stringsOf(this.frame, key.value)
    if (keys === undefined) {
      this.handOn(call, 'read by a key that is made when it runs')
      return
    }
    for (const one of keys)
      this.add(call, one, this.holders.typeIn(owner, one) ?? typeOfDefault(fallback?.value), true)
  }

  private useSubscript(read: Node): void {
    const keys = stringsOf(this.frame, read.child('subscript'))
    if (keys === undefined) {
      this.handOn(read, 'read by a key that is made when it runs')
      return
    }
    const isSet = read.field === 'left' && isKind(read.parent, 'assignment')
    const unknown: FieldType = { kind: 'unknown', raw: read.text }
    for (const key of isSet ? [] : keys)
      this.add(read, key, this.holders.typeIn(read.textOf('value'), key) ?? unknown, false)
  }

  /** `"id" in payload` */
  private useComparison(node: Node, comparison: Node): void {
    const [first] = comparison.children
    if (first === undefined || first === node || !/\bin\b/.test(comparison.text)) return
    for (const key of stringsOf(this.frame, first) ?? [])
      this.add(comparison, key, { kind: 'unknown', raw: '' }, true)
  }

  private useSplat(node: Node, splat: Node): void {
    const call = isKind(splat.parent, 'argument_list') ? splat.parent.parent : undefined
    const model = call === undefined ? undefined : this.holders.modelOf(call)
    if (model !== undefined && call !== undefined) {
      this.useModel(call, model)
      return
    }
    const run = call === undefined ? undefined : calledBy(this.frame, call)
    if (run !== undefined && call !== undefined) {
      this.useParameters(run.function, run.frame, call)
      return
    }
    this.handOn(
      node,
      call === undefined ? 'spread into another dict' : `given to \`${call.textOf('function')}\``,
    )
  }

  private useArgument(node: Node, argument: Node, call: Node | undefined): void {
    const callee = call?.textOf('function') ?? ''
    if (call === undefined || LOOKS.test(callee)) return
    const model = isKind(argument, 'keyword_argument') ? undefined : this.holders.modelOf(call)
    if (model !== undefined) {
      this.useModel(call, model)
      return
    }
    const inside = this.inside(call, argument)
    if (inside === undefined) {
      this.handOn(node, `given to \`${callee}\`, which is not read`)
      return
    }
    this.merge(inside.frame, inside.body, { payloads: new Set([inside.name]), messages: new Set() })
  }

  private useMessage(node: Node): void {
    const argument = isKind(node.parent, 'keyword_argument') ? node.parent : node
    const list = argument.parent
    const call = isKind(list, 'argument_list') ? list.parent : undefined
    if (call === undefined || LOOKS.test(call.textOf('function')) || this.holders.modelOf(call) !== undefined)
      return
    const inside = this.inside(call, argument)
    if (inside === undefined) {
      this.handOn(node, `given whole to \`${call.textOf('function')}\`, which is not read`)
      return
    }
    this.merge(inside.frame, inside.body, { payloads: new Set(), messages: new Set([inside.name]) })
  }

  /** The function that a call gives an argument to, by the name that it has there. */
  private inside(
    call: Node,
    argument: Node,
  ): { frame: Frame; body: readonly Node[]; name: string } | undefined {
    const run = calledBy(this.frame, call)
    const name = run === undefined ? undefined : parameterFor(run, argument)
    return run === undefined || name === undefined
      ? undefined
      : { frame: run.frame, body: run.function.body, name }
  }

  private merge(frame: Frame, body: readonly Node[], names: RequestNames): void {
    const inner = readRequest(frame, body, names)
    const file = frame.module === this.frame.module ? {} : { file: frame.module.source.path }
    this.reads.push(...inner.reads.map((one) => ({ ...file, ...one })))
    this.unread.push(...inner.unread)
  }

  /** `match payload: case {"id": str(seat)}` */
  private useMatch(statement: Node): void {
    for (const pattern of statement.descendants('dict_pattern'))
      for (const pair of [pattern, ...pattern.children].flatMap((one) => one.list('key')))
        for (const key of stringsOf(this.frame, firstNamed(pair) ?? pair) ??
          stringsOf(this.frame, pair) ??
          [])
          this.add(pair, key, { kind: 'unknown', raw: '' }, true)
  }

  /** `answer(**payload)`: the keys are the parameters, and one too many raises. */
  private useParameters(one: PyFunction, frame: Frame, call: Node): void {
    const given = callArguments(call).flatMap((argument) => argument.name ?? [])
    const place = frame.module === this.frame.module ? {} : { file: frame.module.source.path }
    for (const parameter of one.parameters)
      if (!given.includes(parameter.name) && !/^(?:self|cls)$/.test(parameter.name))
        this.reads.push({
          key: parameter.name,
          optional: undefined,
          type: readPythonType(parameter.annotation ?? 'Any', frame.module),
          start: one.node.start,
          value: call.text,
          isGuarded: parameter.default !== undefined,
          raises: true,
          ...place,
        })
  }

  private useModel(call: Node, model: Model): void {
    for (const field of model.fields) {
      if (field.validationAlias === undefined) {
        this.handOn(call, `made into \`${model.name}\`, whose aliases are not read`)
        continue
      }
      const type = typeOfIncoming(field.frame, field.annotation)
      const own = field.frame.module === this.frame.module ? {} : { file: field.frame.module.source.path }
      this.reads.push({
        key: field.validationAlias,
        optional: undefined,
        type: type.kind === 'nullable' && field.hasDefault && !this.isInside ? type.item : type,
        start: field.node.start,
        value: field.node.text,
        isGuarded: field.hasDefault,
        raises: model.kind === 'pydantic',
        ...(model.kind === 'pydantic' ? { model } : {}),
        ...own,
      })
    }
    if (model.isOpen) this.handOn(call, `made into \`${model.name}\`, which takes any key`)
  }

  private add(node: Node, key: string, type: FieldType, isGuarded: boolean): void {
    this.reads.push({
      key,
      optional: undefined,
      type: this.objectAt(node) ?? type,
      start: node.start,
      value: node.text,
      isGuarded,
      raises: false,
    })
  }

  /** What is read of the value of a key, where that is read by keys as well: `payload.get("voice", {}).get("model")`. */
  private objectAt(node: Node): FieldType | undefined {
    if (!GOES_ON.has(node.parent?.kind ?? '')) return undefined
    const names = { payloads: new Set<string>(), messages: new Set<string>(), inside: node }
    const { reads } = readRequest(this.frame, this.statements, names)
    const fields = new Map(
      reads.map(({ key, type, isGuarded }): [string, Field] => [
        key,
        { name: key, wire: key, type, optional: isGuarded },
      ]),
    )
    return fields.size === 0 ? undefined : { kind: 'object', fields: [...fields.values()] }
  }

  private handOn(node: Node, reason: string): void {
    const place = placeOf(this.frame.module.source, node.start)
    this.unread.push({ reason: `the payload is ${reason}`, isGiven: false, place })
  }
}

/** Where the value of a key may be read by keys itself, there or by the name that it gets. */
const GOES_ON: ReadonlySet<string> = new Set([
  'attribute',
  'subscript',
  'assignment',
  'named_expression',
  'boolean_operator',
  'parenthesized_expression',
  'dictionary_splat',
  'argument_list',
])

/** Who looks at a value and reads no key of it. */
const LOOKS =
  /^(?:isinstance|len|bool|str|repr|type|print|id|json\.dumps|(?:\w+\.)*log(?:ger)?\.\w+|logging\.\w+)$/

/** The type that a default shows: `""` is a string. */
function typeOfDefault(value: Node | undefined): FieldType {
  switch (value?.kind) {
    case 'string':
      return scalar('str')
    case 'integer':
      return scalar('int')
    case 'float':
      return scalar('float')
    case 'true':
    case 'false':
      return scalar('bool')
    case 'dictionary':
      return scalar('dict')
    default:
      return { kind: 'unknown', raw: value === undefined ? '' : value.text }
  }
}

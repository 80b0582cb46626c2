import { callArguments } from '../lang/python/query.js'
import { isKind, type Node } from '../lang/tree.js'
import { readPythonType } from '../payload/python.js'
import type { FieldType } from '../spec/field-type.js'
import { bare, type Frame, sidesOf } from '../values/python/frame.js'
import { type Model, modelNamed } from '../values/python/models.js'

/** The names that hold a payload, and those that hold a whole message. */
export interface RequestNames {
  readonly payloads: ReadonlySet<string>
  readonly messages: ReadonlySet<string>
  /** The value of a key that is read as if it were the payload; `payload` is then a key like any other. */
  readonly inside?: Node
}

/** What holds a payload or a message in some statements: names as they are bound, and expressions of them. */
export class RequestHolders {
  private readonly payloads: Set<string>
  private readonly messages: Set<string>
  /** Names of the payload's own `get`. */
  private readonly getters = new Set<string>()
  /** What names hold the payload as, where an annotation says so. */
  private readonly typed = new Map<string, Model>()
  private readonly inside: Node | undefined

  constructor(
    private readonly frame: Frame,
    names: RequestNames,
  ) {
    this.inside = names.inside
    this.payloads = new Set(names.payloads)
    this.messages = new Set(names.messages)
  }

  /** The names as they are bound so far. */
  get names(): RequestNames {
    return { payloads: this.payloads, messages: this.messages }
  }

  /** Takes note of an assignment that gives a payload or a message a name. */
  bind(node: Node): void {
    const left = node.child('left') ?? node.child('name')
    const right = node.child('right') ?? node.child('value')
    if (!isKind(left, 'identifier') || right === undefined) return
    const isGetter = isKind(right, 'attribute') && right.textOf('attribute') === 'get'
    const owner = isGetter ? right.child('object') : undefined
    if (owner !== undefined && this.isPayload(owner)) this.getters.add(left.text)
    if (this.isPayload(right)) {
      this.payloads.add(left.text)
      const type = node.child('type')
      const model = type === undefined ? undefined : modelNamed(this.frame, type.text)
      if (model !== undefined) this.typed.set(left.text, model)
    }
    if (this.isMessage(bare(right)) || this.isMadeOfMessage(bare(right))) this.messages.add(left.text)
  }

  /** `field("id", "")`, where `field` is the payload's `get`. */
  isGet(node: Node): boolean {
    const callee = isKind(node, 'call') ? node.child('function') : undefined
    return isKind(callee, 'identifier') && this.getters.has(callee.text)
  }

  isMessage(node: Node): boolean {
    return (
      isKind(node, 'identifier') &&
      node.field !== 'attribute' &&
      !isLabel(node) &&
      this.messages.has(node.text)
    )
  }

  /** `WSMessage(**data)`, `WSMessage.model_validate(data)` */
  private isMadeOfMessage(node: Node): boolean {
    if (!isKind(node, 'call')) return false
    const [only, ...others] = callArguments(node)
    const value = only?.value.kind === 'dictionary_splat' ? firstNamed(only.value) : only?.value
    return (
      value !== undefined &&
      others.length === 0 &&
      this.isMessage(bare(value)) &&
      this.modelOf(node) !== undefined
    )
  }

  /** Whether an expression is the payload itself. */
  isPayload(node: Node): boolean {
    const one = bare(node)
    if (one === this.inside) return true
    switch (one.kind) {
      case 'identifier':
        return one.field !== 'attribute' && !isLabel(one) && this.payloads.has(one.text)
      case 'attribute':
        return (
          this.inside === undefined &&
          one.textOf('attribute') === 'payload' &&
          isKind(one.child('object'), 'identifier')
        )
      case 'subscript':
        return (
          this.inside === undefined &&
          /^["']payload["']$/.test(one.textOf('subscript')) &&
          isKind(one.child('value'), 'identifier')
        )
      case 'call':
        return this.isPayloadCall(one)
      case 'boolean_operator': {
        const [left, right] = [one.child('left'), one.child('right')]
        return isOr(one) && left !== undefined && right !== undefined && this.isPayload(left)
      }
      case 'conditional_expression':
        return sidesOf(one).some((side) => this.isPayload(side))
      case 'named_expression': {
        const value = one.child('value')
        return value !== undefined && this.isPayload(value)
      }
      default:
        return false
    }
  }

  private isPayloadCall(call: Node): boolean {
    const callee = call.child('function')
    const given = callArguments(call)
    if (isKind(callee, 'attribute') && /^(?:get|pop)$/.test(callee.textOf('attribute')))
      return (
        this.inside === undefined &&
        /^["']payload["']$/.test(given[0]?.value.text ?? '') &&
        isKind(callee.child('object'), 'identifier')
      )
    if (callee?.text === 'dict' && given.length === 1)
      return (
        given[0] !== undefined && given[0].value.kind !== 'dictionary_splat' && this.isPayload(given[0].value)
      )
    return (
      /^(?:typing\.)?cast$/.test(callee?.text ?? '') &&
      given[1] !== undefined &&
      this.isPayload(given[1].value)
    )
  }

  /** The type of a key, where the name that holds the payload is annotated. */
  typeIn(name: string, key: string): FieldType | undefined {
    const field = this.typed.get(name)?.fields.find((one) => one.name === key)
    return field === undefined ? undefined : readPythonType(field.annotation, field.frame.module)
  }

  /** The model that a call makes: `Seat(…)`, `Seat.model_validate(…)`, `TypeAdapter(Seat).validate_python(…)`. */
  modelOf(call: Node): Model | undefined {
    const callee = call.textOf('function')
    const name =
      /^(\w+(?:\.\w+)??)(?:\.(?:model_validate|model_construct|parse_obj))?$/.exec(callee)?.[1] ??
      /^TypeAdapter\((\w+)\)\.validate_python$/.exec(callee)?.[1]
    return name === undefined ? undefined : modelNamed(this.frame, name)
  }
}

function isOr(node: Node): boolean {
  return (
    node.children.some((child) => child.text === 'or' && child.kind === 'or') ||
    node.textOf('operator') === 'or'
  )
}

function isLabel(node: Node): boolean {
  return isKind(node.parent, 'keyword_argument') && node.field === 'name'
}

export function firstNamed(node: Node): Node | undefined {
  return node.children.find((child) => child.isNamed && child.kind !== 'comment')
}

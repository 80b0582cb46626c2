import { localsOf } from '../../lang/python/branches.js'
import { findLocal } from '../../lang/python/locals.js'
import { printValue } from '../../lang/python/print.js'
import type { PyArgument, PyFunction } from '../../lang/python/query.js'
import { callArguments } from '../../lang/python/query.js'
import { isKind, type Node } from '../../lang/tree.js'
import { readPythonStyle } from '../../layout/style.js'
import { printPythonType, pythonNeeds, readPythonType } from '../../payload/python.js'
import { isAssignable } from '../../spec/assignable.js'
import type { PassSpec } from '../../spec/change-spec.js'
import type { Field, FieldType } from '../../spec/field-type.js'
import type { Written } from '../../values/python/frame.js'
import type { Edit } from '../../workspace/edits.js'
import { dropItems } from '../../workspace/items.js'
import { placeOf } from '../../workspace/place.js'
import type { FieldChange, Outcome } from '../site.js'
import { itemsOf, namesIn } from './entries.js'
import type { CallChange } from './factory.js'
import { type Forwarder, forwarderAround } from './forwarders.js'
import { type At, advised, blocked, changed, inFile, libraries } from './outcome.js'
import { addParameter, dropParameters, readsOf, signatureOf } from './parameters.js'
import { insertArgument } from './payload-basis.js'
import { givenType, retypeParameter, takenType } from './retyped.js'

/** How many functions that hand a value on are followed. */
const MAX_LEVELS = 3

/**
 * What is done about a call of a function whose parameters change, and about those who call the function around it where
 * that hands its parameters on.
 */
export function changeCall(
  context: FieldChange,
  call: Written,
  callee: PyFunction,
  calls: CallChange,
  level = 0,
): Outcome[] {
  return new CallChanger(context, call, callee, calls, level).change()
}

class CallChanger {
  private readonly text: string
  private readonly at: At
  private readonly given: readonly (PyArgument & { readonly parameter: string | undefined })[]

  constructor(
    private readonly context: FieldChange,
    private readonly call: Written,
    callee: PyFunction,
    private readonly calls: CallChange,
    private readonly level: number,
  ) {
    const { node, frame } = call
    this.text = frame.module.source.text
    this.at = { file: frame.module.source.path, start: node.start }
    const names = callee.parameters.map((one) => one.name).filter((name) => !/^(?:self|cls)$/.test(name))
    let position = 0
    this.given = callArguments(node).map((one) => ({ ...one, parameter: one.name ?? names[position++] }))
  }

  change(): Outcome[] {
    const { calls } = this
    const isSplat = this.given.some(({ value }) => /splat/.test(value.kind))
    const isTouched =
      calls.dropped.length > 0 ||
      [calls.renamed, calls.required, calls.retyped].some((one) => one !== undefined)
    if (isSplat && isTouched) return [blocked(this.at, 'what it is given shows only when it runs')]
    const dropped = this.given.filter(({ parameter }) => calls.dropped.includes(parameter ?? ''))
    const kept = dropped.map(({ value }) => this.findKept(value)).find((one) => one !== undefined)
    if (kept !== undefined) return [kept]
    return [
      ...this.dropAll(dropped),
      ...this.renameKeyword(),
      ...this.nameAll(),
      ...this.give(),
      ...this.refit(),
    ]
  }

  /** Why an argument cannot go: it does something, or a local would be read by nothing. */
  private findKept(value: Node): Outcome | undefined {
    const at = { ...this.at, start: value.start }
    if (DOES.test(value.kind) || value.descendants(...EFFECTS).length > 0)
      return blocked(at, `\`${value.text}\` does something, and would not be done any more`)
    const { frame } = this.call
    const own = frame.scope?.function
    const locals =
      own === undefined ? [] : namesIn(value).flatMap(({ text }) => findLocal(frame.module, own, text) ?? [])
    const idle = locals.find(
      (local) =>
        local.bindings.every((one) => isKind(one.parent, 'assignment')) &&
        local.reads.every((read) => value.holds(read)),
    )
    return idle === undefined
      ? undefined
      : blocked(at, `nothing else reads \`${idle.name}\`, which is made for it`)
  }

  private dropAll(dropped: typeof this.given): Outcome[] {
    const list = this.call.node.child('arguments')
    if (dropped.length === 0 || list === undefined) return []
    const items = itemsOf(list)
    const indexes = dropped.map((one) => this.given.indexOf(one))
    const edits = dropItems(this.text, list, items, new Set(indexes))
    const own = this.call.frame.scope?.function
    const parameters = dropped.flatMap(({ value }) =>
      own?.parameters.some((one) => one.name === value.text) === true && readsOf(own, value.text).length === 1
        ? [value.text]
        : [],
    )
    const forwarder =
      parameters.length > 0 && this.level < MAX_LEVELS ? forwarderAround(this.context, this.call) : undefined
    if (forwarder !== undefined)
      return [changed(this.at, inFile(this.at.file, edits)), ...this.dropFrom(forwarder, parameters)]
    const idle = parameters.map((name) => `\`${own?.name}\` takes \`${name}\`, which goes nowhere any more`)
    return [changed(this.at, inFile(this.at.file, edits), { here: idle })]
  }

  /** What becomes of the calls of a function that hands a value on. */
  private alsoCallers(forwarder: Forwarder, calls: CallChange): Outcome[] {
    return forwarder.callers.flatMap((one) =>
      changeCall(this.context, { node: one.call, frame: one.at }, forwarder.function, calls, this.level + 1),
    )
  }

  private dropFrom(forwarder: Forwarder, parameters: readonly string[]): Outcome[] {
    const signature = signatureOf(this.call.frame.module, forwarder.function)
    if (signature === undefined) return []
    const at = { ...this.at, start: forwarder.function.node.start }
    const calls: CallChange = { ...this.calls, dropped: parameters }
    return [
      changed(at, inFile(at.file, dropParameters(signature, parameters))),
      ...this.alsoCallers(forwarder, calls),
    ]
  }

  private renameKeyword(): Outcome[] {
    const { renamed } = this.calls
    const argument = this.call.node
      .child('arguments')
      ?.children.find((one) => isKind(one, 'keyword_argument') && one.name === renamed?.from)
    const name = argument?.child('name')
    if (renamed === undefined || name === undefined) return []
    return [
      changed(
        { ...this.at, start: name.start },
        inFile(this.at.file, [{ start: name.start, end: name.end, text: renamed.to }]),
      ),
    ]
  }

  /** Gives by their names what cannot be given by its place any more. */
  private nameAll(): Outcome[] {
    const edits = this.given.flatMap(({ name, value, parameter }): Edit[] =>
      name === undefined && parameter !== undefined && this.calls.named.includes(parameter)
        ? [{ start: value.start, end: value.start, text: `${parameter}=` }]
        : [],
    )
    return edits.length === 0 ? [] : [changed(this.at, inFile(this.at.file, edits))]
  }

  /** Gives a value for a parameter that comes in, or has to be given from now on. */
  private give(): Outcome[] {
    const { added, required } = this.calls
    const name = added?.name ?? required
    if (name === undefined) return []
    const pass = this.passHere()
    const there = this.given.find(({ parameter }) => parameter === name)
    if (there !== undefined) {
      const isSame = pass === undefined || pass.expression === there.value.text
      return isSame
        ? [changed(this.at, [], passedBy(pass))]
        : [blocked(this.at, `\`${there.value.text}\` is given for \`${name}\` already`)]
    }
    if (pass !== undefined) return [changed(this.at, this.argument(name, pass.expression), passedBy(pass))]
    const forwarder =
      added === undefined || this.level >= MAX_LEVELS ? undefined : forwarderAround(this.context, this.call)
    const isFree = forwarder !== undefined && !localsOf(forwarder.function).has(name)
    if (forwarder !== undefined && added !== undefined && isFree) return this.handOn(forwarder, added)
    const isRequired = required !== undefined || added?.isRequired === true
    const outcome = advised(this.at, `it gives no \`${name}\``)
    return [{ ...outcome, lacks: isRequired ? 'required' : 'optional' }]
  }

  private handOn(forwarder: Forwarder, added: NonNullable<CallChange['added']>): Outcome[] {
    const signature = signatureOf(this.call.frame.module, forwarder.function)
    if (signature === undefined) return []
    const { file } = this.at
    const requirements = libraries(file, pythonNeeds(added.field.type))
    const head = addParameter(signature, added.text, !added.isRequired)
    return [
      changed(this.at, this.argument(added.name, added.name)),
      changed({ file, start: forwarder.function.node.start }, inFile(file, head), { requirements }),
      ...forwarder.callers.flatMap((one) =>
        changeCall(
          this.context,
          { node: one.call, frame: one.at },
          forwarder.function,
          this.calls,
          this.level + 1,
        ),
      ),
    ]
  }

  /** Sees that what is given is of the type that a parameter takes from now on. */
  private refit(): Outcome[] {
    const { retyped } = this.calls
    const value = this.given.find(({ parameter }) => parameter === retyped?.name)?.value
    if (retyped === undefined || value === undefined) return []
    const takes = takenType(retyped.after)
    if (isAssignable(retyped.took, takes, true)) return []
    const isFit = isKind(value, 'none')
      ? takes.kind === 'nullable'
      : isAssignable(givenType({ node: value, frame: this.call.frame }), takes, true)
    return isFit ? [] : (this.retypeForwarder(value, retyped) ?? [this.unfit(value, takes)])
  }

  private unfit(value: Node, type: FieldType): Outcome {
    const taken = printPythonType(type, readPythonStyle(this.call.frame.module, WIDE))
    return blocked(
      { ...this.at, start: value.start },
      `\`${value.text}\` is given for it, which nothing tells to be \`${taken}\``,
    )
  }

  /** The parameter of a function that hands it on takes the new type as well, where it took the old one. */
  private retypeForwarder(value: Node, retyped: NonNullable<CallChange['retyped']>): Outcome[] | undefined {
    const { module, scope } = this.call.frame
    const own = scope?.function.parameters.find((one) => one.name === value.text)
    const took = own?.annotation === undefined ? undefined : readPythonType(own.annotation, module)
    if (
      took === undefined ||
      !isAssignable(took, retyped.took, true) ||
      !isDefault(own?.default, retyped.after)
    )
      return undefined
    const forwarder = this.level >= MAX_LEVELS ? undefined : forwarderAround(this.context, this.call)
    const signature = forwarder === undefined ? undefined : signatureOf(module, forwarder.function)
    const { lineLength } = this.context.layout.backend
    const head =
      signature === undefined
        ? undefined
        : retypeParameter(signature, value.text, retyped.after, readPythonStyle(module, lineLength))
    if (forwarder === undefined || head === undefined) return undefined
    const { file } = this.at
    const requirements = libraries(file, pythonNeeds(retyped.after.type))
    const calls: CallChange = {
      ...this.calls,
      required: head.required,
      named: head.named,
      retyped: { ...retyped, name: value.text, took },
    }
    return [
      changed({ file, start: forwarder.function.node.start }, inFile(file, head.edits), { requirements }),
      ...this.alsoCallers(forwarder, calls),
    ]
  }

  private argument(name: string, value: string): ReturnType<typeof inFile> {
    const list = this.call.node.child('arguments')
    return list === undefined ? [] : inFile(this.at.file, insertArgument(this.text, list, `${name}=${value}`))
  }

  private passHere(): PassSpec | undefined {
    const { line, column } = placeOf(this.call.frame.module.source, this.call.node.start)
    return this.context.passes.find(
      (one) =>
        one.file === this.at.file && one.line === line && (one.column === undefined || one.column === column),
    )
  }
}

function passedBy(pass: PassSpec | undefined): Pick<Outcome, 'passed'> {
  return pass === undefined ? {} : { passed: pass }
}

/** Whether a default may be taken away or replaced: there is none, or it says that nothing is given. */
function isDefault(value: Node | undefined, { default: own }: Field): boolean {
  return value === undefined || value.text === 'None' || (own !== undefined && value.text === printValue(own))
}

const WIDE = Number.POSITIVE_INFINITY

const EFFECTS = ['call', 'await', 'named_expression', 'yield'] as const
const DOES = /^(?:call|await|named_expression|yield)$/

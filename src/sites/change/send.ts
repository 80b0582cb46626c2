import { type Emit, findEmits } from '../../channel/emits.js'
import type { PythonModule } from '../../lang/module.js'
import { printString, printValue } from '../../lang/python/print.js'
import { isKind } from '../../lang/tree.js'
import { readPythonStyle } from '../../layout/style.js'
import { type ShapeField, wireKey } from '../../payload/shape.js'
import type { Field } from '../../spec/field-type.js'
import { insertItem } from '../../workspace/items.js'
import type { FieldChange, Occurrence, Outcome } from '../site.js'
import { changeCall } from './calls.js'
import { dropEntry, entryAt, itemsOf, renameKey } from './entries.js'
import { factoriesOf, planFactory } from './factory.js'
import { advised, blocked, changed, inFile, notNeeded, present } from './outcome.js'

/** What is done about a field where the server sends the event. */
export function changeSend(context: FieldChange, found: Occurrence): Outcome[] {
  const emits = findEmits(context).filter((one) => one.file === found.file && one.start === found.start)
  return emits.flatMap((emit) =>
    emit.kind === 'factory' ? changeUse(context, emit) : changeByHand(context, emit),
  )
}

/** A use of the factory: a call of it, or the factory itself, which is called where nobody sees. */
function changeUse(context: FieldChange, emit: Emit): Outcome[] {
  return factoriesOf(context)
    .filter(({ method }) => method.name === emit.name)
    .flatMap((factory): Outcome[] => {
      const { calls } = planFactory(context, factory)
      if (isKind(emit.at.node, 'call')) return changeCall(context, emit.at, factory.method, calls)
      const isSame =
        calls.dropped.length === 0 &&
        [calls.renamed, calls.required, calls.retyped].every((one) => one === undefined)
      if (isSame && calls.added?.isRequired !== true) return []
      return [blocked(emit, `\`${emit.at.node.text}\` is handed on, and called where nobody sees`)]
    })
}

/** A message that is made past the factories. */
export function changeByHand(context: FieldChange, emit: Emit): Outcome[] {
  const { before, after, wireCase } = context
  const unread = emit.payload.unread[0]
  if (unread !== undefined) return [blocked(emit, `its payload is not read as a whole: ${unread.reason}`)]
  const keyOf = (field: Field | undefined): ShapeField | undefined =>
    field === undefined ? undefined : emit.payload.keys.find((one) => one.key === wireKey(field, wireCase))
  const [old, next] = [keyOf(before), keyOf(after)]
  if (before === undefined)
    return after === undefined || next !== undefined ? [present(emit)] : [addByHand(context, emit, after)]
  if (old === undefined)
    return [next === undefined ? notNeeded(emit, 'it does not send the field') : present(emit)]
  const module = moduleAt(context, emit, old)
  const entry = module === undefined ? undefined : entryAt(module, old)
  if (module === undefined || entry === undefined)
    return [blocked(emit, `\`${old.key}\` is set in a way that is not changed here`)]
  const at = { file: module.source.path, start: entry.node.start }
  if (after === undefined) {
    const edits = dropEntry(module.source.text, entry)
    const isIdle =
      entry.value.descendants('call', 'await', 'named_expression').length === 0 &&
      !/^(?:call|await)$/.test(entry.value.kind)
    if (edits === undefined || !isIdle)
      return [blocked(at, `\`${entry.value.text}\` does something, and would not be done any more`)]
    return [changed(at, inFile(at.file, edits))]
  }
  const key = wireKey(after, wireCase)
  if (key !== old.key)
    return next === undefined
      ? [changed(at, inFile(at.file, renameKey(entry, key)))]
      : [blocked(at, `\`${key}\` is set as well`)]
  return [advised(at, 'the message is made by hand, and its value is for people to see to')]
}

function moduleAt({ repository }: FieldChange, emit: Emit, { file }: ShapeField): PythonModule | undefined {
  return file === undefined ? emit.at.frame.module : repository.python(file)
}

/** Nothing where the field may be missing; its default or null where it is always sent. */
function addByHand({ layout, wireCase }: FieldChange, emit: Emit, field: Field): Outcome {
  if (field.optional) return advised(emit, 'the message is made by hand, and does not send the field')
  const { module } = emit.at.frame
  const given = emit.payload.keys.map((key) => entryAt(module, key)).find((one) => one?.form === 'pair')
  const dict = given?.node.parent
  const value = field.default ?? (field.type.kind === 'nullable' ? null : undefined)
  if (dict === undefined || value === undefined)
    return blocked(emit, 'the message is made by hand, and would lack the field')
  const items = itemsOf(dict)
  const key = printString(wireKey(field, wireCase), readPythonStyle(module, layout.backend.lineLength).quote)
  const edits = insertItem(module.source.text, dict, items, items.length, `${key}: ${printValue(value)}`)
  return changed(emit, inFile(emit.file, edits))
}

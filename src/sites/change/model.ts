import type { PythonModule } from '../../lang/module.js'
import { python } from '../../lang/python/language.js'
import { stringValue } from '../../lang/python/literals.js'
import { callArguments, classesOf, type PyAssignment, type PyClass } from '../../lang/python/query.js'
import { wordsOf } from '../../lang/python/words.js'
import type { Node } from '../../lang/tree.js'
import { type PythonStyle, pageOf, readPythonStyle } from '../../layout/style.js'
import { printModelDefault, printPythonType, pythonNeeds } from '../../payload/python.js'
import { wireKey } from '../../payload/shape.js'
import { isAssignable } from '../../spec/assignable.js'
import { type Field, nullable } from '../../spec/field-type.js'
import { camelToSnake } from '../../spec/names.js'
import { cutLines } from '../../workspace/cut.js'
import type { Edit } from '../../workspace/edits.js'
import { dropItems, insertItem } from '../../workspace/items.js'
import { indentAt } from '../../workspace/source.js'
import { endWithComment, PYTHON_COMMENT } from '../anchors/blocks.js'
import { FIELD, fieldNamer, printModelField, simpleDefault, usesFieldCall } from '../model-field.js'
import { indentBlock } from '../render.js'
import type { FieldChange, Outcome } from '../site.js'
import { type At, blocked, changed, inFile, libraries, notNeeded, present } from './outcome.js'
import { takenType } from './retyped.js'

/** What is done about a field in the model that stands at a place, and in nothing that it is made of. */
export function changeModel(context: FieldChange, found: At): Outcome[] {
  const { repository, layout, before, after, direction } = context
  const module = repository.python(found.file)
  const one = classesOf(module).find((candidate) => candidate.node.start === found.start)
  if (one === undefined) return []
  const style = readPythonStyle(module, layout.backend.lineLength)
  const old = before === undefined ? undefined : fieldIn(one, context, before)
  const next = after === undefined ? undefined : fieldIn(one, context, after, true)
  if (after === undefined) return old === undefined ? [absent(found)] : [take(context, module, one, old)]
  const name = fieldNamer(direction)(after)
  if (before === undefined)
    return next === undefined
      ? [add(context, module, one, after, style)]
      : [compare(context, found, next, after, style)]
  if (wireKey(before, context.wireCase) !== wireKey(after, context.wireCase)) {
    if (old === undefined) return [absent(found)]
    if (next !== undefined && next !== old)
      return [blocked(at(found, next), `\`${next.name}\` is there as well`)]
    return [rename(context, module, one, old, name)]
  }
  if (old === undefined) return [absent(found)]
  const use = isTakenAlike(before, after, direction) ? undefined : findUse(context, one, old.name)
  if (use !== undefined)
    return [blocked(use, `\`${old.name}\` of \`${one.name}\` is used there, and would be of another type`)]
  const base = indentAt(module.source.text, old.node.start)
  const isAsWritten = old.node.text === printed(context, before, style, base)
  if (!isAsWritten) return [retype(found, module, old, after, style)]
  const { start, end } = old.node
  const text = printed(context, after, style, base)
  const edits = text === old.node.text ? [] : [{ start, end, text }]
  return [changed(at(found, old), inFile(found.file, edits), { requirements: needs(found.file, after) })]
}

/** Whether whoever reads what comes in, or makes what goes out, does right by the new type as it did by the old one. */
function isTakenAlike(before: Field, after: Field, direction: FieldChange['direction']): boolean {
  const [from, to] = direction === 'client-to-server' ? [after, before] : [before, after]
  const isLeft =
    direction === 'client-to-server' || after.optional || after.default !== undefined || !before.optional
  return isLeft && isAssignable(takenType(from), takenType(to), true)
}

function absent(found: At): Outcome {
  return notNeeded(found, 'the model does not have it')
}

function at({ file }: At, { node }: PyAssignment): At {
  return { file, start: node.start }
}

/**
 * The field of a model that stands for one of the payload: by its alias, by its key, or by its name where that is no
 * other one's key.
 */
function fieldIn(one: PyClass, context: FieldChange, field: Field, isNew = false): PyAssignment | undefined {
  const { wireCase, direction, rows, event } = context
  const key = wireKey(field, wireCase)
  const sent = rows
    .of(event, 'python-factory')
    .flatMap(({ shape }) => (shape ?? []).map((other) => other.key))
  const isOther = sent.some((other) => other !== key && camelToSnake(other) === field.name)
  const names = [
    fieldNamer(direction)(field),
    camelToSnake(key),
    key,
    ...(isNew || isOther ? [] : [field.name]),
  ]
  const fields = one.assignments.filter(({ annotation }) => annotation !== undefined)
  const named = names.map((name) => fields.find((other) => bareName(other.name) === bareName(name)))
  const aliased = fields.find(({ value }) => aliasOf(value)?.value === key)
  return aliased ?? named.find((other) => other !== undefined)
}

function bareName(name: string): string {
  return name.replace(/_$/, '')
}

/** The string of `Field(alias="…")`. */
function aliasOf(value: Node | undefined): { node: Node; value: string } | undefined {
  if (value?.kind !== 'call') return undefined
  const node = callArguments(value).find((argument) => argument.name === 'alias')?.value
  const text = stringValue(node)
  return node === undefined || text === undefined ? undefined : { node, value: text }
}

function add(
  context: FieldChange,
  module: PythonModule,
  one: PyClass,
  field: Field,
  style: PythonStyle,
): Outcome {
  const { source } = module
  const here = { file: source.path, start: one.node.start }
  const last = one.assignments.findLast(({ annotation }) => annotation !== undefined)
  if (last === undefined) return blocked(here, `a field of \`${one.name}\` to stand behind`)
  const base = indentAt(source.text, last.node.start)
  const offset = endWithComment(source.text, last.node.end, PYTHON_COMMENT)
  const edit = { start: offset, end: offset, text: `\n${base}${printed(context, field, style, base)}` }
  return changed(here, inFile(source.path, [edit]), { requirements: needs(source.path, field) })
}

/** A field as the tool writes it, behind the white space that its line begins with. */
function printed(
  { direction, wireCase }: FieldChange,
  field: Field,
  style: PythonStyle,
  base: string,
): string {
  const name = fieldNamer(direction)(field)
  const text = printModelField(field, name, wireKey(field, wireCase), style, pageOf(style, 0))
  // It is printed one level deep, as it stands in a class.
  return indentBlock(text.replaceAll('\n\t', '\n'), style.indent, base).slice(base.length)
}

function needs(file: string, field: Field): ReturnType<typeof libraries> {
  return libraries(file, [...pythonNeeds(field.type), ...(usesFieldCall(field) ? [FIELD] : [])])
}

/** A field that is there where one is to come in: the same, or another one. */
function compare(
  context: FieldChange,
  found: At,
  there: PyAssignment,
  field: Field,
  style: PythonStyle,
): Outcome {
  const wanted = retype(found, context.repository.python(found.file), there, field, style)
  if (wanted.kind === 'present') return wanted
  return blocked(
    at(found, there),
    `\`${there.node.text}\` is there, and is another field: --set-type changes it`,
  )
}

function take(context: FieldChange, module: PythonModule, one: PyClass, field: PyAssignment): Outcome {
  const { source } = module
  const here = { file: source.path, start: field.node.start }
  const use = findUse(context, one, field.name)
  if (use !== undefined) return blocked(use, `\`${field.name}\` of \`${one.name}\` is used there`)
  const lines = cutLines(source.text, field.node)
  if (lines === undefined) return blocked(here, 'a field on lines of its own')
  const isLast = one.body.children.filter((child) => child.isNamed && child.kind !== 'comment').length === 1
  const text = isLast ? `\n${indentAt(source.text, field.node.start)}pass` : ''
  return changed(here, inFile(source.path, [{ ...lines, text }]))
}

function rename(
  context: FieldChange,
  module: PythonModule,
  one: PyClass,
  field: PyAssignment,
  name: string,
): Outcome {
  const { source } = module
  const here = { file: source.path, start: field.node.start }
  const alias = aliasOf(field.value)
  const taken = one.assignments.find((other) => other !== field && other.name === name)
  if (taken !== undefined)
    return blocked({ ...here, start: taken.node.start }, `\`${name}\` is there as well`)
  const { start } = field.node
  const use = findUse(context, one, field.name)
  // A name that is not that of its key need not be another one with it.
  const isOwn = alias !== undefined && bareName(field.name) !== camelToSnake(alias.value)
  if (use !== undefined && !isOwn) return blocked(use, `\`${field.name}\` of \`${one.name}\` is used there`)
  const isKept = isOwn || field.name === name
  const edits: Edit[] = isKept ? [] : [{ start, end: start + field.name.length, text: name }]
  const key = context.after === undefined ? name : wireKey(context.after, context.wireCase)
  if (alias !== undefined) edits.push({ start: alias.node.start + 1, end: alias.node.end - 1, text: key })
  return changed(here, inFile(source.path, edits))
}

/** Where else a field of a model is named: given to it by its keyword, or read. */
function findUse({ repository, layout }: FieldChange, one: PyClass, name: string): At | undefined {
  for (const file of repository.saying(layout.backend.folder, python.extensions, [one.name])) {
    const module = repository.python(file)
    const isUsed = wordsOf(module).some(
      ({ text, isString, start }) => !isString && text === one.name && !isDeclared(module, start),
    )
    if (!isUsed) continue
    const named = module.root.descendants('keyword_argument').find((node) => {
      const callee = node.parent?.parent?.textOf('function') ?? ''
      return node.name === name && callee.split('.').at(-1) === one.name
    })
    if (named !== undefined) return { file, start: named.start }
    const read = module.root
      .descendants('attribute')
      .find((node) => node.textOf('attribute') === name && !/^(?:self|cls)\b/.test(node.textOf('object')))
    if (read !== undefined) return { file, start: read.start }
  }
  return undefined
}

/** Whether a name stands where it is defined or imported. */
function isDeclared(module: PythonModule, start: number): boolean {
  return module.root
    .descendants('import_from_statement', 'class_definition')
    .some((node) =>
      node.kind === 'class_definition'
        ? node.child('name')?.start === start
        : node.start <= start && start < node.end,
    )
}

/** Annotation and default as the new type has them; the rest of the line stays. */
function retype(
  found: At,
  module: PythonModule,
  there: PyAssignment,
  field: Field,
  style: PythonStyle,
): Outcome {
  const { source } = module
  const assignment = there.node.children[0]
  const type = assignment?.child('type')
  const here = at(found, there)
  if (type === undefined) return blocked(here, 'an annotation')
  const wanted = printPythonType(field.optional ? nullable(field.type) : field.type, style)
  const annotation = type.text === wanted ? [] : [{ start: type.start, end: type.end, text: wanted }]
  const edits = [...annotation, ...defaultEdits(source.text, there, type, field)]
  if (edits.length === 0) return present(here)
  return changed(here, inFile(source.path, edits), {
    requirements: libraries(source.path, pythonNeeds(field.type)),
  })
}

function defaultEdits(text: string, { value }: PyAssignment, type: Node, field: Field): Edit[] {
  const wanted = simpleDefault(field)
  const isMade = field.default !== undefined && printModelDefault(field.type, field.default).factory
  if (value === undefined)
    return wanted === undefined ? [] : [{ start: type.end, end: type.end, text: ` = ${wanted}` }]
  if (value.kind !== 'call' || !/(?:^|\.)Field$/.test(value.textOf('function'))) {
    if (wanted === undefined) return isMade ? [] : [{ start: type.end, end: value.end, text: '' }]
    return value.text === wanted ? [] : [{ start: value.start, end: value.end, text: wanted }]
  }
  const list = value.child('arguments')
  const items = (list?.children ?? []).filter((child) => child.isNamed && child.kind !== 'comment')
  const index = items.findIndex(
    (one) => one.kind !== 'keyword_argument' || /^default(?:_factory)?$/.test(one.name),
  )
  const item = items[index]
  const given = item?.kind === 'keyword_argument' ? item.child('value') : item
  if (list === undefined || (item === undefined && wanted === undefined)) return []
  if (item === undefined || given === undefined) return insertItem(text, list, items, 0, `default=${wanted}`)
  if (wanted !== undefined)
    return given.text === wanted && item.name !== 'default_factory'
      ? []
      : [{ start: item.start, end: item.end, text: `default=${wanted}` }]
  return isMade ? [] : dropItems(text, list, items, new Set([index]))
}

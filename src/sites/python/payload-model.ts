import { findEnum } from '../../channel/enum.js'
import { findEnvelope } from '../../channel/envelope.js'
import { readReexport, readReexportCustom } from '../../channel/reexports.js'
import { lookUp } from '../../group.js'
import type { PythonModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { spellImport } from '../../lang/python/imports.js'
import { literalValue, stringValue } from '../../lang/python/literals.js'
import { printDocstring } from '../../lang/python/print.js'
import { boundNames, callArguments, classesOf, type PyClass } from '../../lang/python/query.js'
import type { Node } from '../../lang/tree.js'
import { majority, pageOf, readPythonStyle } from '../../layout/style.js'
import { pythonNeeds, readPythonType } from '../../payload/python.js'
import { type ShapeField, wireKey } from '../../payload/shape.js'
import type { JsonValue } from '../../spec/field-type.js'
import { placeOf } from '../../workspace/place.js'
import { endWithComment, PYTHON_COMMENT, placeApart, placeBehind } from '../anchors/blocks.js'
import { partnerAt } from '../anchors/partner.js'
import { wholeBlock } from '../anchors/whole.js'
import { changeModel } from '../change/model.js'
import { FIELD, fieldNamer, printModelField, usesFieldCall } from '../model-field.js'
import { followingModel, modelName, ownersOfModels } from '../naming.js'
import { namedPythonImports } from '../requirements/named-types.js'
import { findHiddenLibrary } from '../requirements/python-library.js'
import { type Half, NO_LEEWAY, type Occurrence, type Requirement, type Site } from '../site.js'

declare module '../site.js' {
  interface SitesByKey {
    'python-payload-model': Site
  }
}

/**
 * The pydantic model that declares the payload, snake_case, and its re-export where the package has one.
 *
 *     + class SeatTakenPayload(BaseModel):
 *     +     """Payload for seat_taken events."""
 *     +
 *     +     seat_id: str
 *     +     note: str | None = None
 */
export const pythonPayloadModel: Site = {
  id: 'python-payload-model',
  title: 'payload model',
  template: 'python-payload-model',
  side: 'server',
  direction: undefined,
  role: 'declares',
  payload: 'fields',
  linked: { through: [], ownNames: (event) => [modelName(event)], isShared: false },
  leeway: { ...NO_LEEWAY, isOptional: true },
  listed: { item: 'model', isMain: true, letter: 'M', column: 'model', isOptional: true },
  needs: [],

  survey({ repository, channel, rows }) {
    const module = repository.python(channel.envelope.file)
    const classes = classesOf(module)
    const ownerOf = ownersOfModels(rows)
    return rows.events().flatMap((event): Occurrence[] => {
      if (ownerOf(event) !== undefined) return []
      const one = lookUp(classes, modelName(event))
      if (one === undefined) return []
      return [
        {
          event,
          file: channel.envelope.file,
          start: one.node.start,
          end: one.node.end,
          shape: readModel(module, one),
        },
      ]
    })
  },

  notNeeded(target) {
    if (target.fields.length === 0) return 'the event has no fields'
    const other = ownersOfModels(target.rows)(target.spec.names.snake)
    const isThere = target.rows.of(target.spec.names.snake, 'python-enum-member').length > 0
    return other !== undefined && isThere
      ? `\`${modelName(target.spec.names.snake)}\` is the payload of \`${other}\``
      : undefined
  },

  findTaken(target) {
    const { repository, channel, spec, fields } = target
    const name = modelName(spec.names.snake)
    for (const file of [
      channel.envelope.file,
      // The re-export of a model that is not there is this model's.
      ...(channel.reexports === undefined || readReexport(target, name)?.imported !== undefined
        ? []
        : [channel.reexports]),
    ]) {
      const module = repository.python(file)
      const other = boundNames(module).get(name)
      if (other !== undefined) return { name, place: placeOf(module.source, other.start) }
    }
    const names = fields.map(fieldNamer(target.direction))
    return findHiddenLibrary(repository.python(channel.envelope.file), this.requirements(target), names)
  },

  anchor(target) {
    const { channel, layout } = target
    const found = findEnvelope(target)
    if (found === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `the class \`${channel.envelope.name}\``,
        place: { file: channel.envelope.file },
      }
    }
    const { module } = found
    const { text } = module.source
    const enumOfFile = channel.enum.file === channel.envelope.file ? findEnum(target)?.one : undefined
    const models = classesOf(module).filter(
      (one) => one.name.endsWith('Payload') && one.node.start < found.one.node.start,
    )
    const partner = partnerAt(target, 'python-payload-model')
    const beside =
      target.partner?.side === 'before'
        ? partner
        : module.root.children.findLast((one) => one.kind !== 'comment' && one.end <= (partner?.start ?? 0))
    const previous = beside ?? models.at(-1)?.node ?? enumOfFile?.node
    const { indent } = readPythonStyle(module, layout.backend.lineLength)
    const shared = { kind: 'anchor', file: channel.envelope.file, indent, base: '' } as const
    if (previous !== undefined) {
      return { ...shared, place: placeBehind(endWithComment(text, previous.end, PYTHON_COMMENT), 2) }
    }
    return { ...shared, place: placeApart(text, found.one.node.start) }
  },

  shape(target) {
    const nameOf = fieldNamer(target.direction)
    return target.fields.map((field) => {
      // A model cannot tell a field that may be missing from one that is null by default.
      const isNone = field.optional || field.default === null
      const type = isNone && field.type.kind === 'nullable' ? field.type.item : field.type
      return { key: nameOf(field), type, optional: isNone }
    })
  },

  view(target) {
    const { repository, channel, layout, spec, fields, wireCase } = target
    const module = repository.python(channel.envelope.file)
    const style = readPythonStyle(module, layout.backend.lineLength)
    const page = pageOf(style, 0)
    const nameOf = fieldNamer(target.direction)
    const base = usualBase(module) ?? findEnvelope(target)?.one.bases[0] ?? 'BaseModel'
    return {
      name: modelName(spec.names.snake),
      base,
      docstring: printDocstring(spec.description ?? `Payload for ${spec.names.snake} events.`, page, 1),
      fields: fields.map((field) =>
        printModelField(field, nameOf(field), wireKey(field, wireCase), style, page),
      ),
    }
  },

  requirements(target) {
    const { channel, fields, spec, namedTypes } = target
    const file = channel.envelope.file
    const name = modelName(spec.names.snake)
    const imports = fields
      .flatMap((field) => pythonNeeds(field.type))
      .map((need): Requirement => ({ kind: 'python-library', file, ...need }))
    const usesField = fields.some(usesFieldCall)
    return [
      ...imports,
      ...namedPythonImports(fields, namedTypes, file),
      ...(usesField ? [{ kind: 'python-library', file, ...FIELD } as const] : []),
      ...reexport(target, file, name),
    ]
  },
  change: changeModel,

  cut({ repository }, { file, start, end }) {
    return wholeBlock(repository.workspace.read(file), { start, end })
  },

  goneNames: (_context, { event, file }) => [{ name: modelName(event), file, as: 'import' }],
}

function reexport(target: Half, from: string, name: string): Requirement[] {
  const { channel, partner } = target
  if (channel.reexports === undefined) return []
  const own = [name, ...(partner === undefined ? [] : [modelName(partner.event)])]
  return readReexportCustom(target, own).isImported
    ? [{ kind: 'python-export', file: channel.reexports, from, name, before: followingModel(target) }]
    : []
}

/** Whether a call is pydantic's `Field(…)`, however the module says that. */
function isField(module: PythonModule, call: Node): boolean {
  const callee = (call.child('function') ?? call).text
  return callee === 'Field' || callee === spellImport(module, FIELD).text
}

/** What a field of a model is when nothing is given, and what its `Field(…)` says about it. */
function readDefault(
  module: PythonModule,
  value: Node | undefined,
): { value: JsonValue | undefined; description: string | undefined } {
  if (value?.kind !== 'call' || !isField(module, value))
    return { value: literalValue(value), description: undefined }
  const given = callArguments(value)
  const argument = (name: string): Node | undefined => given.find((one) => one.name === name)?.value
  const factory = argument('default_factory')
  const made = factory === undefined ? undefined : { list: [], dict: {} }[factory.text]
  const first = given.find((one) => one.name === undefined)?.value
  return {
    value: made ?? literalValue(argument('default') ?? first),
    description: stringValue(argument('description')),
  }
}

function readModel(module: PythonModule, one: PyClass): ShapeField[] {
  return one.assignments.flatMap((field) => {
    if (field.annotation === undefined) return []
    const type = readPythonType(field.annotation, module)
    const { value, description } = readDefault(module, field.value)
    const isNone = value === null
    const isOptional = isNone && (type.kind === 'nullable' || (type.kind === 'scalar' && type.name === 'any'))
    return [
      {
        key: field.name,
        type: isOptional && type.kind === 'nullable' ? type.item : type,
        optional: isOptional,
        ...(value === undefined || isOptional ? {} : { default: value }),
        ...(description === undefined ? {} : { description }),
      },
    ]
  })
}

/** What most models of payloads are based on. */
const usualBase = perModule((module: PythonModule) =>
  majority(
    classesOf(module)
      .filter((one) => one.name.endsWith('Payload'))
      .flatMap((one) => one.bases.slice(0, 1)),
  ),
)

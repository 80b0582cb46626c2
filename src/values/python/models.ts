import { stringValue } from '../../lang/python/literals.js'
import { callArguments, type PyAssignment, type PyClass } from '../../lang/python/query.js'
import { isKind, type Node } from '../../lang/tree.js'
import { baseName } from '../../layout/python-names.js'
import { snakeToCamel } from '../../spec/names.js'
import { boundTo } from './bound.js'
import { type Entries, type Entry, unreadEntries } from './entries.js'
import { bare, classNamed, deeper, type Frame, itemsOf } from './frame.js'
import { stringOf } from './strings.js'

/** A class whose fields are its annotations: a pydantic model, a `TypedDict`, a dataclass. */
export interface Model {
  readonly name: string
  readonly kind: 'pydantic' | 'typed-dict' | 'dataclass'
  readonly fields: readonly ModelField[]
  /** What makes aliases of names: its own, or that of a base. */
  readonly generator: Node | undefined
  /** Whether `model_dump` gives the aliases without being asked. */
  readonly dumpsAliases: boolean
  /** Whether it takes keys that it does not name: `extra="allow"`. */
  readonly isOpen: boolean
  /** Whether what it is dumped to is more than its fields: computed ones, a serializer of its own. */
  readonly dumpsMore: boolean
}

export interface ModelField {
  readonly name: string
  /** What the wire calls it; the name where it has no alias, undefined where it has one that cannot be read. */
  readonly alias: string | undefined
  /** What it is called when it comes in. */
  readonly validationAlias: string | undefined
  readonly annotation: string
  readonly hasDefault: boolean
  readonly isNullable: boolean
  /** Whether no dump has it: `Field(exclude=True)`. */
  readonly isHidden: boolean
  readonly node: Node
  /** The annotation. */
  readonly type: Node | undefined
  readonly frame: Frame
}

/** The model that a name means; undefined for what is none, or is not of the backend. */
export function modelNamed(frame: Frame, name: string): Model | undefined {
  const next = deeper(frame)
  const found = classNamed(frame, name)
  if (found === undefined || next === undefined) return undefined
  const own: Frame = { ...next, module: found.module, scope: undefined, given: new Map() }
  const bases = found.class.bases.map(baseName)
  const parents = bases.flatMap((base) => modelNamed(own, base) ?? [])
  const kind =
    parents[0]?.kind ??
    (bases.some((base) => /(?:^|\.)BaseModel$|(?:^|\.)RootModel$/.test(base))
      ? 'pydantic'
      : bases.some((base) => /(?:^|\.)TypedDict$/.test(base))
        ? 'typed-dict'
        : isDataclass(found.class)
          ? 'dataclass'
          : undefined)
  if (kind === undefined) return undefined
  const config = configOf(found.class)
  const generator =
    config.get('alias_generator') ?? parents.find((one) => one.generator !== undefined)?.generator
  const fields = found.class.assignments
    .filter(
      (one) =>
        one.annotation !== undefined && !/^ClassVar\b/.test(one.annotation) && !one.name.startsWith('_'),
    )
    .map((one) => fieldOf(own, one, generator, kind, isPartial(found.class)))
  const inherited = parents
    .flatMap((one) => one.fields)
    .filter((one) => !fields.some((other) => other.name === one.name))
  return {
    name: found.class.name,
    kind,
    fields: [...inherited, ...fields],
    generator,
    dumpsAliases:
      config.get('serialize_by_alias')?.text === 'True' || parents.some((one) => one.dumpsAliases),
    isOpen: stringValue(config.get('extra')) === 'allow' || parents.some((one) => one.isOpen),
    dumpsMore: hasSerializer(found.class) || parents.some((one) => one.dumpsMore),
  }
}

function isDataclass(one: PyClass): boolean {
  return one.node.children.some(
    (child) => child.kind === 'decorator' && /@(?:\w+\.)?dataclass\b/.test(child.text),
  )
}

function hasSerializer(one: PyClass): boolean {
  return one.body.children
    .flatMap((child) => child.children)
    .some(
      (child) =>
        child.kind === 'decorator' && /^@(?:\w+\.)?(?:computed_field|model_serializer)\b/.test(child.text),
    )
}

/** `class Seat(TypedDict, total=False)` */
function isPartial(one: PyClass): boolean {
  const definition = one.node.kind === 'decorated_definition' ? one.node.child('definition') : one.node
  return /\btotal\s*=\s*False\b/.test(definition?.textOf('superclasses') ?? '')
}

/** What a model's `model_config` or `Config` sets. */
function configOf(one: PyClass): ReadonlyMap<string, Node> {
  const config = new Map<string, Node>()
  const made = one.assignments.find((other) => other.name === 'model_config')?.value
  if (made?.kind === 'call')
    for (const { name, value } of callArguments(made)) if (name !== undefined) config.set(name, value)
  for (const pair of made?.kind === 'dictionary'
    ? made.children.filter((child) => child.kind === 'pair')
    : []) {
    const key = stringValue(pair.child('key'))
    const value = pair.child('value')
    if (key !== undefined && value !== undefined) config.set(key, value)
  }
  for (const inner of one.body.children.filter(
    (child) => child.kind === 'class_definition' && child.name === 'Config',
  ))
    for (const assignment of inner.descendants('assignment')) {
      const value = assignment.child('right')
      if (value !== undefined) config.set(assignment.textOf('left'), value)
    }
  return config
}

function fieldOf(
  frame: Frame,
  one: PyAssignment,
  generator: Node | undefined,
  kind: Model['kind'],
  isPartialClass: boolean,
): ModelField {
  const assignment = one.node.children[0]
  const annotation = one.annotation ?? ''
  const called =
    isKind(one.value, 'call') && /(?:^|\.)[Ff]ield$/.test(one.value.textOf('function'))
      ? one.value
      : undefined
  const given = called === undefined ? [] : callArguments(called)
  const alias = (...names: readonly string[]): string | undefined => {
    const value = names
      .map((name) => given.find((other) => other.name === name)?.value)
      .find((other) => other !== undefined)
    return value === undefined ? generatedAlias(generator, one.name) : stringOf(frame, value)
  }
  const first = given[0]?.name === undefined ? given[0]?.value : undefined
  const hasDefault =
    (called === undefined
      ? one.value !== undefined && one.value.text !== '...'
      : (first !== undefined && first.text !== '...') ||
        given.some((other) => /^default(?:_factory)?$/.test(other.name ?? ''))) ||
    (kind === 'typed-dict' && (isPartialClass || /^(?:\w+\.)*NotRequired\[/.test(annotation)))
  return {
    name: one.name,
    alias: alias('serialization_alias', 'alias'),
    validationAlias: alias('validation_alias', 'alias'),
    annotation,
    hasDefault,
    isHidden: given.some((other) => other.name === 'exclude' && other.value.text === 'True'),
    isNullable: /\|\s*None\b|\bNone\s*\||^(?:\w+\.)*Optional\[/.test(annotation),
    node: one.node,
    type: assignment?.child('type'),
    frame,
  }
}

/** The alias that a generator makes of a name; undefined for one that is not known. */
export function generatedAlias(generator: Node | undefined, name: string): string | undefined {
  if (generator === undefined) return name
  const made = /(\w+)$/.exec(generator.text)?.[1] ?? ''
  if (/^to_(?:lower_)?camel$|^camel_?(?:case|ize)$|^snake_to_camel$|^to_camel_case$/.test(made))
    return snakeToCamel(name)
  if (made === 'to_pascal') return snakeToCamel(name).replace(/^./, (first) => first.toUpperCase())
  return made === 'to_snake' ? name : undefined
}

const DUMPS = new Set(['model_dump', 'dict'])

/** What `Seat(…).model_dump(by_alias=True)` puts into a dict; undefined for a call that is no dump of a model. */
export function dumpedBy(frame: Frame, call: Node): Entries | undefined {
  const callee = call.child('function')
  const given = callArguments(call)
  if (isKind(callee, 'attribute')) {
    const object = callee.child('object')
    const method = callee.textOf('attribute')
    if (object === undefined || !DUMPS.has(method)) return undefined
    const made = madeModel(frame, object)
    return made === undefined ? undefined : dumpOf(frame, made, given, call)
  }
  if (callee !== undefined && /^(?:dataclasses\.)?asdict$/.test(callee.text)) {
    const made = given[0] === undefined ? undefined : madeModel(frame, given[0].value)
    return made === undefined ? undefined : dumpOf(frame, made, [], call)
  }
  return undefined
}

/** A model that was made: which, and by which call. */
interface MadeModel {
  readonly model: Model
  readonly call: Node | undefined
  readonly frame: Frame
}

/** The model that an expression is: a call of its class, a local that holds one, a parameter of its type. */
function madeModel(frame: Frame, node: Node): MadeModel | undefined {
  const next = deeper(frame)
  const one = bare(node)
  if (next === undefined) return undefined
  if (isKind(one, 'call')) {
    const callee = one.child('function')
    const name =
      isKind(callee, 'attribute') &&
      /^model_(?:validate|construct)$|^parse_obj$/.test(callee.textOf('attribute'))
        ? callee.textOf('object')
        : callee?.text
    const model = name === undefined || !/^[A-Za-z_]\w*$/.test(name) ? undefined : modelNamed(next, name)
    const isMade = name === callee?.text
    return model === undefined ? undefined : { model, call: isMade ? one : undefined, frame }
  }
  if (!isKind(one, 'identifier')) return undefined
  const bound = boundTo(frame, one)
  const [value, ...others] = bound?.values ?? []
  const known =
    value === undefined || others.length > 0
      ? undefined
      : madeModel({ ...value.frame, depth: next.depth }, value.node)
  if (known !== undefined) return known
  const around = frame.scope === undefined ? [] : [frame.scope.function, ...frame.scope.around]
  const parameter = around.flatMap((each) => each.parameters).find((each) => each.name === one.text)
  const annotation = parameter?.annotation ?? itemAnnotation(frame, one)
  const model = annotation === undefined ? undefined : modelNamed(next, typeName(annotation))
  return model === undefined ? undefined : { model, call: undefined, frame }
}

/** The annotation of what a comprehension names: `Seat` where it goes through a parameter that is a `list[Seat]`. */
export function itemAnnotation(frame: Frame, node: Node): string | undefined {
  const around = frame.scope === undefined ? [] : [frame.scope.function, ...frame.scope.around]
  for (const one of node.ancestors()) {
    const clause = one.children.find(
      (child) => child.kind === 'for_in_clause' && child.textOf('left') === node.text,
    )
    if (clause === undefined) continue
    const list = clause.textOf('right')
    const annotation = around
      .flatMap((each) => each.parameters)
      .find((each) => each.name === list)?.annotation
    return annotation === undefined
      ? undefined
      : /^["']?(?:\w+\.)*(?:list|List|Sequence|Iterable)\[(.+)\]["']?$/s.exec(annotation)?.[1]
  }
  return undefined
}

/** The class of an annotation: `"Seat"`, `Seat | None`. */
function typeName(annotation: string): string {
  return annotation
    .replace(/["']/g, '')
    .replace(/\s*\|\s*None$/, '')
    .replace(/^Optional\[(.*)\]$/s, '$1')
    .trim()
}

function dumpOf(
  frame: Frame,
  { model, call: made }: MadeModel,
  given: ReturnType<typeof callArguments>,
  call: Node,
): Entries {
  const option = (name: string): Node | undefined => given.find((one) => one.name === name)?.value
  const isOn = (name: string): boolean => option(name)?.text === 'True'
  const byAlias = option('by_alias') === undefined ? model.dumpsAliases : isOn('by_alias')
  const set = new Set((made === undefined ? [] : callArguments(made)).flatMap((one) => one.name ?? []))
  const names = (name: string): readonly string[] | undefined =>
    itemsOf(option(name))?.flatMap((one) => stringValue(one) ?? [])
  const [include, exclude] = [names('include'), names('exclude')]
  if (
    model.isOpen ||
    model.dumpsMore ||
    (option('include') !== undefined && include === undefined) ||
    (option('exclude') !== undefined && exclude === undefined)
  )
    return unreadEntries(frame, call, `a dump of \`${model.name}\` whose keys show only when it runs`)
  const fields = model.fields.filter(
    (one) => !one.isHidden && include?.includes(one.name) !== false && exclude?.includes(one.name) !== true,
  )
  const keyOf = (field: ModelField): string | undefined => (byAlias ? field.alias : field.name)
  const reason = `an alias of \`${model.name}\` made by a function that is not read`
  return {
    entries: fields.flatMap((field): Entry[] => {
      const key = keyOf(field)
      const isLeftOut =
        (isOn('exclude_none') && field.isNullable) ||
        (isOn('exclude_unset') && field.hasDefault && !set.has(field.name)) ||
        (isOn('exclude_defaults') && field.hasDefault)
      const value = { node: field.type ?? field.node, frame: field.frame }
      return key === undefined
        ? []
        : [{ key, isSure: !isLeftOut, at: { node: field.node, frame: field.frame }, values: [value] }]
    }),
    unread: fields.some((field) => keyOf(field) === undefined) ? [{ node: call, frame, reason }] : [],
  }
}

/** The keys of a `TypedDict` that is made by its class: `Seat(id=1)`. */
export function isTypedDict(frame: Frame, name: string): boolean {
  return modelNamed(frame, name)?.kind === 'typed-dict'
}

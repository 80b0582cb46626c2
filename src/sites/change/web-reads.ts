import { branchesTaking, findReceiving } from '../../channel/receiving.js'
import type { TsModule } from '../../lang/module.js'
import { isKind, type Node } from '../../lang/tree.js'
import { isFunctionLike, keyOf, keyOfElement } from '../../lang/typescript/grammar.js'
import { typescript } from '../../lang/typescript/language.js'
import { stringValue } from '../../lang/typescript/literals.js'
import { interfacesOf } from '../../lang/typescript/query.js'
import { scopeOf } from '../../layout/repository.js'
import { frameOf, keyOfAccess } from '../../values/typescript/frame.js'
import type { Edit } from '../../workspace/edits.js'
import { sendMethodsOf } from '../naming.js'
import type { FieldChange } from '../site.js'
import { isPayloadType } from './interface.js'
import { typeOfExpression, typeOfMade, typeOfPattern } from './web-types.js'

/** A place of the frontend that says a key of the event's payload. */
export interface WebRead {
  readonly file: string
  /** `payload.note`, an entry of a pattern, or one of an object that is made as a payload. */
  readonly node: Node
}

/** The reads of a key in the branches that take the event. */
export function readsInBranches(context: FieldChange, key: string): WebRead[] {
  const reads = branchesTaking(context, context.event).flatMap(({ use }) => use.reads)
  const found = reads
    .filter((one) => one.key === key)
    .flatMap(({ file, start, end }) => {
      const module = context.repository.typescript(file)
      const node = module.root.descendants(...READS).find((one) => one.start === start && one.end === end)
      return node === undefined ? [] : [{ file, node }]
    })
  return found.filter((one, index) => found.findIndex((other) => other.node === one.node) === index)
}

const READS = [
  'PropertyAccessExpression',
  'ElementAccessExpression',
  'BindingElement',
  'StringLiteral',
] as const

/** The reads of a key wherever else the payload goes under its type, and those of which nothing tells whether they are. */
export function readsElsewhere(
  context: FieldChange,
  key: string,
): { readonly own: readonly WebRead[]; readonly unsure: readonly WebRead[] } {
  const { repository, layout, rows, event } = context
  const name = rows
    .of(event, 'ts-payload-interface')
    .flatMap(({ links }) => links?.name ?? [])
    .find(isPayloadType)
  if (name === undefined) return { own: [], unsure: [] }
  const own: WebRead[] = []
  const unsure: WebRead[] = []
  const says = new RegExp(`(?<![\\w$])(?:${[name, ...keepersOf(context, name)].join('|')})(?![\\w$])`)
  const isOwn = new RegExp(`(?<![\\w$])(?:${withDerived(context, name, key).join('|')})(?![\\w$])`)
  const taken = branchSpans(context)
  const isTaken = (file: string, node: Node): boolean =>
    taken.some((one) => one.file === file && one.start <= node.start && node.end <= one.end)
  for (const file of repository.saying(`${layout.frontend.folder}/src`, typescript.extensions, [key], true)) {
    const module = repository.typescript(file)
    const frame = frameOf(scopeOf(repository, layout), module)
    own.push(...namedInTypes(module, key, name).map((node) => ({ file, node })))
    for (const node of placesOf(module, key)) {
      if (isTaken(file, node)) continue
      const type = typeOfPlace({ node, frame })
      if (type === undefined && isEntry(node) && isAsking(context, node)) own.push({ file, node })
      if (type !== undefined && isOwn.test(type.node.text)) own.push({ file, node })
      else if (type === undefined && !isEntry(node) && says.test(textAround(node)))
        unsure.push({ file, node })
    }
  }
  return { own, unsure }
}

/** A type with those that are made of it, and have a key by it: `interface Row extends Seat`, `type Row = Seat & { … }`. */
function withDerived({ repository, layout }: FieldChange, name: string, key: string): string[] {
  const names = [name]
  for (const base of names) {
    const own = new RegExp(`(?<![\\w$])${base}(?![\\w$])`)
    const files = repository.saying(`${layout.frontend.folder}/src`, typescript.extensions, [base])
    const derived = files
      .flatMap((file) =>
        repository.typescript(file).root.descendants('InterfaceDeclaration', 'TypeAliasDeclaration'),
      )
      .filter((one) => {
        const type = one.child('type')
        const made = isKind(type, 'TypeReference', 'IntersectionType', 'UnionType') ? [type] : []
        const isItself = one.list('members').some((member) => keyOf(member) === key)
        return !isItself && [...one.list('heritageClauses'), ...made].some((part) => own.test(part.text))
      })
    names.push(...derived.map((one) => one.name).filter((other) => !names.includes(other)))
  }
  return names
}

/** The strings that name a key of a type: `Seat['row']`, `Pick<Seat, 'row'>`, a `keyof Seat`. */
function namedInTypes(module: TsModule, key: string, name: string): Node[] {
  return module.root.descendants('StringLiteral').filter((one) => {
    if (stringValue(one) !== key) return false
    if (isKind(one.parent, 'VariableDeclaration')) return one.parent.textOf('type') === `keyof ${name}`
    const around = [...one.ancestors()].find(
      (other) => !isKind(other, 'LiteralType', 'UnionType', 'ParenthesizedType'),
    )
    if (isKind(around, 'IndexedAccessType')) return around.textOf('objectType') === name
    return isKind(around, 'TypeReference') && around.list('typeArguments')[0]?.text === name
  })
}

/** Whether anything of the frontend reads a key of the payload, as far as that can be told. */
export function isReadByClient(context: FieldChange, key: string): boolean {
  const { own, unsure } = readsElsewhere(context, key)
  return own.length + unsure.length + readsInBranches(context, key).length > 0
}

/** Where the payload is read in branches: their own reads are told by themselves, and those of others are none. */
function branchSpans(context: FieldChange): { file: string; start: number; end: number }[] {
  const reads = branchesTaking(context, context.event).flatMap(({ use }) => use.reads)
  const others = findReceiving(context).branches.filter((one) => !one.values.includes(context.event))
  return [...reads, ...others.map(({ file, start, end }) => ({ file, start, end }))]
}

/** The members of types that keep a payload: the state of a store, a property of a component. */
function keepersOf({ repository, layout }: FieldChange, name: string): string[] {
  const files = repository.saying(`${layout.frontend.folder}/src`, typescript.extensions, [name])
  const own = new RegExp(`(?<![\\w$])${name}(?![\\w$])`)
  const members = files.flatMap((file) =>
    interfacesOf(repository.typescript(file)).flatMap((one) => one.members),
  )
  return [
    ...new Set(
      members.filter(({ type, isFunction }) => !isFunction && own.test(type ?? '')).map((one) => one.name),
    ),
  ]
}

function typeOfPlace({
  node,
  frame,
}: Parameters<typeof typeOfExpression>[0]): ReturnType<typeof typeOfExpression> {
  if (isKind(node, 'PropertyAccessExpression', 'ElementAccessExpression')) {
    const object = node.child('expression')
    return object === undefined ? undefined : typeOfExpression({ node: object, frame })
  }
  if (isKind(node, 'BindingElement')) return typeOfPattern({ node: node.parent ?? node, frame })
  return typeOfMade({ node: node.parent ?? node, frame })
}

/** Whether an object is what a request is told by: given to the client's method, or to a callback that hands it on. */
function isAsking(context: FieldChange, entry: Node): boolean {
  const call = entry.parent?.parent
  if (context.direction !== 'client-to-server' || !isKind(call, 'CallExpression')) return false
  const { rows, event } = context
  const callbacks = [...rows.of(event, 'ts-hook-callback'), ...rows.of(event, 'ts-hook-return')].flatMap(
    ({ links }) => links?.name ?? [],
  )
  return [...sendMethodsOf(context, event), ...callbacks].includes(
    /(\w+)$/.exec(call.textOf('expression'))?.[1] ?? '',
  )
}

/** Whether a place is an entry of an object, which is a payload only where a type says so. */
function isEntry(node: Node): boolean {
  return isKind(node, 'PropertyAssignment', 'ShorthandPropertyAssignment')
}

/** The text of the innermost function or case around a node. */
function textAround(node: Node): string {
  return [...node.ancestors()].find((one) => isFunctionLike(one) || isKind(one, 'CaseClause'))?.text ?? ''
}

/** Whatever says a key in a file. */
function placesOf(module: TsModule, key: string): Node[] {
  return module.root
    .descendants(
      'PropertyAccessExpression',
      'ElementAccessExpression',
      'BindingElement',
      'PropertyAssignment',
      'ShorthandPropertyAssignment',
    )
    .filter((node) => {
      if (isKind(node, 'PropertyAccessExpression', 'ElementAccessExpression'))
        return keyOfAccess(node) === key
      return (isKind(node, 'BindingElement') ? keyOfElement(node) : keyOf(node)) === key
    })
}

/** Says another key in place of one, and leaves what it is called there. */
export function renameRead({ node }: WebRead, key: string): Edit[] {
  const at = ({ start, end }: Node, text: string): Edit[] => [{ start, end, text }]
  if (isKind(node, 'ElementAccessExpression', 'StringLiteral')) {
    const name = isKind(node, 'StringLiteral') ? node : node.child('argumentExpression')
    return name === undefined ? [] : [{ start: name.start + 1, end: name.end - 1, text: key }]
  }
  const name = node.child('name')
  if (name === undefined) return []
  if (isKind(node, 'ShorthandPropertyAssignment'))
    return at(name, key === name.text ? key : `${key}: ${name.text}`)
  if (!isKind(node, 'BindingElement')) return replaced(node, name, key)
  const property = node.child('propertyName')
  if (property === undefined) return [{ start: name.start, end: name.start, text: `${key}: ` }]
  return key === name.text ? [{ start: property.start, end: name.end, text: key }] : at(property, key)
}

/** A name or a string that is one; an entry that would say a name twice is said in short. */
function replaced(node: Node, name: Node, key: string): Edit[] {
  const value = isKind(node, 'PropertyAssignment') ? node.child('initializer') : undefined
  if (value !== undefined && isKind(value, 'Identifier') && value.text === key)
    return [{ start: node.start, end: node.end, text: key }]
  const isString = isKind(name, 'StringLiteral')
  return [{ start: name.start, end: name.end, text: isString ? `${name.text[0]}${key}${name.text[0]}` : key }]
}

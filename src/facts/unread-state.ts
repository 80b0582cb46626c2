import { readStore, type Store, storeBehind } from '../channel/stores.js'
import type { Place } from '../errors.js'
import { groupBy, lookUp } from '../group.js'
import type { TsModule } from '../lang/module.js'
import { perModule } from '../lang/per-module.js'
import { isKind, type Node } from '../lang/tree.js'
import { isFunction, keyOf } from '../lang/typescript/grammar.js'
import { typescript } from '../lang/typescript/language.js'
import type { StoreRef } from '../layout/layout.js'
import type { SurveyContext } from '../sites/site.js'
import { placeOf } from '../workspace/place.js'
import { lastUpTo } from '../workspace/span.js'

/** State of a store that an event sets and that no component reads. */
export interface UnreadState {
  readonly hook: string
  readonly key: string
  readonly place: Place
  /** Whether something takes the store as a whole, and may read it there. */
  readonly isWhole: boolean
}

/** What the actions that the cases of an event call set in vain. */
export function findUnreadState(context: SurveyContext, event: string): UnreadState[] {
  const calls = context.rows.of(event, 'ts-hook-case').flatMap((one) => one.links?.storeCalls ?? [])
  const found = calls.flatMap((call): UnreadState[] => {
    const ref = storeBehind(context, call.hook)
    const store = ref === undefined ? undefined : readStore(context.repository, ref)
    const action = store === undefined ? undefined : propertyOf(store, call.member)
    if (ref === undefined || store === undefined || action === undefined) return []
    return keysSetBy(store, action)
      .filter((key) => propertyOf(store, key) !== undefined && !isRead(context, ref, store, key))
      .map((key) => ({
        hook: ref.hook,
        key,
        place: placeOf(store.module.source, propertyOf(store, key)?.start ?? store.store.start),
        isWhole: isTakenWhole(context, ref),
      }))
  })
  return [...new Map(found.map((one) => [`${one.hook} ${one.key}`, one])).values()]
}

/** A property of the object that a store's creator returns. */
function propertyOf({ module, store }: Store, name: string): Node | undefined {
  const own = lookUp(store.object?.properties ?? [], name)
  return own === undefined ? undefined : propertiesByStart(module).get(own.start)
}

const propertiesByStart = perModule((module: TsModule): ReadonlyMap<number, Node> => {
  const all = module.root.descendants(
    'PropertyAssignment',
    'MethodDeclaration',
    'ShorthandPropertyAssignment',
  )
  return new Map(all.map((node) => [node.start, node] as const).reverse())
})

/** The keys that an action sets by `set({ … })` or `set((state) => ({ … }))`. */
function keysSetBy({ store }: Store, action: Node): string[] {
  const objects = action.descendants('CallExpression').flatMap((call) => {
    if (call.textOf('expression') !== store.setName) return []
    const [given] = call.list('arguments')
    return given === undefined ? [] : objectsOf(given)
  })
  return [
    ...new Set(objects.flatMap((one) => one.list('properties').flatMap((property) => keyOf(property) ?? []))),
  ]
}

/** The objects that an expression may be, or that a function may give back. */
function objectsOf(node: Node): Node[] {
  if (isKind(node, 'ObjectLiteralExpression')) return [node]
  if (isKind(node, 'ParenthesizedExpression')) return node.children.flatMap(objectsOf)
  if (isKind(node, 'ConditionalExpression'))
    return [node.child('whenTrue'), node.child('whenFalse')].flatMap((one) =>
      one === undefined ? [] : objectsOf(one),
    )
  if (!isFunction(node)) return []
  const body = node.child('body')
  if (!isKind(body, 'Block')) return body === undefined ? [] : objectsOf(body)
  return body
    .descendants('ReturnStatement')
    .flatMap((one) => one.child('expression') ?? [])
    .flatMap(objectsOf)
}

/** Whether anything reads a key: a file that knows the store, or another action of it. */
function isRead({ repository, layout }: SurveyContext, ref: StoreRef, store: Store, key: string): boolean {
  const names = store.state === undefined ? [ref.hook] : [ref.hook, store.state.name]
  const folder = `${layout.frontend.folder}/src`
  const knows = new Set(repository.saying(folder, typescript.extensions, names))
  const files = repository.saying(folder, typescript.extensions, [key])
  return (
    files.some((file) => file !== ref.file && knows.has(file) && says(repository.typescript(file), key)) ||
    isReadInStore(store, key)
  )
}

function says(module: TsModule, key: string): boolean {
  return keysSaid(module).has(key)
}

const keysSaid = perModule((module: TsModule): ReadonlySet<string> => {
  const nodes = module.root.descendants('Identifier', 'StringLiteral').filter((node) => !isOfPayload(node))
  return new Set(nodes.flatMap(({ text }) => [text, text.slice(1, -1)]))
})

/** `msg.payload.seatId` is what a message has, and not what a store keeps. */
function isOfPayload({ parent, field }: Node): boolean {
  return (
    isKind(parent, 'PropertyAccessExpression') &&
    field === 'name' &&
    /payload$/i.test(parent.textOf('expression'))
  )
}

/** Whether the store's own file reads a key where it does not set it. */
function isReadInStore({ module, store }: Store, key: string): boolean {
  return (accessesByName(module).get(key) ?? []).some((node) => {
    const properties = store.object?.properties ?? []
    const last = properties[lastUpTo(properties, node.start, (one) => one.start)]
    const own = last !== undefined && node.end <= last.end ? last : undefined
    if (own === undefined) return !isPartialize(node)
    const action = propertyOf({ module, store, state: undefined }, own.name)
    return action === undefined || !keysSetBy({ module, store, state: undefined }, action).includes(key)
  })
}

const accessesByName = perModule((module: TsModule) =>
  groupBy(module.root.descendants('PropertyAccessExpression'), (node) => node.name),
)

/** What is kept for the next visit is not read by that. */
function isPartialize(node: Node): boolean {
  for (let one = node.parent; one !== undefined; one = one.parent)
    if (isKind(one, 'PropertyAssignment', 'MethodDeclaration') && keyOf(one) === 'partialize') return true
  return false
}

/** Whether something takes a store as a whole: `<Panel state={useChatStore()} />`. */
function isTakenWhole({ repository, layout }: SurveyContext, ref: StoreRef): boolean {
  return repository
    .saying(`${layout.frontend.folder}/src`, typescript.extensions, [ref.hook])
    .some((file) => hooksTakenWhole(repository.typescript(file)).has(ref.hook))
}

/** The hooks of stores that a file takes the whole state of. */
const hooksTakenWhole = perModule((module: TsModule): ReadonlySet<string> => {
  const taken = module.root.descendants('CallExpression').flatMap((call) => {
    const [, hook, getState] = /^(use[\w$]+)(\.getState)?$/.exec(call.textOf('expression')) ?? []
    if (hook === undefined || (getState === undefined && call.list('arguments').length > 0)) return []
    return isKeptWhole(call) ? [hook] : []
  })
  return new Set(taken)
})

function isKeptWhole(call: Node): boolean {
  const { parent } = call
  if (isKind(parent, 'PropertyAccessExpression', 'ElementAccessExpression')) return false
  if (!isKind(parent, 'VariableDeclaration')) return true
  const name = parent.child('name')
  if (!isKind(name, 'Identifier'))
    return (
      name?.descendants('BindingElement').some((one) => one.child('dotDotDotToken') !== undefined) === true
    )
  const scope = call.closest('Block', 'SourceFile') ?? call.root
  return scope
    .descendants('Identifier')
    .filter((one) => one.text === name.text && one !== name)
    .some((one) => !(isKind(one.parent, 'PropertyAccessExpression') && one.field === 'expression'))
}

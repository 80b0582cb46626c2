import { isOfOtherChannel, readStore, type Store, storeBehind } from '../channel/stores.js'
import { allNamed, lookUp } from '../group.js'
import { perModule } from '../lang/per-module.js'
import { interfacesOf, type TsInterface, type TsMember, type TsProperty } from '../lang/typescript/query.js'
import type { StoreRef } from '../layout/layout.js'
import { majority } from '../layout/style.js'
import type { Insertion } from '../workspace/edits.js'
import { placeOf } from '../workspace/place.js'
import { indentAt } from '../workspace/source.js'
import type { Span } from '../workspace/span.js'
import { blankLinesBetween, endWithComment, TS_COMMENT } from './anchors/blocks.js'
import { placeInObject } from './anchors/list.js'
import { actionName, modelName, stateName } from './naming.js'
import type { Anchor, Blocked, Kept, SurveyContext } from './site.js'

/** Where the state of an event lives: the store, and the action that its case calls. */
export interface Home {
  readonly store: StoreRef
  readonly action: string
  /** Whether the action is the one that this tool names; people's own actions decide themselves what they keep. */
  readonly isDerived: boolean
}

/**
 * Finds the home of an event by the store call in its hook case, else by the action's derived name and the
 * type of its parameter.
 */
export function findHome(context: SurveyContext, event: string): Home | undefined {
  const { repository, layout, rows } = context
  const derived = actionName(event)
  const calls = rows.of(event, 'ts-hook-case').flatMap((found) => found.links?.storeCalls ?? [])
  const call = calls.find((one) => one.member === derived) ?? calls[0]
  const linked = call === undefined ? undefined : storeBehind(context, call.hook)
  if (call !== undefined && linked !== undefined) {
    return { store: linked, action: call.member, isDerived: call.member === derived }
  }
  if (isOfOtherChannel(context, derived)) return undefined
  const names = [derived, ...stateNames(event)]
  const named = layout.stores.find((store) => holdsOwn(readStore(repository, store), event, names))
  return named === undefined ? undefined : { store: named, action: derived, isDerived: true }
}

/** Whether a store has something of the event's derived names that is not typed for something else. */
function holdsOwn(read: Store | undefined, event: string, names: readonly string[]): boolean {
  if (read === undefined) return false
  const held = namesHeldBy(read)
  return names.some((name) => {
    if (!held.has(name)) return false
    const member = lookUp(read.state?.members ?? [], name)
    return member === undefined || isOwn(member, event)
  })
}

/** The names of all that a store declares or holds. */
const namesHeldBy = perModule(({ state, store }: Store): ReadonlySet<string> => {
  const all = [...(state?.members ?? []), ...(store.object?.properties ?? [])]
  return new Set(all.map((one) => one.name))
})

/** Whether a member of a derived name is typed as this tool types it. */
function isOwn(member: TsMember, event: string): boolean {
  const type = member.type ?? ''
  if (member.name === stateName(event, 'count')) return type === 'number'
  return type.includes(modelName(event)) || (member.name === actionName(event) && /^\(\s*\)/.test(type))
}

/** The names that the state of an event can have. */
export function stateNames(event: string): string[] {
  return KEPT.map((kind) => stateName(event, kind))
}

const KEPT = ['latest', 'append', 'upsert', 'count'] as const

/** What the store keeps of an event by the name of its state, if it has one. */
export function readKept({ rows }: SurveyContext, event: string): Kept['kind'] | undefined {
  const found = [...rows.of(event, 'ts-store-member/state'), ...rows.of(event, 'ts-store-state')]
  return KEPT.find((kind) => found.some((one) => one.links?.name === stateName(event, kind)))
}

/** The wire key by which an upsert tells events apart, as the store's action says it. */
export function readUpsertKey({ repository, rows }: SurveyContext, event: string): string | undefined {
  const action = rows.of(event, 'ts-store-action')[0]
  if (action === undefined) return undefined
  const text = repository.workspace.read(action.file).text.slice(action.start, action.end)
  const found = /\[payload\.(\w+)\]: payload|\[payload\[['"](\w+)['"]\]\]: payload/.exec(text)
  return found?.[1] ?? found?.[2]
}

/** Those of {@link stateNames} that a store does not type for something else. */
export function ownStateNames(read: Store | undefined, event: string): string[] {
  const members = read?.state?.members ?? []
  return stateNames(event).filter((name) => allNamed(members, name).every((one) => isOwn(one, event)))
}

/** Where a member goes into a store's type: behind the last of its kind. */
export function memberAnchor(
  read: Store | undefined,
  ref: StoreRef,
  isAction: boolean,
  indent: string,
): Anchor | Blocked {
  const state = read?.state
  if (read === undefined || state === undefined) return blockedType(read, ref)
  const { text } = read.module.source
  const previous = lastOfKind(state.members, isAction)
  const shared = { kind: 'anchor', file: ref.file, indent } as const
  const isOneLine = !text.slice(state.open, state.close).includes('\n')
  if (previous === undefined || isOneLine) {
    const next = previous === undefined ? state.members[0] : undefined
    if (isOneLine) return { ...shared, base: '', place: (block) => [inlineMember(text, state, block)] }
    const base = next === undefined ? indentAt(text, state.start) + indent : indentAt(text, next.start)
    return { ...shared, base, place: (block) => [{ offset: state.open, text: `\n${block}` }] }
  }
  const base = indentAt(text, previous.start)
  const offset = endWithComment(text, previous.end, TS_COMMENT)
  return { ...shared, base, place: (block) => [{ offset, text: `\n${block}` }] }
}

/** Where a property goes into the object that a store's creator returns. */
export function propertyAnchor(
  read: Store | undefined,
  ref: StoreRef,
  isAction: boolean,
  indent: string,
): Anchor | Blocked {
  const object = read?.store.object
  if (read === undefined || object === undefined) {
    return {
      kind: 'blocked',
      lookedFor: `an object that the creator of \`${ref.hook}\` returns`,
      place: { file: ref.file },
    }
  }
  const { text } = read.module.source
  const blankLines = isAction ? gapOf(text, object.properties) : 0
  const previous = lastOfKind(object.properties, isAction)
  const list = placeInObject(text, object, previous, object.properties[0], indent, blankLines)
  return { kind: 'anchor', file: ref.file, indent, ...list }
}

function inlineMember(text: string, state: TsInterface, block: string): Insertion {
  const bare = block.replace(/[;,]$/, '')
  const last = state.members[state.members.length - 1]
  if (last === undefined) return { offset: state.open, text: ` ${bare};` }
  const isMarked = /[;,]$/.test(text.slice(last.start, last.end))
  return { offset: last.end, text: isMarked ? ` ${bare};` : `; ${bare}` }
}

/** The last action; or the last state in front of the first action, else the last state anywhere. */
function lastOfKind<T extends Span & { readonly isFunction: boolean }>(
  items: readonly T[],
  isAction: boolean,
): T | undefined {
  if (isAction) return items.findLast((item) => item.isFunction) ?? items.at(-1)
  const firstAction = items.findIndex((item) => item.isFunction)
  const leading = firstAction === -1 ? items : items.slice(0, firstAction)
  return leading.at(-1) ?? items.findLast((item) => !item.isFunction)
}

/** Blank lines in front of an action: as between most actions, else as in front of the only one. */
function gapOf(text: string, properties: readonly TsProperty[]): number {
  const gaps = properties.flatMap((property, index) => {
    const previous = properties[index - 1]
    if (previous === undefined || !property.isFunction) return []
    const blankLines = blankLinesBetween(text, previous.end, property.start)
    return [{ isBetween: previous.isFunction, text: String(blankLines) }]
  })
  const between = gaps.filter((one) => one.isBetween)
  const shown = between.length > 0 ? between : gaps
  return Math.min(1, Number(majority(shown.map((one) => one.text)) ?? '1'))
}

function blockedType(read: Store | undefined, ref: StoreRef): Blocked {
  if (read === undefined)
    return { kind: 'blocked', lookedFor: `the store \`${ref.hook}\``, place: { file: ref.file } }
  const place = placeOf(read.module.source, read.store.start)
  if (read.store.stateType === undefined) {
    return {
      kind: 'blocked',
      lookedFor: `the type of the state, as in \`create<State>()\``,
      nearest: `\`${ref.hook}\` names none`,
      place,
    }
  }
  const nearest = interfacesOf(read.module).find((one) => one.name.toLowerCase().includes('state'))?.name
  return {
    kind: 'blocked',
    lookedFor: `an interface \`${read.store.stateType}\` in the store's file`,
    ...(nearest === undefined ? {} : { nearest: `\`${nearest}\`` }),
    place,
  }
}

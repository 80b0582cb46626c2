import { readStore, type Store } from '../../channel/stores.js'
import { allNamed, lookUp } from '../../group.js'
import { perModule } from '../../lang/per-module.js'
import { printPropertyAccess } from '../../lang/typescript/print.js'
import type { TsInterface } from '../../lang/typescript/query.js'
import type { StoreRef } from '../../layout/layout.js'
import { readTsStyle } from '../../layout/style.js'
import { wireKey } from '../../payload/shape.js'
import { cutBlock, cutItems, cutLines, cutMember } from '../../workspace/cut.js'
import { placeOf } from '../../workspace/place.js'
import { inOrder } from '../../workspace/span.js'
import { actionName, interfaceName, stateName } from '../naming.js'
import type { View } from '../render.js'
import {
  type Anchor,
  type Blocked,
  type Half,
  NO_LEEWAY,
  NoView,
  type Occurrence,
  type Requirement,
  type Site,
  type SurveyContext,
  type Taken,
} from '../site.js'
import { findHome, memberAnchor, ownStateNames, propertyAnchor, stateNames } from '../store.js'
import { findUnreadCase } from '../unread/typescript.js'

declare module '../site.js' {
  interface SitesByKey {
    'ts-store-member/state': Site
    'ts-store-member/action': Site
    'ts-store-state': Site
    'ts-store-action': Site
  }
}

/**
 * The four places of a store: the state and the action in its type, the initial value, and the
 * implementation.
 *
 *       interface ChatState {
 *     +   lastSeatTaken: SeatTakenPayload | null
 *     +   handleSeatTaken: (payload: SeatTakenPayload) => void
 *       }
 *       create<ChatState>()((set) => ({
 *     +   lastSeatTaken: null,
 *     +   handleSeatTaken: (payload) => set({ lastSeatTaken: payload }),
 *       }))
 */
export const tsStoreMemberState: Site = storeSite({
  id: 'ts-store-member',
  part: 'state',
  title: 'store member for the state',
  template: 'ts-store-member-state',
  listed: { item: 'store', isMain: false, letter: 'T', column: 'store type', isOptional: true },
  needs: ['ts-payload-interface'],
  isAction: false,
  list: (read) => read?.state?.members ?? [],
  anchor: memberAnchor,
})

export const tsStoreMemberAction: Site = storeSite({
  id: 'ts-store-member',
  part: 'action',
  title: 'store member for the action',
  template: 'ts-store-member-action',
  listed: { item: 'store', isMain: false, letter: 'T', column: 'store type', isOptional: true },
  needs: ['ts-payload-interface'],
  isAction: true,
  list: (read) => read?.state?.members ?? [],
  anchor: memberAnchor,
})

export const tsStoreState: Site = storeSite({
  id: 'ts-store-state',
  title: 'initial state',
  template: 'ts-store-state',
  listed: { item: 'store', isMain: false, letter: 'V', column: 'store state', isOptional: true },
  needs: ['ts-store-member/state'],
  isAction: false,
  list: (read) => read?.store.object?.properties ?? [],
  anchor: propertyAnchor,
})

export const tsStoreAction: Site = storeSite({
  id: 'ts-store-action',
  title: 'store action',
  template: 'ts-store-action',
  listed: { item: 'store', isMain: true, letter: 'A', column: 'store action', isOptional: true },
  needs: ['ts-store-member/action', 'ts-store-state'],
  isAction: true,
  list: (read) => read?.store.object?.properties ?? [],
  anchor: propertyAnchor,
})

interface StoreSite extends Pick<Site, 'id' | 'part' | 'title' | 'template' | 'listed' | 'needs'> {
  readonly isAction: boolean
  /** What stands where this site writes. */
  readonly list: (
    read: Store | undefined,
  ) => readonly { readonly name: string; readonly start: number; readonly end: number }[]
  readonly anchor: (
    read: Store | undefined,
    ref: StoreRef,
    isAction: boolean,
    indent: string,
  ) => Anchor | Blocked
}

function storeSite(of: StoreSite): Site {
  const { id, part, title, template, listed, needs, isAction } = of
  return {
    id,
    side: 'client',
    direction: 'server-to-client',
    role: 'consumes',
    payload: 'none',
    linked: {
      through: ['ts-hook-case'],
      ownNames: (event) => [actionName(event), ...stateNames(event)],
      isShared: false,
    },
    leeway: { ...NO_LEEWAY, isOptional: true },
    listed,
    ...(part === undefined ? {} : { part }),
    title,
    template,
    needs,

    survey: (context) => context.rows.events().flatMap((event) => surveyStore(context, event, of)),

    notNeeded(target) {
      const event = target.spec.names.snake
      if (target.spec.store.hook === 'none') return 'asked for by `--store none`'
      const home = findHome(target, event)
      if (home === undefined) {
        return target.rows.of(event, 'ts-hook-case').length === 0 ? undefined : 'its case updates no store'
      }
      if (isAction && home.isDerived) return undefined
      const read = readStore(target.repository, home.store)
      const action = lookUp(read?.store.object?.properties ?? [], home.action)
      const keepsOwn = action === undefined || stateNames(event).some((name) => action.value.includes(name))
      if (home.isDerived && keepsOwn) return undefined
      return `its action \`${home.action}\` decides what is kept`
    },

    // An action beside a case that is not read could be the second one.
    unread: (context, event) =>
      context.rows.of(event, 'ts-hook-case').length > 0 ? undefined : findUnreadCase(context, event),

    findTaken({ repository, store, spec, kept }): Taken | undefined {
      if (store === undefined) return undefined
      const read = readStore(repository, store)
      const name = isAction ? actionName(spec.names.snake) : stateName(spec.names.snake, kept.kind)
      const other = lookUp(of.list(read), name)
      return read === undefined || other === undefined
        ? undefined
        : { name, place: placeOf(read.module.source, other.start) }
    },

    anchor({ repository, store, channel, layout }) {
      if (store === undefined) {
        const stores = layout.stores.map((one) => one.hook).join(', ')
        return {
          kind: 'blocked',
          lookedFor: 'an exported `const useXStore = create…` of the store that the hook uses most',
          ...(stores === '' ? {} : { nearest: `name one with --store: ${stores}` }),
          ...(channel.hook === undefined ? {} : { place: { file: channel.hook.file } }),
        }
      }
      const { indent } = readTsStyle(repository.typescript(store.file))
      return of.anchor(readStore(repository, store), store, isAction, indent)
    },

    view: storeView,

    requirements({ store, fields, channel, ...target }): Requirement[] {
      if (
        store === undefined ||
        fields.length === 0 ||
        channel.union === undefined ||
        channel.union.file === store.file
      )
        return []
      const name = interfaceName({ store, fields, channel, ...target })
      return part === undefined
        ? []
        : [{ kind: 'ts-import', file: store.file, from: channel.union.file, name, isType: true }]
    },

    cut(context, { event, file, start, end }) {
      const { text } = context.repository.workspace.read(file)
      if (part !== undefined) return [cutMember(text, { start, end })]
      const home = findHome(context, event)
      const entries = home === undefined ? [] : of.list(readStore(context.repository, home.store))
      const dropped = new Set([entries.findIndex((one) => one.start === start)])
      return cutItems(text, entries, dropped, isAction ? cutBlock : cutLines)
    },

    goneNames(context, { event, file, links }) {
      const hook = findHome(context, event)?.store.hook
      if (links?.name === undefined || hook === undefined) return []
      return [{ name: links.name, file, as: 'member', of: hook }]
    },
  }
}

function surveyStore(context: SurveyContext, event: string, of: StoreSite): Occurrence[] {
  const home = findHome(context, event)
  if (home === undefined) return []
  const read = readStore(context.repository, home.store)
  const names = of.isAction ? [home.action] : ownStateNames(read, event)
  return inOrder(names.flatMap((name) => allNamed(of.list(read), name))).map((one) => ({
    event,
    file: home.store.file,
    start: one.start,
    end: one.end,
    links: { name: one.name },
  }))
}

function storeView(target: Half): View {
  const { repository, store, spec, fields } = target
  if (store === undefined) throw new NoView('a store site has no view without a store')
  const hasPayload = fields.length > 0
  return {
    mark: readTsStyle(repository.typescript(store.file)).memberMark,
    state: stateName(spec.names.snake, target.kept.kind),
    action: actionName(spec.names.snake),
    type: hasPayload ? interfaceName(target) : '',
    ...printKept(target),
    usesState: target.kept.kind !== 'latest',
    set: readStore(repository, store)?.store.setName ?? `${store.hook}.setState`,
  }
}

/** The state's type, what it begins with, and what it becomes with an event. */
function printKept(target: Half): {
  readonly stateType: string
  readonly initial: string
  readonly next: string
  readonly isLong: boolean
} {
  const { kept, spec, wireCase } = target
  const type = interfaceName(target)
  const state = `state.${stateName(spec.names.snake, kept.kind)}`
  const key = storeKey(target)
  const own = key === '' ? state : `${state}[${key}]`
  const keyed = (inner: string, next: string, initial: string): ReturnType<typeof printKept> =>
    key === ''
      ? { stateType: inner, initial, next, isLong: false }
      : {
          stateType: `Record<string, ${inner}>`,
          initial: '{}',
          next: `{ ...${state}, [${key}]: ${next} }`,
          isLong: true,
        }
  switch (kept.kind) {
    case 'count':
      return { stateType: 'number', initial: '0', next: `${state} + 1`, isLong: false }
    case 'append':
      return keyed(`${type}[]`, key === '' ? `[...${own}, payload]` : `[...(${own} ?? []), payload]`, '[]')
    case 'upsert': {
      const by = printPropertyAccess('payload', wireKey(kept.by, wireCase), "'")
      return keyed(`Record<string, ${type}>`, `{ ...${own}, [${by}]: payload }`, '{}')
    }
    case 'latest':
      return key === ''
        ? { stateType: `${type} | null`, initial: 'null', next: 'payload', isLong: false }
        : keyed(type, 'payload', '{}')
  }
}

/** How the payload says whose state it is, where the store keeps its state by that: `payload.roomId`. */
function storeKey({ repository, store, custom, wireCase }: Half): string {
  const [leading] = custom.leading
  const read = store === undefined ? undefined : readStore(repository, store)
  const isKeyed = read?.state === undefined || keepsByKey(read.state)
  return leading === undefined || !isKeyed
    ? ''
    : printPropertyAccess('payload', wireKey(leading, wireCase), "'")
}

/** Whether at least half of a store's state is kept by a key. */
const keepsByKey = perModule(({ members }: TsInterface): boolean => {
  const state = members.filter((member) => !member.isFunction)
  const keyed = state.filter((member) => /^Record<string,/.test(member.type ?? ''))
  return keyed.length * 2 >= state.length
})

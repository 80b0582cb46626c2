import { readStore } from '../channel/stores.js'
import type { Place } from '../errors.js'
import { lookUp } from '../group.js'
import type { SiteKey, SurveyContext } from '../sites/site.js'
import { findHome, stateNames } from '../sites/store.js'
import { placeOf } from '../workspace/place.js'
import type { Span } from '../workspace/span.js'

/** A part of an event's home in a store that is not there. */
export interface MissingStorePart {
  readonly site: SiteKey
  readonly name: string
  readonly hook: string
  /** Whether it is missing in the store's type, and not in its object. */
  readonly isOfType: boolean
  readonly place: Place
}

/** What the home of an event lacks: the action that its case calls, its state, and what the type says of both. */
export function missingStoreParts(context: SurveyContext, event: string): MissingStorePart[] {
  const home = findHome(context, event)
  const read = home === undefined ? undefined : readStore(context.repository, home.store)
  if (home === undefined || read === undefined) return []
  // What a slice adds to the object, or a base to its type, does not show here.
  if (read.store.object?.isOpen === true) return []
  if (read.state !== undefined && isExtended(context, home.store.file, read.state)) return []
  const has = (site: SiteKey): boolean => context.rows.of(event, site).length > 0
  const action = lookUp(read.store.object?.properties ?? [], home.action)
  const keepsOwn = stateNames(event).some((name) => action?.value.includes(name) === true)
  const hasState = home.isDerived && (keepsOwn || has('ts-store-member/state') || has('ts-store-state'))
  const state =
    stateNames(event).find((name) => action?.value.includes(name) === true) ?? stateNames(event)[0]
  const isTyped = read.state !== undefined
  const expected: readonly (readonly [SiteKey, string, boolean])[] = [
    ['ts-store-action', home.action, read.store.object !== undefined],
    ['ts-store-member/action', home.action, isTyped],
    ['ts-store-state', state ?? '', hasState && read.store.object !== undefined],
    ['ts-store-member/state', state ?? '', hasState && isTyped],
  ]
  return expected
    .filter(([site, , isExpected]) => isExpected && !has(site))
    .map(([site, name]) => {
      const isOfType = site === 'ts-store-member/state' || site === 'ts-store-member/action'
      const start = isOfType ? (read.state?.start ?? 0) : read.store.start
      return { site, name, hook: home.store.hook, isOfType, place: placeOf(read.module.source, start) }
    })
}

/** Whether an interface has bases, or an alias is more than one object. */
function isExtended(
  context: SurveyContext,
  file: string,
  { start, open, end }: Span & { open: number },
): boolean {
  const { text } = context.repository.workspace.read(file)
  return /\bextends\b|&/.test(text.slice(start, open)) || /^\s*\}\s*&/.test(text.slice(end - 1))
}

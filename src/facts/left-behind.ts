import { findClient, withBases } from '../channel/client.js'
import { findChannelHook } from '../channel/hook.js'
import { findReach } from '../channel/reach.js'
import { readStore } from '../channel/stores.js'
import type { Place } from '../errors.js'
import { lookUp } from '../group.js'
import { typescript } from '../lang/typescript/language.js'
import { word } from '../layout/candidates.js'
import { findReferences } from '../ledger/references.js'
import type { SurveyContext } from '../sites/site.js'
import { stateNames } from '../sites/store.js'
import { pascalToSnake } from '../spec/names.js'
import { placeOf } from '../workspace/place.js'
import { inOrder } from '../workspace/span.js'

/** A name that the hook calls on the client, and that the client's class does not have. */
export interface LostCall {
  readonly method: string
  readonly place: Place
}

/** What the hook calls on the client in vain. Nothing is said where a base of the client cannot be read. */
export function findLostCalls(context: SurveyContext): LostCall[] {
  const client = findClient(context)
  const found = findChannelHook(context)
  const reach = findReach(context)
  if (client === undefined || found === undefined || reach === undefined) return []
  const classes = withBases(context, client)
  if (classes.at(-1)?.one.base !== undefined) return []
  const members = new Set(classes.flatMap(({ one }) => one.members.map((member) => member.name)))
  return found.hook.callbacks.flatMap((callback) =>
    callback.calls
      .filter((call) => call.on === reach.expression && !members.has(call.method))
      .map((call) => ({ method: call.method, place: placeOf(found.module.source, callback.start) })),
  )
}

/** An action that keeps an event which is none, with the state it keeps it in. */
export interface OrphanAction {
  readonly event: string
  readonly action: string
  readonly state: string
  readonly hook: string
  readonly place: Place
}

/** Actions named as one that takes an event, beside a state named as what it keeps, that nothing says the name of. */
export function findOrphanActions(context: SurveyContext): OrphanAction[] {
  const { repository, layout } = context
  return layout.stores.flatMap((ref) => {
    const read = readStore(repository, ref)
    const properties = read?.store.object?.properties ?? []
    return properties.flatMap((action) => {
      const event = pascalToSnake(/^handle([A-Z]\w*)$/.exec(action.name)?.[1] ?? '')
      const names = event === '' ? [] : stateNames(event)
      const [state] = inOrder(names.flatMap((name) => lookUp(properties, name) ?? []))
      if (read === undefined || state === undefined || isKnown(context, event)) return []
      const declared = lookUp(read.state?.members ?? [], action.name) === undefined ? 1 : 2
      const said = findReferences(repository, [action.name, state.name], {
        folder: layout.frontend.folder,
        extensions: typescript.extensions,
        withTests: true,
      })
      const isUsed =
        said.some((one) => one.file !== ref.file) ||
        said.filter((one) => one.name === action.name).length > declared
      const place = placeOf(read.module.source, action.start)
      return isUsed ? [] : [{ event, action: action.name, state: state.name, hook: ref.hook, place }]
    })
  })
}

/** Whether any channel says the name of an event, which is then checked there. */
export function isKnown({ repository, layout }: SurveyContext, event: string): boolean {
  const files = layout.channels.flatMap((one) => [
    one.enum.file,
    one.envelope.file,
    one.union?.file,
    one.hook?.file,
    one.client?.file,
  ])
  return files.some(
    (file) =>
      file !== undefined &&
      repository.says(file, event) &&
      (/^\w+$/.test(event) || word(event).test(repository.workspace.read(file).text)),
  )
}

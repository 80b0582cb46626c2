import { findChannelHook } from '../../channel/hook.js'
import { callingAny } from '../../channel/typescript/hooks.js'
import { groupBy, lookUp } from '../../group.js'
import { readTsStyle } from '../../layout/style.js'
import { cutItems } from '../../workspace/cut.js'
import { placeOf } from '../../workspace/place.js'
import { inOrder } from '../../workspace/span.js'
import { placeInObject } from '../anchors/list.js'
import { nearestTo } from '../anchors/nearest.js'
import { callbackName, sendMethodsOf } from '../naming.js'
import { type Half, NO_LEEWAY, type Occurrence, type Site } from '../site.js'

declare module '../site.js' {
  interface SitesByKey {
    'ts-hook-return': Site
  }
}

/**
 * The callback's entry in what the hook returns.
 *
 *       return {
 *         sendMessage,
 *     +   sendSeatClaim,
 *       }
 */
export const tsHookReturn: Site = {
  id: 'ts-hook-return',
  title: 'entry in what the hook returns',
  template: 'ts-hook-return',
  side: 'client',
  direction: 'client-to-server',
  role: 'produces',
  payload: 'none',
  linked: { through: ['ts-send-method'], ownNames: undefined, isShared: false },
  leeway: { ...NO_LEEWAY, isRepeatable: true, isOptional: true },
  listed: { item: 'client', isMain: false, letter: 'R', column: 'hook return' },
  needs: ['ts-hook-callback'],

  survey(context) {
    const found = findChannelHook(context)
    const properties = found?.hook.returned?.properties ?? []
    const byValue = groupBy(properties, (one) => one.value)
    return context.rows.events().flatMap((event) => {
      const callbacks = context.rows.of(event, 'ts-hook-callback').map((one) => one.links?.name)
      const derived = callbackName(context.custom, event)
      // An entry whose callback is gone is known by its name; one of another callback is not this event's.
      const isDangling = found !== undefined && lookUp(found.hook.locals, derived) === undefined
      if (callbacks.length === 0 && isDangling) callbacks.push(derived)
      const methods = sendMethodsOf(context, event)
      const named = callbacks.flatMap((one) => (one === undefined ? [] : (byValue.get(one) ?? [])))
      return inOrder([...named, ...callingAny(properties, methods)]).map(
        ({ name, start, end }): Occurrence => ({
          event,
          file: context.channel.hook?.file ?? '',
          start,
          end,
          links: { name },
        }),
      )
    })
  },

  notNeeded: () => undefined,

  findTaken(target) {
    const found = findChannelHook(target)
    const name = localName(target)
    const other = lookUp(found?.hook.returned?.properties ?? [], name)
    return found === undefined || other === undefined
      ? undefined
      : { name, place: placeOf(found.module.source, other.start) }
  },

  anchor(target) {
    const { channel } = target
    const found = findChannelHook(target)
    const returned = found?.hook.returned
    if (found === undefined || returned === undefined) {
      return {
        kind: 'blocked',
        lookedFor: 'an object that the hook returns',
        ...(found?.hook.returns === undefined
          ? channel.hook === undefined
            ? nearestTo(target, 'hook')
            : { place: { file: channel.hook.file } }
          : {
              nearest: 'it returns something else',
              place: placeOf(found.module.source, found.hook.returns.start),
            }),
      }
    }
    if (returned.isMemoized) {
      return {
        kind: 'blocked',
        lookedFor: 'an object that the hook makes each time',
        nearest: 'it is kept by `useMemo`, whose list of dependencies would have to get the callback too',
        place: placeOf(found.module.source, returned.start),
      }
    }
    const { returnType } = found.hook
    if (returnType !== undefined) {
      return {
        kind: 'blocked',
        lookedFor: `a return type of \`${found.hook.name}\` that is inferred`,
        nearest: `it says \`${returnType}\`, which would have to get the callback too`,
        place: placeOf(found.module.source, found.hook.start),
      }
    }
    const { text } = found.module.source
    const { properties } = returned
    const { indent } = readTsStyle(found.module)
    const list = placeInObject(text, returned, properties.at(-1), properties[0], indent, 0)
    return {
      kind: 'anchor',
      file: found.module.source.path,
      indent,
      ...list,
    }
  },

  view: (target) => ({ name: localName(target) }),

  requirements: () => [],

  cut(context, found) {
    const { text } = context.repository.workspace.read(found.file)
    const entries = findChannelHook(context)?.hook.returned?.properties ?? []
    return cutItems(text, entries, new Set([entries.findIndex((one) => one.start === found.start)]))
  },

  goneNames: (_context, { file, links }) =>
    links?.name === undefined ? [] : [{ name: links.name, file, as: 'member' }],
}

/** What the callback is called in the hook: the existing one's name, else the derived one. */
function localName({ rows, spec, custom }: Half): string {
  return (
    rows.of(spec.names.snake, 'ts-hook-callback')[0]?.links?.name ?? callbackName(custom, spec.names.snake)
  )
}

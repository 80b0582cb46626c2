import { findClient } from '../../channel/client.js'
import { findChannelHook } from '../../channel/hook.js'
import { findReach } from '../../channel/reach.js'
import { callingAny } from '../../channel/typescript/hooks.js'
import { lookUp } from '../../group.js'
import { boundNames } from '../../lang/typescript/query.js'
import { readTsStyle } from '../../layout/style.js'
import { placeOf } from '../../workspace/place.js'
import { indentAt, lineStart } from '../../workspace/source.js'
import { endWithComment, placeApart, placeBehind, TS_COMMENT } from '../anchors/blocks.js'
import { nearestTo } from '../anchors/nearest.js'
import { wholeBlock } from '../anchors/whole.js'
import { changeHookCallback } from '../change/send-method.js'
import { callbackName, interfaceName, sendMethodName, sendMethodsOf } from '../naming.js'
import { NO_LEEWAY, NoView, type Occurrence, type Requirement, type Site } from '../site.js'

declare module '../site.js' {
  interface SitesByKey {
    'ts-hook-callback': Site
  }
}

/**
 * The callback of the hook that components call.
 *
 *     + const sendSeatClaim = useCallback((payload: SeatClaimPayload) => {
 *     +   wsClient.sendSeatClaim(payload)
 *     + }, [])
 */
export const tsHookCallback: Site = {
  id: 'ts-hook-callback',
  title: 'hook callback',
  template: 'ts-hook-callback',
  side: 'client',
  direction: 'client-to-server',
  role: 'produces',
  payload: 'none',
  linked: { through: ['ts-send-method'], ownNames: undefined, isShared: false },
  leeway: { ...NO_LEEWAY, isRepeatable: true, isOptional: true },
  listed: { item: 'client', isMain: false, letter: 'K', column: 'callback' },
  needs: ['ts-send-method', 'ts-payload-interface'],

  survey(context) {
    const found = findChannelHook(context)
    if (found === undefined) return []
    return context.rows.events().flatMap((event) =>
      callingAny(found.hook.callbacks, sendMethodsOf(context, event)).map(
        (one): Occurrence => ({
          event,
          file: found.module.source.path,
          start: one.start,
          end: one.end,
          links: { name: one.name },
        }),
      ),
    )
  },

  notNeeded(target) {
    const methods = sendMethodsOf(target, target.spec.names.snake)
    const properties = findChannelHook(target)?.hook.returned?.properties ?? []
    return callingAny(properties, methods).length > 0
      ? 'what the hook returns calls the client itself'
      : undefined
  },

  findTaken(target) {
    const found = findChannelHook(target)
    if (found === undefined) return undefined
    const name = callbackName(target.custom, target.spec.names.snake)
    const other = lookUp(found.hook.locals, name) ?? boundNames(found.module).get(name)
    return other === undefined ? undefined : { name, place: placeOf(found.module.source, other.start) }
  },

  anchor(target) {
    const { channel } = target
    const found = findChannelHook(target)
    const client = findClient(target)
    if (found === undefined) {
      return {
        kind: 'blocked',
        lookedFor: 'a function `use…` with a body of statements that holds the switch over the messages',
        ...(channel.hook === undefined ? nearestTo(target, 'hook') : { place: { file: channel.hook.file } }),
      }
    }
    if (client === undefined || findReach(target) === undefined) {
      const name = channel.client?.name ?? 'WebSocketClient'
      return {
        kind: 'blocked',
        lookedFor: `how \`${found.hook.name}\` reaches the client: \`export const wsClient = new ${name}()\`, or \`useRef<${name}>\``,
        place: { file: channel.client?.file ?? found.module.source.path },
      }
    }
    const method = client.one.methods.find(
      (one) => one.name === target.rows.of(target.spec.names.snake, 'ts-send-method')[0]?.links?.name,
    )
    const types = method?.parameters.map((one) => one.type)
    const wanted = target.fields.length > 0 ? [interfaceName(target)] : []
    if (method !== undefined && types?.join() !== wanted.join()) {
      return {
        kind: 'blocked',
        lookedFor: `a send method that takes ${wanted[0] === undefined ? 'nothing' : `one \`${wanted[0]}\``}`,
        nearest: `\`${method.name}(${method.parameters.map((one) => one.name).join(', ')})\`, whose callback only its author can write`,
        place: placeOf(client.module.source, method.start),
      }
    }
    const { module, hook } = found
    const { text } = module.source
    const methods = client.methods.filter((one) => one.sends.length > 0).map((one) => one.name)
    const sending = hook.callbacks.findLast((one) => one.calls.some((call) => methods.includes(call.method)))
    const previous = sending ?? hook.callbacks.findLast((one) => one.isMemoized)
    const shared = { kind: 'anchor', file: module.source.path, indent: readTsStyle(module).indent } as const
    if (previous !== undefined) {
      const place = placeBehind(endWithComment(text, previous.end, TS_COMMENT), 1)
      return { ...shared, base: indentAt(text, previous.start), place }
    }
    if (hook.returnsEarly) {
      return {
        kind: 'blocked',
        lookedFor: `a place for a \`useCallback\` in \`${hook.name}\``,
        nearest: 'it returns early, and a hook must not be called behind that',
        place: placeOf(module.source, hook.start),
      }
    }
    if (hook.returns === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `a \`useCallback\` or a \`return\` in \`${hook.name}\``,
        place: placeOf(module.source, hook.start),
      }
    }
    return {
      ...shared,
      base: indentAt(text, hook.returns.start),
      place: placeApart(text, lineStart(text, hook.returns.start)),
    }
  },

  view(target) {
    const { spec, fields, rows } = target
    const found = findChannelHook(target)
    const reach = findReach(target)
    if (found === undefined || reach === undefined)
      throw new NoView('ts-hook-callback has no view without hook and client')
    const name = callbackName(target.custom, spec.names.snake)
    return {
      name,
      type: fields.length > 0 ? interfaceName(target) : '',
      client: reach.expression,
      dependencies: reach.dependencies.join(', '),
      method:
        rows.of(spec.names.snake, 'ts-send-method')[0]?.links?.name ??
        sendMethodName(target.custom, spec.names.snake),
      end: readTsStyle(found.module).semicolon,
    }
  },

  requirements(target) {
    const { channel, fields } = target
    if (channel.hook === undefined || channel.client === undefined) return []
    const reach = findReach(target)
    const { file } = channel.hook
    const needs: Requirement[] = [
      { kind: 'ts-import', file, from: 'react', name: 'useCallback', isType: false },
    ]
    if (reach?.instance !== undefined)
      needs.push({ kind: 'ts-import', file, from: channel.client.file, name: reach.instance, isType: false })
    if (fields.length > 0 && channel.union !== undefined) {
      const name = interfaceName(target)
      needs.push({ kind: 'ts-import', file, from: channel.union.file, name, isType: true })
    }
    return needs
  },
  change: changeHookCallback,

  cut({ repository }, { file, start, end }) {
    return wholeBlock(repository.workspace.read(file), { start, end })
  },

  goneNames: (_context, { file, links }) =>
    links?.name === undefined ? [] : [{ name: links.name, file, as: 'member' }],
}

import { findClient, findSender, withBases } from '../../channel/client.js'
import { printJsDocText, printString } from '../../lang/typescript/print.js'
import { readTsStyle } from '../../layout/style.js'
import { readTsShape } from '../../payload/typescript.js'
import { placeOf } from '../../workspace/place.js'
import { indentAt } from '../../workspace/source.js'
import { endWithComment, placeBehind, TS_COMMENT } from '../anchors/blocks.js'
import { nearestTo } from '../anchors/nearest.js'
import { wholeBlock } from '../anchors/whole.js'
import { changeSendMethod } from '../change/send-method.js'
import { interfaceName, sendMethodName } from '../naming.js'
import { NO_LEEWAY, NoView, type Occurrence, type Requirement, type Site } from '../site.js'
import { findUnreadSend } from '../unread/typescript.js'

declare module '../site.js' {
  interface SitesByKey {
    'ts-send-method': Site
  }
}

/**
 * The method of the client that sends the event, with one object for the payload.
 *
 *     + sendSeatClaim(payload: SeatClaimPayload): void {
 *     +   this.send('seat_claim', payload)
 *     + }
 */
export const tsSendMethod: Site = {
  id: 'ts-send-method',
  title: 'send method',
  template: 'ts-send-method',
  side: 'client',
  direction: 'client-to-server',
  role: 'produces',
  payload: 'wire',
  linked: undefined,
  leeway: NO_LEEWAY,
  listed: { item: 'client', isMain: true, letter: 'P', column: 'send method' },
  needs: ['ts-union-member', 'ts-payload-interface'],

  survey(context) {
    const client = findClient(context)
    if (client === undefined) return []
    return client.methods.flatMap((method) =>
      method.sends.map(
        (send): Occurrence => ({
          event: send.message,
          file: client.module.source.path,
          start: method.start,
          end: method.end,
          shape: send.unread.length > 0 ? undefined : readTsShape(send.keys),
          links: { name: method.name, types: send.types },
        }),
      ),
    )
  },

  notNeeded: () => undefined,
  unread: findUnreadSend,

  findTaken(target) {
    const client = findClient(target)
    if (client === undefined) return undefined
    const name = sendMethodName(target.custom, target.spec.names.snake)
    for (const { module, one } of withBases(target, client)) {
      const other = one.members.find((member) => member.name === name)
      if (other !== undefined)
        return { name: `${one.name}.${name}`, place: placeOf(module.source, other.start) }
    }
    return undefined
  },

  anchor(target) {
    const { channel } = target
    const client = findClient(target)
    if (client === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `a class whose methods send members of \`${channel.union?.name ?? channel.enum.name}\``,
        ...(channel.client === undefined
          ? nearestTo(target, 'client')
          : { place: { file: channel.client.file } }),
      }
    }
    const { module, one, methods } = client
    const sender = findSender(target)
    const previous = methods.findLast((method) => method.sends.length > 0 || method.name === sender?.name)
    if (sender === undefined || previous === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `a method of \`${one.name}\` that takes a \`${channel.union?.name ?? 'type'}\` and a payload`,
        place: placeOf(module.source, one.start),
      }
    }
    const { text } = module.source
    return {
      kind: 'anchor',
      file: module.source.path,
      indent: readTsStyle(module).indent,
      base: indentAt(text, previous.start),
      place: placeBehind(endWithComment(text, previous.end, TS_COMMENT), 1),
    }
  },

  view(target) {
    const client = findClient(target)
    const sender = findSender(target)
    if (client === undefined || sender === undefined)
      throw new NoView('ts-send-method has no view without a client')
    const style = readTsStyle(client.module)
    const { spec, fields } = target
    const whole = sender.wantsLiteral ? '{ ...payload }' : 'payload'
    return {
      name: sendMethodName(target.custom, spec.names.snake),
      description: spec.description === undefined ? '' : printJsDocText(spec.description),
      type: fields.length > 0 ? interfaceName(target) : '',
      send: sender.name,
      wire: printString(spec.names.snake, style.quote),
      value: fields.length > 0 ? whole : sender.isPayloadOptional ? '' : '{}',
      end: style.semicolon,
    }
  },

  requirements(target): readonly Requirement[] {
    const { channel, fields } = target
    if (channel.client === undefined || channel.union === undefined || fields.length === 0) return []
    const { file } = channel.client
    if (file === channel.union.file) return []
    return [{ kind: 'ts-import', file, from: channel.union.file, name: interfaceName(target), isType: true }]
  },
  change: changeSendMethod,

  cut({ repository }, { file, start, end }) {
    return wholeBlock(repository.workspace.read(file), { start, end })
  },

  goneNames: (_context, { file, links }) =>
    links?.name === undefined ? [] : [{ name: links.name, file, as: 'member' }],
}

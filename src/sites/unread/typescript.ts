import { findClient, unreadSends } from '../../channel/client.js'
import { perChannel } from '../../channel/open-channel.js'
import { findReceiving, takenAway } from '../../channel/receiving.js'
import { findUnion } from '../../channel/union.js'
import type { TsModule } from '../../lang/module.js'
import { textBehind } from '../../lang/typescript/constants.js'
import type { NameScope } from '../../lang/typescript/exports.js'
import { scopeOf } from '../../layout/repository.js'
import { placeOf } from '../../workspace/place.js'
import type { Span } from '../../workspace/span.js'
import type { SurveyContext, Unread } from '../site.js'
import { findUnread, type UnreadPlace } from './unread.js'

/** A place of the client that may take an event and cannot be read, or that takes it and does nothing with it. */
export function findUnreadCase(context: SurveyContext, event: string): Unread | undefined {
  const place = takenAway(context, event)
  return (
    findUnread(context.rows, event, unreadCases(context)) ??
    (place === undefined ? undefined : { text: 'an `if` that takes it', place })
  )
}

const unreadCases = perChannel((open): readonly UnreadPlace[] => {
  const scope = scopeOf(open.repository, open.layout)
  return findReceiving(open).unread.map(({ text, module, span, expression }) =>
    placeIn(scope, module, span, text, expression),
  )
})

/** A member of the union that may be an event's and is no string that can be read. */
export function findUnreadMember(context: SurveyContext, event: string): Unread | undefined {
  return findUnread(context.rows, event, unreadMembers(context))
}

const unreadMembers = perChannel((open): readonly UnreadPlace[] => {
  const { repository, layout } = open
  return (findUnion(open)?.unread ?? []).map((one) => {
    const module = repository.typescript(one.file)
    const text = module.source.text.slice(one.start, one.end)
    return placeIn(scopeOf(repository, layout), module, one, `\`${text}\``)
  })
})

/** A send of the client that may be an event's and whose type is no literal. */
export function findUnreadSend(context: SurveyContext, event: string): Unread | undefined {
  return findUnread(context.rows, event, sendsNotRead(context))
}

const sendsNotRead = perChannel((open): readonly UnreadPlace[] => {
  const client = findClient(open)
  if (client === undefined) return []
  const scope = scopeOf(open.repository, open.layout)
  return unreadSends(open, client).map((one) =>
    placeIn(scope, client.module, one.method, `\`${one.text}\` in \`${one.method.name}\``, one.text),
  )
})

function placeIn(
  scope: NameScope,
  module: TsModule,
  span: Span,
  text: string,
  expression = module.source.text.slice(span.start, span.end),
): UnreadPlace {
  const behind = textBehind(scope, module, expression)
  return {
    text,
    place: placeOf(module.source, span.start),
    said: `${module.source.text.slice(span.start, span.end)}\n${behind ?? ''}`,
    isOpen: behind === undefined || !isPlain(behind),
  }
}

/** Whether a declaration is made of literals alone, so that what it does not say it does not hold. */
function isPlain(declaration: string): boolean {
  return /^[\w$]+\s*(?:<\w+>)?\s*=\s*(?:\|?\s*(['"`])\w*\1\s*)+;?$/.test(
    declaration.replace(/^(?:export\s+)?type\s+/, ''),
  )
}

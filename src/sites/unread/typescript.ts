import { findClient, unreadSends } from '../../channel/client.js'
import { findSwitch } from '../../channel/switch.js'
import { dispatchesOf } from '../../channel/typescript/dispatches.js'
import { takenTypePlaces } from '../../channel/typescript/message-types.js'
import type { TsSwitch } from '../../channel/typescript/switches.js'
import { findUnion } from '../../channel/union.js'
import type { TsModule } from '../../lang/module.js'
import { textBehind } from '../../lang/typescript/constants.js'
import type { NameScope } from '../../lang/typescript/exports.js'
import { scopeOf } from '../../layout/repository.js'
import { placeOf } from '../../workspace/place.js'
import type { Span } from '../../workspace/span.js'
import type { SurveyContext, Unread } from '../site.js'
import { findUnread, type UnreadPlace } from './unread.js'

/** A place of the hook that may be an event's case and cannot be read as one, or that takes the event another way. */
export function findUnreadCase(context: SurveyContext, event: string): Unread | undefined {
  const { repository, channel, rows } = context
  const found = findSwitch(context)
  if (channel.hook === undefined || found === undefined) return undefined
  const module = repository.typescript(channel.hook.file)
  const scope = scopeOf(context.repository, context.layout)
  const labels = found.clauses.flatMap((clause) => labelPlaces(scope, module, clause))
  const tables = dispatchesOf(module)
    .filter((one) => one.kind === 'table' && one.owner === found.owner)
    .map((one) => placeIn(scope, module, one, 'a table of handlers'))
  return findUnread(rows, event, [...labels, ...tables]) ?? findTaken(context, event)
}

function labelPlaces(
  scope: NameScope,
  module: TsModule,
  { value, label, isDispatch, start, end }: TsSwitch['clauses'][number],
): UnreadPlace[] {
  if (value === undefined && label !== undefined)
    return [placeIn(scope, module, { start, end }, `\`case ${label.text}\``, label.text)]
  return isDispatch ? [placeIn(scope, module, { start, end }, 'a `default` that looks the type up')] : []
}

/** An `if` of the hook or the client that takes the event in front of the switch. */
function findTaken({ repository, channel }: SurveyContext, event: string): Unread | undefined {
  for (const file of [channel.hook?.file, channel.client?.file]) {
    if (file === undefined) continue
    const module = repository.typescript(file)
    const start = takenTypePlaces(module).get(event)
    if (start === undefined) continue
    return { text: 'an `if` that takes it', place: placeOf(module.source, start) }
  }
  return undefined
}

/** A member of the union that may be an event's and is no string that can be read. */
export function findUnreadMember(context: SurveyContext, event: string): Unread | undefined {
  const { repository, layout, rows } = context
  const places = (findUnion(context)?.unread ?? []).map((one) => {
    const module = repository.typescript(one.file)
    const text = module.source.text.slice(one.start, one.end)
    return placeIn(scopeOf(repository, layout), module, one, `\`${text}\``)
  })
  return findUnread(rows, event, places)
}

/** A send of the client that may be an event's and whose type is no literal. */
export function findUnreadSend(context: SurveyContext, event: string): Unread | undefined {
  const client = findClient(context)
  if (client === undefined) return undefined
  const scope = scopeOf(context.repository, context.layout)
  const places = unreadSends(context, client).map((one) =>
    placeIn(scope, client.module, one.method, `\`${one.text}\` in \`${one.method.name}\``, one.text),
  )
  return findUnread(context.rows, event, places)
}

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

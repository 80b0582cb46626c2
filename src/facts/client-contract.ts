import { branchesOfEvent, type HandlerBranch } from '../channel/branches.js'
import type { UnreadPart } from '../channel/payloads.js'
import type { TsSentField } from '../channel/typescript/client-sends.js'
import { readTsShape } from '../payload/typescript.js'
import type { SurveyContext } from '../sites/site.js'
import { placeOf } from '../workspace/place.js'
import { sendsOf } from './client-sent.js'
import { mergeSent, type SentField, type Terms, type WantedField } from './contract.js'

/** What the client sends of an event and what the handler's branch reads; undefined where one of them is gone. */
export function readClientContract(context: SurveyContext, event: string): Terms | undefined {
  const { repository, channel } = context
  const { client, handler } = channel
  if (client === undefined || handler === undefined) return undefined
  const sent = sendsOf(context, event)
  const branches = branchesOfEvent(context, event)
  if (sent.length === 0 || branches.length === 0) return undefined
  return {
    sent: mergeSent(sent.map((one) => one.keys.map((key) => readSent(context, key)))),
    given: [],
    isSentOpen: sent.some((one) => one.unread.length > 0),
    sentAt: sent.map((one) => placeOf(repository.typescript(one.file).source, one.start)),
    wanted: wantedBy(context, branches, handler.file),
    isDeclared: false,
    isOwnType: false,
    isWantedOpen: branches.some((one) => one.unread.length > 0),
    wantedAt: branches.map((one) => placeOf(repository.python(handler.file).source, one.start)),
  }
}

/** Each key that the branches of an event read, with every place that does. */
function wantedBy(
  { repository }: SurveyContext,
  branches: readonly HandlerBranch[],
  file: string,
): WantedField[] {
  const reads = branches.flatMap((one) => one.reads)
  return [...new Set(reads.map((one) => one.key))].map((key): WantedField => {
    const own = reads.filter((one) => one.key === key)
    return {
      key,
      declared: undefined,
      reads: own.map((one) => ({
        type: one.type,
        // A key that is tested somewhere is read as one that may be missing.
        isGuarded: one.raises ? one.isGuarded : own.some((other) => other.isGuarded),
        raises: one.raises,
        alternatives: [],
        place: placeOf(repository.python(one.file ?? file).source, one.start ?? 0),
      })),
    }
  })
}

/** The places of an event's payload that cannot be read, as the server takes it. */
export function readUnreadRequest(context: SurveyContext, event: string): readonly UnreadPart[] {
  return branchesOfEvent(context, event).flatMap((one) => one.unread)
}

function readSent({ repository }: SurveyContext, key: TsSentField): SentField {
  const [shown] = readTsShape([key])
  return {
    key: key.name,
    type: key.type === undefined || shown === undefined ? { kind: 'unknown', raw: '' } : shown.type,
    always: !key.optional && shown?.optional === false,
    place: placeOf(repository.typescript(key.file).source, key.start),
    value: '',
    parameter: undefined,
  }
}

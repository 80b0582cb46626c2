import { findClient } from '../channel/client.js'
import { branchesOf, payloadNames } from '../channel/handler.js'
import type { TsSentField } from '../channel/typescript/client-sends.js'
import { escapeRegExp } from '../layout/candidates.js'
import { readTsShape } from '../payload/typescript.js'
import type { SurveyContext } from '../sites/site.js'
import { placeOf } from '../workspace/place.js'
import { mergeSent, type SentField, type Terms } from './contract.js'

/** What the client sends of an event and what the handler's branch reads; undefined where one of them is gone. */
export function readClientContract(context: SurveyContext, event: string): Terms | undefined {
  const { repository, channel } = context
  const { client, handler } = channel
  if (client === undefined || handler === undefined) return undefined
  const found = findClient(context)
  const sent = (found?.methods ?? [])
    .flatMap((method) => method.sends)
    .filter(({ message }) => message === event)
  const branches = branchesOf(context).filter((one) => one.event === event)
  if (found === undefined || sent.length === 0 || branches.length === 0) return undefined
  const handlerModule = repository.python(handler.file)
  const { source } = handlerModule
  const names = payloadNames(handlerModule)
  return {
    sent: mergeSent(sent.map((one) => one.keys.map((key) => readSent(context, key)))),
    isSentOpen: sent.some((one) => one.isOpen),
    sentAt: sent.map((one) => placeOf(found.module.source, one.start)),
    wanted: branches.flatMap((one) =>
      (one.shape ?? []).map((field) => ({
        key: field.key,
        declared: undefined,
        reads: [
          {
            type: field.type,
            isGuarded: (field.value ?? '').includes('.get('),
            alternatives: [],
            place: placeOf(source, field.start ?? one.start),
          },
        ],
      })),
    ),
    isDeclared: false,
    isOwnType: false,
    isWantedOpen: branches.some(
      (one) => one.shape === undefined || handsOn(source.text, source.text.slice(one.start, one.end), names),
    ),
    wantedAt: branches.map((one) => placeOf(source, one.start)),
  }
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

/** A statement that takes the payload out of a message: what the message is called. */
const TAKEN =
  /^[ \t]*\w+(?:[ \t]*:[^=\n]+)?[ \t]*=\s*(\w+)(?:\.get\(\s*["']payload["'].*|\[\s*["']payload["']\s*\].*|\.payload\b.*)$/gm

/** Whether a branch does anything with the message but read keys of its payload, so that not all reads can be seen. */
function handsOn(module: string, branch: string, names: ReadonlySet<string>): boolean {
  const messages = [...module.matchAll(TAKEN)].map((match) => match[1] ?? '')
  const code = branch.replace(/#.*/g, '').replace(TAKEN, '')
  const rest = [...names].map(escapeRegExp).reduce((text, name) => {
    const reads = `\\b${name}(?:\\.(?:get|pop)\\(|\\[)|isinstance\\(\\s*${name}\\b|\\bin\\s+${name}\\b|^\\s*${name}\\s*=`
    return text.replace(new RegExp(reads, 'gm'), '')
  }, code)
  const says = (name: string): boolean => new RegExp(`\\b${escapeRegExp(name)}\\b`).test(rest)
  return names.size === 0 || [...names, ...messages].some(says) || /["']payload["']/.test(rest)
}

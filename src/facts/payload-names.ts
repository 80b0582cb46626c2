import { perChannel } from '../channel/open-channel.js'
import { groupBy, lookUp } from '../group.js'
import { classesOf } from '../lang/python/query.js'
import { typesOf } from '../sites/naming.js'
import type { SurveyContext } from '../sites/site.js'
import { pascalToSnake } from '../spec/names.js'
import { frameAt } from '../values/python/frame.js'
import { modelNamed } from '../values/python/models.js'
import { foldKey } from './compare.js'

/**
 * Whether a class beside the envelope declares the event's payload under another name: that of a type which the frontend
 * has for it, or any where it has the very keys that are sent.
 */
export function hasSharedModel(context: SurveyContext, event: string, sent: readonly string[]): boolean {
  const { repository, channel, rows } = context
  const classes = classesOf(repository.python(channel.envelope.file))
  if (typesOf(rows, event).some((name) => lookUp(classes, name) !== undefined)) return true
  if (sent.length === 0) return false
  // What only the client sends has no say in what a model of the server is called.
  const isOwned = (name: string): boolean => rows.of(eventOfModel(name), 'python-factory').length > 0
  const alike = modelsByKeys(context).get(keysOf(sent)) ?? []
  return alike.some(({ name }) => !isOwned(name))
}

/** The payload models beside the envelope by the keys that they declare. */
const modelsByKeys = perChannel((open) => {
  const module = open.repository.python(open.channel.envelope.file)
  const frame = frameAt(open, module, module.root)
  const models = classesOf(module).filter((one) => one.name.endsWith('Payload'))
  return groupBy(models, ({ name }) =>
    keysOf(modelNamed(frame, name)?.fields.map((one) => one.alias ?? one.name) ?? []),
  )
})

/** Keys as one text, in whatever order and case they are written. */
function keysOf(keys: readonly string[]): string {
  return keys.map(foldKey).sort().join('\0')
}

/** `SeatTakenPayload` → `seat_taken`. */
export function eventOfModel(name: string): string {
  return pascalToSnake(name.replace(/Payload$/, ''))
}

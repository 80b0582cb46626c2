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
  const types = typesOf(rows, event)
  const module = repository.python(channel.envelope.file)
  const classes = classesOf(module)
  if (classes.some((one) => types.includes(one.name))) return true
  const frame = frameAt(context, module, module.root)
  // What only the client sends has no say in what a model of the server is called.
  const isOwned = (name: string): boolean => rows.of(eventOfModel(name), 'python-factory').length > 0
  return classes
    .filter((one) => one.name.endsWith('Payload') && !isOwned(one.name))
    .some(({ name }) => {
      const keys = modelNamed(frame, name)?.fields.map((one) => foldKey(one.alias ?? one.name)) ?? []
      return (
        keys.length > 0 && keys.length === sent.length && sent.every((key) => keys.includes(foldKey(key)))
      )
    })
}

/** `SeatTakenPayload` → `seat_taken`. */
export function eventOfModel(name: string): string {
  return pascalToSnake(name.replace(/Payload$/, ''))
}

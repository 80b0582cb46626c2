import { classesOf } from '../lang/python/query.js'
import { typesOf } from '../sites/naming.js'
import type { SurveyContext } from '../sites/site.js'
import { pascalToSnake } from '../spec/names.js'

/** Whether a class beside the envelope has the name of a type that the frontend has for the event's payload. */
export function hasSharedModel({ repository, channel, rows }: SurveyContext, event: string): boolean {
  const types = typesOf(rows, event)
  return classesOf(repository.python(channel.envelope.file)).some((one) => types.includes(one.name))
}

/** `SeatTakenPayload` → `seat_taken`. */
export function eventOfModel(name: string): string {
  return pascalToSnake(name.replace(/Payload$/, ''))
}

import { Shown } from './shown.js'
import { visibleJson } from './visible.js'

/** A value as JSON with a line end; what is not seen in its strings is escaped. */
export function json(value: unknown): Shown {
  return Shown.safe(`${visibleJson(JSON.stringify(value, undefined, 2))}\n`)
}

import { Shown } from './shown.js'

/** What was shown in an earlier run, and kept as it was. */
export function shownBefore(text: string, isProse: boolean): Shown {
  return Shown.safe(text, text.length, isProse)
}

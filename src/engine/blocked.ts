import type { Blocked } from '../sites/site.js'

/** What an edit needs, said of a file that has an error. */
export const SOUND_FILE = 'a file that parses'

/** Why something is blocked, in words: what was looked for, and what came nearest. */
export function describeBlocked({ lookedFor, nearest }: Pick<Blocked, 'lookedFor' | 'nearest'>): string {
  return `looked for ${lookedFor}${nearest === undefined ? '' : `; nearest: ${nearest}`}`
}

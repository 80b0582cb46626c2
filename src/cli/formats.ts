import type { GlobalFlags } from './context.js'

/** The forms that `check` prints its findings in. */
export const FORMATS = ['text', 'json', 'github', 'sarif'] as const
export type Format = (typeof FORMATS)[number]

/** The flags of `check`. */
export interface CheckFlags extends GlobalFlags {
  readonly channel?: string
  readonly format?: string
  readonly output?: string
  readonly failOn?: string
  readonly baseline?: string
  readonly writeBaseline?: boolean
}

import { wrongInput } from '../errors.js'
import { choose } from '../spec/reserved.js'
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

/**
 * The format that was asked for, if one was: `--json` is `--format json`.
 *
 * @throws Failure with exit code 2 for one that is not known, and for two of them
 */
export function chooseFormat<T extends string>(
  flags: { readonly json?: boolean; readonly format?: string },
  formats: readonly (T | 'json')[],
): T | 'json' | undefined {
  const format = flags.format === undefined ? undefined : choose('format', flags.format, formats)
  if (flags.json !== true) return format
  if (format === undefined || format === 'json') return 'json'
  throw wrongInput({ what: `--json and --format ${format} contradict each other`, fix: 'give one of them' })
}

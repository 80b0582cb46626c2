import { wrongInput } from '../errors.js'
import { choose } from '../spec/reserved.js'

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
  throw wrongInput({
    code: 'contradicting-options',
    what: `--json and --format ${format} contradict each other`,
    fix: 'give one of them',
  })
}

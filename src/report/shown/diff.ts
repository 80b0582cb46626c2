import { block, Shown } from './shown.js'

/**
 * A diff as it is printed. For a person everything is made visible; for a program, as `git apply`, it stays as it
 * is to the byte, and a runner of GitHub Actions is told to read no commands in it.
 *
 * @param token what nobody can know in advance; only where a runner reads along
 */
export function showDiff(diff: string, to: 'person' | 'program', token?: string): Shown {
  if (to === 'person') return block(diff)
  if (token === undefined || diff === '') return Shown.safe(diff)
  return Shown.safe(`::stop-commands::${token}\n${diff}::${token}::\n`)
}

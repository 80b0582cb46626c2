import { block, joined, lines, Shown, say, shownOf, widest } from './shown.js'

/**
 * A diff as it is printed. For a person its files stand in front and everything is made visible; for a program, as `git apply`, it stays as it
 * is to the byte, and a runner of GitHub Actions is told to read no commands in it.
 *
 * @param token what nobody can know in advance; only where a runner reads along
 */
export function showDiff(diff: string, to: 'person' | 'program', token?: string): Shown {
  if (to === 'person') return diff === '' ? block('') : joined([statOf(diff), block(diff)])
  if (token === undefined || diff === '') return Shown.safe(diff)
  return Shown.safe(`::stop-commands::${token}\n${diff}::${token}::\n`)
}

/** A file of a diff, and how many of its lines come in and go. */
export interface DiffStat {
  readonly file: string
  readonly added: number
  readonly removed: number
}

/** The files of a unified diff, in its order. */
export function statsOf(diff: string): DiffStat[] {
  return diff
    .split(/^(?=--- (?:a\/|\/dev\/null$))/m)
    .filter((one) => one.startsWith('--- '))
    .map((one) => {
      const [from = '', to = '', ...rest] = one.split('\n')
      const count = (sign: string): number => rest.filter((line) => line.startsWith(sign)).length
      const file = (to === '+++ /dev/null' ? from : to).replace(/^(?:---|\+\+\+) [ab]\//, '')
      return { file, added: count('+'), removed: count('-') }
    })
}

function statOf(diff: string): Shown {
  const stats = statsOf(diff)
  const width = widest(stats.map(({ file }) => shownOf(file)))
  const rows = stats.map(
    ({ file, added, removed }) => say`${shownOf(file).padEnd(width)}  +${added} −${removed}`,
  )
  return lines([...rows, ''])
}

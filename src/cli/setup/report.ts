import { formatPlace, type Place } from '../../errors.js'
import { renderInitJson } from '../../report/program-json.js'
import { lines, say } from '../../report/shown/shown.js'
import type { GlobalFlags, World } from '../context.js'
import { printDiff } from '../output.js'
import type { Row } from './choose.js'
import { ITEM_WORDS } from './items.js'

const MARKS = { inserted: '+', replaced: '~', present: '=' } as const

interface FileRow extends Place {
  readonly item: string
  readonly status: keyof typeof MARKS
}

interface SetUp {
  readonly diff: string
  /** What else the user should know. */
  readonly notes: readonly string[]
  /** The files that were put back first. */
  readonly recovered: readonly string[]
}

/** Says what was set up, or would be: one JSON value, or the diff of a dry run on stdout and a line a file. */
export function reportSetup(
  world: World,
  flags: GlobalFlags & { readonly dryRun?: boolean },
  rows: readonly Row[],
  { diff, notes, recovered }: SetUp,
): void {
  const isDryRun = flags.dryRun === true
  const files = rows.flatMap(toFileRows)
  const isWritten = files.some(({ status }) => status !== 'present')
  const next = isWritten ? ['commit what was written', ...notes] : []
  if (flags.json === true)
    return void world.stdout.write(
      renderInitJson({ next, dryRun: isDryRun, files, recovered, ...(isDryRun ? { diff } : {}) }),
    )
  if (isDryRun) printDiff(world, diff)
  if (flags.quiet === true) return
  const rowsShown = files.map(
    ({ item, status, ...place }) =>
      say`  ${MARKS[status]} ${item.padEnd(16)} ${status.padEnd(9)} ${formatPlace(place)}`,
  )
  const stream = isDryRun ? world.stderr : world.stdout
  stream.write(lines([...rowsShown, ...next.map((line) => say`  next  ${line}`)]))
}

function toFileRows({ item, planned }: Row): FileRow[] {
  const { title } = ITEM_WORDS[item]
  if (planned.kind === 'present') return [{ item: title, status: 'present', ...planned.place }]
  return planned.changes.map(({ before, after }) => ({
    item: title,
    status: planned.kind === 'replace' && before !== undefined ? 'replaced' : 'inserted',
    file: after.path,
  }))
}

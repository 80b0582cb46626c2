import { formatPlace, type Place } from '../../errors.js'
import { renderInitJson } from '../../report/program-json.js'
import type { GlobalFlags, World } from '../context.js'
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
    return void world.stdout.write(renderInitJson({ dryRun: isDryRun, files, diff, next, recovered }))
  if (isDryRun) world.stdout.write(diff)
  if (flags.quiet === true) return
  const lines = files.map(
    ({ item, status, ...place }) =>
      `  ${MARKS[status]} ${item.padEnd(16)} ${status.padEnd(9)} ${formatPlace(place)}\n`,
  )
  const stream = isDryRun ? world.stderr : world.stdout
  stream.write(lines.join('') + next.map((line) => `  next  ${line}\n`).join(''))
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

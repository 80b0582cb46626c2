import { resolve } from 'node:path'
import { collision, Failure, formatPlace } from '../errors.js'
import { findRoot } from '../layout/root.js'
import { renderInitJson } from '../report/program-json.js'
import { lines, say } from '../report/shown/shown.js'
import { renderDiff } from '../workspace/diff.js'
import { writeSetupFiles } from '../workspace/setup-files.js'
import { Workspace } from '../workspace/workspace.js'
import { confirm } from './confirm.js'
import { canAsk, type GlobalFlags, type World, wantsColor } from './context.js'
import { printDiff } from './output.js'
import { ITEM_WORDS, ITEMS, type Item, PLANS, type Planned } from './setup/items.js'
import { readVersion } from './version.js'

export type InitFlags = GlobalFlags & { readonly all?: boolean; readonly dryRun?: boolean } & {
  readonly [item in Item]?: boolean
}

/** One item, and what is to be done for it. */
interface Row {
  readonly item: Item
  readonly planned: Exclude<Planned, { readonly kind: 'blocked' }>
}

/**
 * Runs `init`: plans every item that was asked for, shows what it writes, and writes all of it or nothing.
 *
 * @throws Failure 3 for a file of other content, 4 when nothing was asked for and nobody can be asked
 */
export async function init(world: World, flags: InitFlags): Promise<number> {
  const { root } = findRoot(world.disk, resolve(world.cwd, flags.cwd ?? '.'))
  const workspace = new Workspace(root, world.disk)
  const given = ITEMS.filter((item) => flags.all === true || flags[item] === true)
  const items = given.length > 0 ? given : await askForItems(world, flags)
  const rows = plan(workspace, items, readVersion())
  const changes = rows.flatMap(({ planned }) => (planned.kind === 'write' ? [planned.change] : []))
  const diff = renderDiff(changes)
  if (flags.dryRun !== true && changes.length > 0) {
    if (canAsk(world, flags)) await confirm(world, flags, diff)
    writeSetupFiles(workspace, changes)
  }
  report(world, flags, rows, diff)
  return 0
}

/** @throws Failure with exit code 3 that names every file in the way */
function plan(workspace: Workspace, items: readonly Item[], version: string): Row[] {
  const planned = items.map((item) => ({ item, planned: PLANS[item](workspace, version) }))
  const problems = planned.flatMap(({ planned: one }) => (one.kind === 'blocked' ? [one.problem] : []))
  if (problems.length > 0) throw collision(...problems)
  return planned as Row[]
}

async function askForItems(world: World, flags: InitFlags): Promise<readonly Item[]> {
  if (!canAsk(world, flags)) {
    const all = ITEMS.map((item) => ITEM_WORDS[item].flag).join(', ')
    throw new Failure(4, [
      {
        what: 'what to set up is not said, and nobody can be asked here',
        fix: `add one or more of ${all}, or --all`,
      },
    ])
  }
  const { askYesOrNo } = await import('./wizard/wizard.js')
  const color = wantsColor(world, flags, world.stderr)
  const items: Item[] = []
  for (const item of ITEMS)
    if (await askYesOrNo(`Set up the ${ITEM_WORDS[item].title}?`, color)) items.push(item)
  return items
}

function report(world: World, flags: InitFlags, rows: readonly Row[], diff: string): void {
  const isDryRun = flags.dryRun === true
  const files = rows.map(({ item, planned }) => {
    const place = planned.kind === 'write' ? { file: planned.change.after.path } : planned.place
    const status = planned.kind === 'write' ? ('inserted' as const) : ('present' as const)
    return { item: ITEM_WORDS[item].title, status, ...place }
  })
  const next = files.some((one) => one.status === 'inserted') ? ['commit what was written'] : []
  if (flags.json === true)
    return void world.stdout.write(renderInitJson({ dryRun: isDryRun, files, diff, next }))
  if (isDryRun) printDiff(world, diff)
  if (flags.quiet === true) return
  const shown = files.map(({ item, status, ...place }) => {
    const mark = status === 'inserted' ? '+' : '='
    return say`  ${mark} ${item.padEnd(16)} ${status.padEnd(9)} ${formatPlace(place)}`
  })
  const stream = isDryRun ? world.stderr : world.stdout
  stream.write(lines(shown))
}

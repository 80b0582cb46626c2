import { resolve } from 'node:path'
import { collision, Failure, type Problem } from '../errors.js'
import { findRoot } from '../layout/root.js'
import { createPainter, paintDiff } from '../report/color.js'
import { quoteForShell } from '../shell.js'
import { type FileWrite, renderDiff } from '../workspace/diff.js'
import { Workspace } from '../workspace/workspace.js'
import { confirm } from './confirm.js'
import { canAsk, type GlobalFlags, type World, wantsColor } from './context.js'
import {
  chooseItems,
  chooseReplacements,
  type Plan,
  planItems,
  type Row,
  replacedFiles,
} from './setup/choose.js'
import { ITEM_WORDS, ITEMS, type Item } from './setup/items.js'
import { openSource } from './setup/open-source.js'
import type { PackageSource } from './setup/package-source.js'
import { reportSetup } from './setup/report.js'
import { withWriter } from './writing.js'

export type InitFlags = GlobalFlags & {
  readonly all?: boolean
  readonly dryRun?: boolean
  readonly force?: boolean
  readonly from?: string
} & { readonly [item in Item]?: boolean }

/**
 * Runs `init`: plans every item that was asked for, shows what it writes, and writes all of it or nothing.
 *
 * @throws Failure 2 for a `--from` that is none, 3 for a file of other content, 4 when nothing was asked for and nobody
 *   can be asked, or when it is not known where the tool is installed from
 */
export async function init(world: World, flags: InitFlags): Promise<number> {
  const { root } = findRoot(world.disk, resolve(world.cwd, flags.cwd ?? '.'))
  return withWriter(world, root, flags.dryRun === true, async (writer) => {
    const workspace = new Workspace(root, world.disk)
    const source = await openSource(world, flags, root)
    const rows = await planRows(world, flags, workspace, () => {
      const found = source.get()
      return found instanceof Failure ? found : found.spec
    })
    const changes = rows.flatMap(({ planned }) => (planned.kind === 'present' ? [] : planned.changes))
    const diff = renderDiff(changes)
    if (flags.dryRun !== true && changes.length > 0) {
      if (canAsk(world, flags)) await confirm(world, flags, diff, questionOf(rows))
      await writer.write(changes, { edits: 'replacements', extensions: undefined })
    }
    reportSetup(world, flags, rows, { diff, notes: source.notes(), recovered: writer.recovered })
    return 0
  })
}

async function planRows(
  world: World,
  flags: InitFlags,
  workspace: Workspace,
  spec: () => PackageSource['spec'] | Failure,
): Promise<readonly Row[]> {
  const given = ITEMS.filter((item) => flags.all === true || flags[item] === true)
  if (given.length === 0) {
    if (!canAsk(world, flags)) throw nothingAsked()
    return chooseItems(world, flags, workspace, spec)
  }
  const plans = planItems(workspace, given, spec)
  const mayReplace = flags.force === true || (canAsk(world, flags) && flags.dryRun !== true)
  const rows = takeOrRefuse(world, flags, plans, mayReplace)
  return flags.force === true || !mayReplace ? rows : chooseReplacements(world, flags, rows)
}

/** @throws Failure with exit code 3 that names every file in the way, behind the diff of what would replace it */
function takeOrRefuse(world: World, flags: InitFlags, plans: readonly Plan[], mayReplace: boolean): Row[] {
  const problems: Problem[] = []
  const rows: Row[] = []
  const fits = plans.filter(
    ({ planned: { kind } }) => kind !== 'blocked' && (mayReplace || kind !== 'replace'),
  )
  const others = fits.map(({ item }) => ITEM_WORDS[item].flag).join(' ')
  const from = flags.from === undefined ? '' : ` --from ${quoteForShell(flags.from)}`
  const leaveOut = others === '' ? '' : `; or leave it out: cachibot-ws init ${others}${from}`
  for (const { item, planned } of plans) {
    if (planned.kind === 'blocked') {
      const { problem } = planned
      problems.push({ ...problem, fix: `${problem.fix ?? 'leave it out'}${leaveOut}` })
    } else if (planned.kind === 'replace' && !mayReplace) {
      showDiff(world, flags, planned.changes)
      problems.push(inTheWay(item, planned.changes, leaveOut))
    } else rows.push({ item, planned })
  }
  if (problems.length > 0) throw collision(...problems)
  return rows
}

function inTheWay(item: Item, changes: readonly FileWrite[], leaveOut: string): Problem {
  const [first] = changes.flatMap(({ before }) => before?.path ?? [])
  return {
    code: 'file-in-the-way',
    what: `${replacedFiles(changes)} is there with other content; nothing was written`,
    why: `the ${ITEM_WORDS[item].title} would replace it, and what is not committed of it would be lost`,
    fix: `replace it: add --force (--force --dry-run shows the diff)${leaveOut}`,
    ...(first === undefined ? {} : { place: { file: first } }),
  }
}

function showDiff(world: World, flags: InitFlags, changes: readonly FileWrite[]): void {
  if (flags.json === true || flags.quiet === true) return
  world.stderr.write(paintDiff(renderDiff(changes), createPainter(wantsColor(world, flags, world.stderr))))
}

function questionOf(rows: readonly Row[]): string {
  const replaced = rows.flatMap(({ planned }) => (planned.kind === 'replace' ? planned.changes : []))
  return replaced.length === 0
    ? 'Write this?'
    : `Write this? It replaces ${replacedFiles(replaced)}; what is not committed of it is lost.`
}

function nothingAsked(): Failure {
  const all = ITEMS.map((item) => ITEM_WORDS[item].flag).join(', ')
  return new Failure(4, [
    {
      code: 'answer-needed',
      what: 'what to set up is not said, and nobody can be asked here',
      fix: `add one or more of ${all}, or --all`,
    },
  ])
}

import { Failure, orThrow, type Problem } from '../../errors.js'
import { createPainter, paintDiff } from '../../report/color.js'
import { renderProblems } from '../../report/text.js'
import { type PackageSpec, parsePackageSpec, SPEC_EXAMPLES } from '../../settings/package-spec.js'
import { renderDiff } from '../../workspace/diff.js'
import type { Workspace } from '../../workspace/workspace.js'
import { type GlobalFlags, type World, wantsColor } from '../context.js'
import { askLine, askYesOrNo } from '../wizard/prompts.js'
import { ITEM_WORDS, ITEMS, type Item, PLANS, type Planned } from './items.js'

/** One item, and what is done for it. */
export interface Row {
  readonly item: Item
  readonly planned: Exclude<Planned, { readonly kind: 'blocked' }>
}

/** What is planned for one item that may be in the way of itself. */
export interface Plan {
  readonly item: Item
  readonly planned: Planned
}

/**
 * Plans items, without asking anybody.
 *
 * @throws Failure where it is not known what an item is to install, or a file of it cannot be read
 */
export function planItems(
  workspace: Workspace,
  items: readonly Item[],
  spec: () => PackageSpec | Failure,
): readonly Plan[] {
  return items.map((item) => ({ item, planned: orThrow(PLANS[item](workspace, spec)) }))
}

/**
 * Asks for each item that can be set up, and before a file of other content is replaced. One that is there is taken
 * as it is; one that cannot be set up is told and not asked.
 */
export async function chooseItems(
  world: World,
  flags: GlobalFlags,
  workspace: Workspace,
  spec: () => PackageSpec | Failure,
): Promise<readonly Row[]> {
  const color = wantsColor(world, flags, world.stderr)
  const rows: Row[] = []
  for (const item of ITEMS) {
    const planned = PLANS[item](workspace, spec)
    if (planned instanceof Failure) tell(world, color, planned.problems.slice(0, 1))
    else if (planned.kind === 'blocked') tell(world, color, [planned.problem])
    else if (planned.kind === 'present') rows.push({ item, planned })
    else if (planned.kind === 'replace') {
      if (await askToReplace(world, flags, planned)) rows.push({ item, planned })
    } else if (await askYesOrNo(`Set up the ${ITEM_WORDS[item].title}?`, color)) rows.push({ item, planned })
  }
  return rows
}

/** Asks before files of other content are replaced; those of them that are not, are left as they are. */
export async function chooseReplacements(
  world: World,
  flags: GlobalFlags,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const chosen: Row[] = []
  for (const row of rows)
    if (row.planned.kind !== 'replace' || (await askToReplace(world, flags, row.planned))) chosen.push(row)
  return chosen
}

/**
 * Asks where the tool is installed from; Enter alone leaves out what needs to know it.
 *
 * @returns what `--from` would be, or undefined
 */
export async function askForSource(world: World, flags: GlobalFlags): Promise<string | undefined> {
  const answer = await askLine(
    {
      kind: 'text',
      message: 'Where is this tool installed from?',
      initial: '',
      hint: (value) =>
        value === ''
          ? { text: `as ${SPEC_EXAMPLES[0]}; Enter alone: only the config file`, isProblem: false }
          : hintOf(value),
    },
    wantsColor(world, flags, world.stderr),
  )
  return answer === '' ? undefined : answer
}

function hintOf(value: string): { text: string; isProblem: boolean } {
  const spec = parsePackageSpec(value)
  if (!(spec instanceof Failure)) return { text: 'a commit, a tarball or a folder', isProblem: false }
  return { text: spec.problems.map(({ what, fix }) => `${what}; ${fix}`).join('; '), isProblem: true }
}

async function askToReplace(
  world: World,
  flags: GlobalFlags,
  { changes }: Extract<Planned, { kind: 'replace' }>,
): Promise<boolean> {
  const color = wantsColor(world, flags, world.stderr)
  world.stderr.write(paintDiff(renderDiff(changes), createPainter(color)))
  return askYesOrNo(`Replace ${replacedFiles(changes)}?`, color, 'no')
}

/** The files of changes that have something to lose, as a sentence names them. */
export function replacedFiles(changes: Extract<Planned, { kind: 'replace' }>['changes']): string {
  return changes.flatMap(({ before }) => (before === undefined ? [] : [`\`${before.path}\``])).join(', ')
}

function tell(world: World, color: boolean, problems: readonly Problem[]): void {
  world.stderr.write(renderProblems(problems, createPainter(color)))
}

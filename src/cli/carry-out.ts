import type { EventPlan } from '../engine/result.js'
import type { Failure, ProblemWords } from '../errors.js'
import { pathOf, renderDiff } from '../workspace/diff.js'
import type { Rules } from '../workspace/targets.js'
import { confirm } from './confirm.js'
import { canAsk, type World } from './context.js'
import { type RunFlags, reportPlan } from './output.js'
import { Misread, type Writer } from './writing.js'

/** How one command carries out its plans. */
interface Manner {
  readonly command: string
  /** What the commit holds the files to. */
  readonly rules: Rules
  /** What is asked before anything is written, where a person is there. */
  readonly question?: string
  /** The blocks of a run as what it fails with. */
  readonly failureOf: (plan: EventPlan) => Failure
  /** The blocks place by place, where people are told them as errors and not among the changes. */
  readonly wordsOf?: (plan: EventPlan) => readonly ProblemWords[]
}

/**
 * Carries out a plan, or only shows what it would do: the diff, a question where somebody can be asked, the commit and
 * the report.
 *
 * @returns the exit code
 */
export async function carryOut(
  world: World,
  flags: RunFlags,
  plan: EventPlan,
  { write, recovered }: Writer,
  { command, rules, question, failureOf, wordsOf }: Manner,
): Promise<number> {
  const told = plan.changes.flatMap(({ file }) => file ?? [])
  if (!world.trees.confirm([...plan.files.map(pathOf), ...told])) throw new Misread()
  const diff = renderDiff(plan.files)
  const isWritten = flags.dryRun !== true && plan.files.length > 0
  const isAsked = isWritten && question !== undefined && canAsk(world, flags)
  if (isAsked) await confirm(world, flags, diff, question)
  if (isWritten) await write(plan.files, rules)
  const failure = plan.isBlocked ? failureOf(plan) : undefined
  // Whoever was asked has it on the terminal.
  const isSeen = isAsked && world.stdout.isTTY === true
  const said = { command, plan: { ...plan, recovered }, diff, failure, words: wordsOf?.(plan) }
  return reportPlan(world, isSeen ? { ...flags, diff: false } : flags, said)
}

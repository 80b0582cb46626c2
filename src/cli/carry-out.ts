import type { EventPlan } from '../engine/result.js'
import type { Failure, ProblemWords } from '../errors.js'
import { composed, pathOf, renderDiff } from '../workspace/diff.js'
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
  readonly failureOf: (plans: readonly EventPlan[]) => Failure
  /** The blocks place by place, where people are told them as errors and not among the changes. */
  readonly wordsOf?: (plans: readonly EventPlan[]) => readonly ProblemWords[]
}

/**
 * Carries out plans, each made on what the one before it leaves, or only shows what they would do: the diff, a question where somebody can be asked, the commit and
 * the report.
 *
 * @returns the exit code
 */
export async function carryOut(
  world: World,
  flags: RunFlags,
  plans: readonly EventPlan[],
  { write, recovered }: Writer,
  { command, rules, question, failureOf, wordsOf }: Manner,
): Promise<number> {
  const files = composed(plans.flatMap((plan) => plan.files))
  const told = plans.flatMap(({ changes }) => changes).flatMap(({ file }) => file ?? [])
  if (!world.trees.confirm([...files.map(pathOf), ...told])) throw new Misread()
  const diff = renderDiff(files)
  const isWritten = flags.dryRun !== true && files.length > 0
  const isAsked = isWritten && question !== undefined && canAsk(world, flags)
  if (isAsked) await confirm(world, flags, diff, question)
  if (isWritten) await write(files, rules)
  const failure = plans.some(({ isBlocked }) => isBlocked) ? failureOf(plans) : undefined
  // Whoever was asked has it on the terminal.
  const isSeen = isAsked && world.stdout.isTTY === true
  const said = { command, plans, recovered, diff, failure, words: wordsOf?.(plans) }
  return reportPlan(world, isSeen ? { ...flags, diff: false } : flags, said)
}

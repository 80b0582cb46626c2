import { randomUUID } from 'node:crypto'
import type { EventPlan } from '../engine/result.js'
import { Failure, type Problem, type ProblemWords } from '../errors.js'
import { createPainter } from '../report/color.js'
import { renderRunJson } from '../report/json.js'
import { showDiff } from '../report/shown/diff.js'
import { lines } from '../report/shown/shown.js'
import { renderProblems, renderRun } from '../report/text.js'
import { type GlobalFlags, type World, wantsColor } from './context.js'

/** The flags of commands that carry out a plan. */
export type RunFlags = GlobalFlags & { readonly dryRun?: boolean; readonly diff?: boolean }

/**
 * Says what a run did, or would do: one JSON value, or the diff and the checklist. The diff of a dry run has stdout for itself.
 *
 * @param said.failure why it was blocked, if it was
 * @param said.words how people are told that, where the changes are not to say it
 * @returns the exit code
 */
export function reportPlan(
  world: World,
  flags: RunFlags,
  said: {
    readonly command: string
    readonly plans: readonly EventPlan[]
    readonly recovered: readonly string[]
    readonly diff: string
    readonly failure: Failure | undefined
    readonly words: readonly ProblemWords[] | undefined
  },
): number {
  const { command, plans, recovered, diff, failure, words } = said
  const exitCode = failure?.exitCode ?? 0
  const isDryRun = flags.dryRun === true
  const problems = failure?.problems ?? []
  const shown = isDryRun || flags.diff === true ? { diff } : {}
  if (flags.json === true) {
    world.stdout.write(
      renderRunJson({ command, exitCode, dryRun: isDryRun, plans, recovered, ...shown, problems }),
    )
    return exitCode
  }
  if (shown.diff !== undefined) printDiff(world, shown.diff)
  if (flags.quiet === true && exitCode === 0) return exitCode
  const stream = isDryRun ? world.stderr : world.stdout
  const paint = createPainter(wantsColor(world, flags, stream))
  if (!isDryRun && shown.diff) stream.write(lines(['']))
  const isTold = words !== undefined && words.length > 0
  for (const [index, plan] of plans.entries()) {
    const changes = isTold ? plan.changes.filter(({ status }) => status !== 'blocked') : plan.changes
    if (index > 0) stream.write(lines(['']))
    stream.write(renderRun({ ...plan, changes }, { verbose: flags.verbose === true, paint }))
  }
  world.stderr.write(
    renderProblems(isTold ? words : problems, createPainter(wantsColor(world, flags, world.stderr))),
  )
  return exitCode
}

/** A diff on stdout: to the byte for `git apply`, made visible where a person reads it. */
export function printDiff(world: World, diff: string): void {
  const token = world.env['GITHUB_ACTIONS'] === 'true' ? randomUUID() : undefined
  world.stdout.write(showDiff(diff, world.stdout.isTTY === true ? 'person' : 'program', token))
}

/**
 * Says an error in the form that was asked for.
 *
 * @returns the exit code
 */
export function reportError(world: World, flags: GlobalFlags, command: string, error: unknown): number {
  const { exitCode, problems } = toProblems(error)
  if (flags.json === true) world.stdout.write(renderRunJson({ command, exitCode, dryRun: false, problems }))
  else world.stderr.write(renderProblems(problems, createPainter(wantsColor(world, flags, world.stderr))))
  return exitCode
}

/** An error as problems; what was not expected is a bug of ours and says so, without a stack trace. */
function toProblems(error: unknown): { exitCode: number; problems: readonly Problem[] } {
  if (error instanceof Failure) return { exitCode: error.exitCode, problems: error.problems }
  const isSystem = error instanceof Error && 'code' in error && 'syscall' in error
  const message = error instanceof Error ? error.message : String(error)
  if (isSystem)
    return {
      exitCode: 5,
      problems: [{ code: 'io', what: message, why: 'the file system refused; nothing was written' }],
    }
  return {
    exitCode: 5,
    problems: [
      {
        code: 'internal',
        what: `unexpected error: ${message}`,
        why: 'this is a bug of cachibot-ws; nothing was written',
        fix: 'report it with the command you ran; CACHIBOT_WS_DEBUG=1 shows where it happened',
      },
    ],
  }
}

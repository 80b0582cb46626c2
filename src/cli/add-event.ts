import { isPlanned, planAddEvents } from '../engine/add/add-events.js'
import type { EventPlan } from '../engine/result.js'
import { Failure, type Problem } from '../errors.js'
import { WRITABLE } from '../lang/languages.js'
import { lines } from '../report/shown/shown.js'
import type { SpecPart } from '../spec/spec-file.js'
import { carryOut } from './carry-out.js'
import type { Checkout } from './checkout.js'
import type { World } from './context.js'
import type { AddEventFlags } from './event-flags.js'
import { readSpecs } from './read-spec.js'
import type { Answers } from './wizard/answers.js'
import type { FirstQuestion } from './wizard/first-question.js'
import { runWizard } from './wizard/wizard.js'
import { type Writer, withCheckout } from './writing.js'

/**
 * Runs `add-event` for an event that was named, or for those of a spec file.
 *
 * @returns the exit code
 * @throws Failure for everything that is expected to go wrong
 */
export async function addEvent(
  world: World,
  name: string | undefined,
  flags: AddEventFlags,
): Promise<number> {
  const given = await readSpecs(world, name, flags)
  if (given === undefined) {
    throw new Failure(4, [
      {
        code: 'answer-needed',
        what: 'the name of the event is missing, and nobody can be asked here',
        fix: 'give it: cachibot-ws add-event <name> -f <field>:<type>, or --spec <file>',
      },
    ])
  }
  return withCheckout(world, flags, (checkout, writer) => addGiven(world, checkout, flags, given, writer))
}

/**
 * Runs `add-event` for an event that is asked for; the command line that does the same comes last.
 *
 * @param given what flags said
 * @param asked the first question, which is on the screen
 * @returns the exit code
 * @throws Failure for everything that is expected to go wrong
 */
export async function addAsked(
  world: World,
  flags: AddEventFlags,
  given: Answers,
  asked: FirstQuestion,
): Promise<number> {
  return withCheckout(world, flags, async (checkout, writer) => {
    const { plan, commandLine } = await runWizard(world, checkout, flags, given, asked)
    const exitCode = plan === undefined ? 0 : await carryOut(world, flags, [plan], writer, MANNER)
    world.stderr.write(lines(['', 'the same without questions:', ...indented(commandLine)]))
    return exitCode
  })
}

/** What stands behind a command is taken as it is, down to its last line. */
function indented(commandLine: readonly string[]): readonly string[] {
  return commandLine.length === 1 ? commandLine.map((line) => `  ${line}`) : commandLine
}

async function addGiven(
  world: World,
  checkout: Checkout,
  flags: AddEventFlags,
  given: readonly SpecPart[],
  writer: Writer,
): Promise<number> {
  const plans = planGiven(checkout, given, flags.partial === true)
  return carryOut(world, flags, plans, writer, { ...MANNER, question: 'Write this?' })
}

/** @throws Failure that names the place in the spec file of what this repository does not take */
function planGiven(
  { repository, layout }: Checkout,
  given: readonly SpecPart[],
  partial: boolean,
): readonly EventPlan[] {
  const specs = given.map(({ spec }) => spec)
  const planned = planAddEvents(repository, layout, specs, { partial })
  if (isPlanned(planned)) return planned
  const failures = planned.map(({ index, failure }) => given[index]?.place(failure) ?? failure)
  throw new Failure(
    failures[0]?.exitCode ?? 2,
    failures.flatMap(({ problems }) => problems),
  )
}

const MANNER = {
  command: 'add-event',
  rules: { edits: 'insertions', extensions: WRITABLE },
  failureOf: (plans: readonly EventPlan[]) => new Failure(1, [blockedProblem(plans)]),
} as const

/** The blocks of a run in one problem; each is told with its site among the changes. */
function blockedProblem(plans: readonly EventPlan[]): Problem {
  const at = plans
    .filter(({ isBlocked }) => isBlocked)
    .map(({ event, changes }) => {
      const sites = changes.filter(({ status }) => status === 'blocked').map(({ site }) => site)
      return `${[...new Set(sites)].join(', ')}${plans.length > 1 ? ` of \`${event.name}\`` : ''}`
    })
    .join('; ')
  return plans.some(({ files }) => files.length > 0)
    ? { code: 'blocked-in-part', what: `blocked in part, at ${at}; the rest is written` }
    : {
        code: 'blocked',
        what: `blocked at ${at}; nothing was written`,
        fix: '--partial writes what can be placed',
      }
}

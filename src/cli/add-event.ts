import { planAddEvent } from '../engine/add/add-event.js'
import type { EventPlan } from '../engine/result.js'
import { Failure, orThrow, type Problem } from '../errors.js'
import { WRITABLE } from '../lang/languages.js'
import { say } from '../report/shown/shown.js'
import { carryOut } from './carry-out.js'
import type { Checkout } from './checkout.js'
import { canAsk, type World } from './context.js'
import { type AddEventFlags, type Given, readAnswers, readSpec } from './event-flags.js'
import { type Writer, withCheckout } from './writing.js'

/**
 * Runs `add-event`.
 *
 * @returns the exit code
 * @throws Failure for everything that is expected to go wrong
 */
export async function addEvent(
  world: World,
  name: string | undefined,
  flags: AddEventFlags,
): Promise<number> {
  const given = await readSpec(world, name, flags)
  if (given === undefined && !canAsk(world, flags)) {
    throw new Failure(4, [
      {
        what: 'the name of the event is missing, and nobody can be asked here',
        fix: 'give it: cachibot-ws add-event <name> -f <field>:<type>, or --spec <file>',
      },
    ])
  }
  return withCheckout(world, flags, (checkout, writer) =>
    given === undefined
      ? askForEvent(world, checkout, flags, writer)
      : addGiven(world, checkout, flags, given, writer),
  )
}

async function addGiven(
  world: World,
  checkout: Checkout,
  flags: AddEventFlags,
  given: Given,
  writer: Writer,
): Promise<number> {
  const plan = planGiven(checkout, given, flags.partial === true)
  return carryOut(world, flags, plan, writer, { ...MANNER, question: 'Write this?' })
}

/** @throws Failure that names the place in the spec file of what this repository does not take */
function planGiven({ repository, layout }: Checkout, { spec, place }: Given, partial: boolean): EventPlan {
  const plan = planAddEvent(repository, layout, spec, { partial })
  return orThrow(plan instanceof Failure ? place(plan) : plan)
}

/** The wizard, then what it decided; the command line that does the same comes last. */
async function askForEvent(
  world: World,
  checkout: Checkout,
  flags: AddEventFlags,
  writer: Writer,
): Promise<number> {
  const { runWizard } = await import('./wizard/wizard.js')
  const { plan, commandLine } = await runWizard(world, checkout, flags, readAnswers(flags))
  const exitCode = plan === undefined ? 0 : await carryOut(world, flags, plan, writer, MANNER)
  world.stderr.write(say`\nthe same without questions:\n  ${commandLine}\n`)
  return exitCode
}

const MANNER = {
  command: 'add-event',
  rules: { edits: 'insertions', extensions: WRITABLE },
  failureOf: (plan: EventPlan) => new Failure(1, [blockedProblem(plan)]),
} as const

/** The blocks of a run in one problem; each is told with its site among the changes. */
function blockedProblem(plan: EventPlan): Problem {
  const sites = new Set(
    plan.changes.filter((change) => change.status === 'blocked').map((change) => change.site),
  )
  return plan.files.length > 0
    ? { what: `blocked in part, at ${[...sites].join(', ')}; the rest is written` }
    : {
        what: `blocked at ${[...sites].join(', ')}; nothing was written`,
        fix: '--partial writes what can be placed',
      }
}

import { findChangeable, planChangeEvent } from '../engine/change/change-event.js'
import type { EventPlan } from '../engine/result.js'
import { Failure, formatPlace, orThrow, type Problem, type ProblemWords } from '../errors.js'
import { WRITABLE } from '../lang/languages.js'
import { say } from '../report/shown/shown.js'
import { buildChange } from '../spec/change-spec.js'
import { carryOut } from './carry-out.js'
import type { World } from './context.js'
import type { ChangeEventFlags } from './event-flags.js'
import { runChangeWizard } from './wizard/change-wizard.js'
import type { FirstQuestion } from './wizard/first-question.js'
import { withCheckout } from './writing.js'

/**
 * Runs `change-event`.
 *
 * @returns the exit code
 * @throws Failure for everything that is expected to go wrong
 */
export async function changeEvent(
  world: World,
  name: string | undefined,
  flags: ChangeEventFlags,
): Promise<number> {
  if (name === undefined) {
    throw new Failure(4, [
      {
        code: 'answer-needed',
        what: 'the name of the event is missing, and nobody can be asked here',
        fix: 'give it: cachibot-ws change-event <name> --add-field <field>:<type>',
      },
    ])
  }
  const asked = buildChange({
    name,
    add: flags.addField ?? [],
    remove: flags.removeField ?? [],
    rename: flags.renameField ?? [],
    setType: flags.setType ?? [],
    pass: flags.pass ?? [],
    description: flags.description,
  })
  return withCheckout(world, flags, async ({ repository, layout }, writer) => {
    const surveyed = findChangeable(repository, layout, name, flags.channel)
    const plan = orThrow(planChangeEvent(surveyed, asked))
    const question = `This changes \`${name}\` in ${plan.files.length} files. Write it?`
    return carryOut(world, flags, [plan], writer, { ...MANNER, question })
  })
}

/**
 * Runs `change-event` for a change that is asked for; the command line that does the same comes last.
 *
 * @param asked the first question, which is on the screen
 * @returns the exit code
 * @throws Failure for everything that is expected to go wrong
 */
export async function changeAsked(
  world: World,
  flags: ChangeEventFlags,
  asked: FirstQuestion,
): Promise<number> {
  return withCheckout(world, flags, async (checkout, writer) => {
    const { plan, commandLine } = await runChangeWizard(world, checkout, flags, asked)
    const exitCode = await carryOut(world, flags, [plan], writer, MANNER)
    world.stderr.write(say`\nthe same without questions:\n  ${commandLine}\n`)
    return exitCode
  })
}

const MANNER = {
  command: 'change-event',
  rules: { edits: 'replacements', extensions: WRITABLE },
  failureOf,
  wordsOf,
} as const

/** The places that stand in the way in one problem; what is there is told among the changes. */
function failureOf(plans: readonly EventPlan[]): Failure {
  const places = wordsOf(plans).flatMap(({ place }) => place ?? [])
  const problem: Problem = {
    code: 'blocked',
    what: `\`${plans[0]?.event.name}\` cannot be changed because of what stands at ${[...new Set(places.map(formatPlace))].join(', ')}`,
    why: ALL_OR_NOTHING,
    fix: 'see to what is blocked among the changes, then run the command again',
  }
  return new Failure(3, [problem])
}

/** Every place that stands in the way, each with what is there. */
function wordsOf(plans: readonly EventPlan[]): ProblemWords[] {
  return plans.flatMap(({ changes, event }) =>
    changes
      .filter((change) => change.status === 'blocked')
      .map(({ file = '', line, column, reason = '' }) => ({
        what: `\`${event.name}\` cannot be changed: ${reason}`,
        why: ALL_OR_NOTHING,
        fix: 'see to that place, then run the command again',
        place: { file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) },
      })),
  )
}

const ALL_OR_NOTHING = 'a change is made at every place or at none; nothing was written'

import { resolve } from 'node:path'
import type { EventPlan } from '../../engine/result.js'
import { Failure, orThrow } from '../../errors.js'
import { createPainter, paintDiff } from '../../report/color.js'
import { type Shown, say } from '../../report/shown/shown.js'
import { buildSpec } from '../../spec/event-spec.js'
import { printSpecFile } from '../../spec/print-spec.js'
import { renderDiff } from '../../workspace/diff.js'
import { writeOutputFile } from '../../workspace/output-file.js'
import type { Checkout } from '../checkout.js'
import { type World, wantsColor } from '../context.js'
import { schemaAddress } from '../setup/schema-address.js'
import { type Answers, toSpecInput } from './answers.js'
import { renderCommandLine } from './command-line.js'
import type { Facts } from './facts.js'
import type { FirstQuestion } from './first-question.js'
import { gatherFacts, type WizardFlags } from './gather.js'
import { advance, answeredOf, questionOf, type State, start } from './machine.js'
import { walk } from './walk.js'

/** What was decided: a plan to write, or undefined where a spec file was saved in its place. */
export interface Outcome {
  readonly plan: EventPlan | undefined
  /** In lines. */
  readonly commandLine: readonly string[]
}

/**
 * Asks for an event, from its name to the dry run. Nothing of the checkout is written.
 *
 * @param given what flags said, which is not asked again
 * @param asked the first question
 * @throws Failure with exit code 130 when the person leaves or cancels
 */
export async function runWizard(
  world: World,
  checkout: Checkout,
  flags: WizardFlags,
  given: Answers,
  asked: FirstQuestion,
): Promise<Outcome> {
  const facts = gatherFacts(world, checkout, flags)
  asked.tell(facts.channels)
  const first = advance(start(given), await asked.answer, facts)
  let saved: string | undefined
  const { answers, end } = await walk(asked.terminal, first, {
    question: (state) => questionOf(state, facts),
    answered: (state) => answeredOf(state, facts),
    advance: (state, value) => advance(state, value, facts),
    diff: (state) => showDiff(facts, state, wantsColor(world, flags, world.stderr)),
    perform(state, file) {
      if (state.step !== 'save') return
      save(world, checkout.root, file, state.answers)
      saved = file
    },
  }).catch((error: unknown) => {
    const isLeft = error instanceof Failure && error.exitCode === 130 && saved !== undefined
    throw isLeft
      ? new Failure(130, [{ code: 'cancelled', what: `cancelled; nothing was written but ${saved}` }])
      : error
  })
  const commandLine = renderCommandLine(answers)
  if (end === 'cancel')
    throw new Failure(130, [{ code: 'cancelled', what: 'cancelled; nothing was written' }])
  if (end === 'leave') {
    world.stderr.write(say`saved ${answers.saved ?? ''}; the checkout is as it was\n`)
    return { plan: undefined, commandLine }
  }
  const planned = facts.plan(toSpecInput(answers))
  if ('problems' in planned) throw new Failure(2, planned.problems)
  return { plan: planned, commandLine }
}

function showDiff(facts: Facts, { answers }: State, color: boolean): Shown {
  const planned = facts.plan(toSpecInput(answers))
  return 'problems' in planned ? say`` : paintDiff(renderDiff(planned.files), createPainter(color))
}

function save(world: World, root: string, file: string, answers: Answers): void {
  const path = resolve(world.cwd, file)
  const input = toSpecInput(answers)
  orThrow(buildSpec(input))
  writeOutputFile(world.disk, path, file, printSpecFile(input, schemaAddress(root, path)))
}

import { resolve } from 'node:path'
import type { EventPlan } from '../../engine/result.js'
import { Failure, orThrow } from '../../errors.js'
import { createPainter, paintDiff } from '../../report/color.js'
import { say } from '../../report/shown/shown.js'
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
import { advance, questionOf, type State, start } from './machine.js'
import { walk } from './walk.js'

/** What was decided: a plan to write, or undefined where a spec file was saved in its place. */
export interface Outcome {
  readonly plan: EventPlan | undefined
  readonly commandLine: string
}

/**
 * Asks for an event, from its name to the dry run. Nothing of the checkout is written.
 *
 * @param given what flags said; it is still asked, with that as the default
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
  const color = wantsColor(world, flags, world.stderr)
  const facts = gatherFacts(world, checkout, flags)
  asked.tell(facts.channels)
  const first = advance(start(given), await asked.answer, facts)
  const { answers, end } = await walk(world, color, first, {
    question: (state) => questionOf(state, facts),
    advance: (state, value) => advance(state, value, facts),
    showDiff: (state) => showDiff(world, facts, state, color),
  })
  const commandLine = renderCommandLine(answers)
  if (end?.kind === 'cancel')
    throw new Failure(130, [{ code: 'cancelled', what: 'cancelled; nothing was written' }])
  if (end?.kind === 'save') {
    save(world, checkout.root, end.file, answers)
    return { plan: undefined, commandLine }
  }
  const planned = facts.plan(toSpecInput(answers))
  if ('problems' in planned) throw new Failure(2, planned.problems)
  return { plan: planned, commandLine }
}

function showDiff(world: World, facts: Facts, { answers }: State, color: boolean): void {
  const planned = facts.plan(toSpecInput(answers))
  if ('problems' in planned) return
  world.stderr.write(paintDiff(renderDiff(planned.files), createPainter(color)))
}

function save(world: World, root: string, file: string, answers: Answers): void {
  const path = resolve(world.cwd, file)
  const { name, ...input } = toSpecInput(answers)
  orThrow(buildSpec({ name, ...input }))
  const text = printSpecFile({ name, ...input }, schemaAddress(root, path))
  writeOutputFile(world.disk, path, file, text)
  world.stderr.write(say`saved ${file}; the checkout is as it was\n`)
}

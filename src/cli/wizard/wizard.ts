import { resolve } from 'node:path'
import type { EventPlan } from '../../engine/result.js'
import { Failure, orThrow } from '../../errors.js'
import { createPainter, paintDiff } from '../../report/color.js'
import { say } from '../../report/shown/shown.js'
import { renderProblems } from '../../report/text.js'
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
import { loadPrompts } from './prompts.js'
import { BACK, type Question, sayProblem } from './question.js'

/** What was decided: a plan to write, or undefined where a spec file was saved in its place. */
export interface Outcome {
  readonly plan: EventPlan | undefined
  readonly commandLine: string
}

/**
 * Asks for an event, from its name to the dry run. Nothing of the checkout is written.
 *
 * @param asked the first question; what flags gave is still asked, with it as the default
 * @throws Failure with exit code 130 when the person leaves or cancels
 */
export async function runWizard(
  world: World,
  checkout: Checkout,
  flags: WizardFlags,
  asked: FirstQuestion,
): Promise<Outcome> {
  const color = wantsColor(world, flags, world.stderr)
  const facts = gatherFacts(world, checkout, flags)
  const ask = await loadPrompts(color)
  asked.tell(facts.channels)
  let state = advance(start(asked.given), await asked.answer, facts)
  let isDiffShown = false
  while (state.end === undefined) {
    const question = questionOf(state, facts)
    // Told again behind the diff, the summary would push it off a small screen.
    if (question.kind === 'select' && question.body !== undefined && !isDiffShown)
      world.stderr.write(question.body)
    const value = await ask(withRefusal(question, state, facts), color)
    isDiffShown = state.step === 'summary' && value === 'diff'
    if (isDiffShown) showDiff(world, facts, state, color)
    state = advance(state, value, facts)
    if (state.problem !== undefined) world.stderr.write(renderProblems([state.problem], createPainter(color)))
  }
  const commandLine = renderCommandLine(state.answers)
  if (state.end.kind === 'cancel') throw new Failure(130, [{ what: 'cancelled; nothing was written' }])
  if (state.end.kind === 'save') {
    save(world, checkout.root, state.end.file, state.answers)
    return { plan: undefined, commandLine }
  }
  const planned = facts.plan(toSpecInput(state.answers))
  if ('problems' in planned) throw new Failure(2, planned.problems)
  return { plan: planned, commandLine }
}

/** A text question that refuses what its step would not take, so that the typed text stays to be mended. */
function withRefusal(question: Question, state: State, facts: Facts): Question {
  if (question.kind !== 'text') return question
  return {
    ...question,
    refuse(value) {
      const problem = value === BACK ? undefined : advance(state, value, facts).problem
      return problem === undefined ? undefined : sayProblem(problem)
    },
  }
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

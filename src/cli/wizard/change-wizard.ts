import { findChangeable, planChangeEvent } from '../../engine/change/change-event.js'
import { gatherChannels } from '../../engine/choices.js'
import { listEvents } from '../../engine/list/list-events.js'
import type { EventPlan } from '../../engine/result.js'
import { Failure } from '../../errors.js'
import { createPainter, paintDiff } from '../../report/color.js'
import { say } from '../../report/shown/shown.js'
import { quoteForShell } from '../../shell.js'
import { buildChange } from '../../spec/change-spec.js'
import { printField } from '../../spec/field-type.js'
import { renderDiff } from '../../workspace/diff.js'
import type { Checkout } from '../checkout.js'
import { type World, wantsColor } from '../context.js'
import type { ChangeEventFlags } from '../event-flags.js'
import {
  advanceChange,
  type ChangeAnswers,
  type ChangeFacts,
  changeAnswered,
  changeQuestion,
  type ShownField,
  startChange,
} from './change-machine.js'
import type { Planned } from './facts.js'
import type { FirstQuestion } from './first-question.js'
import { describePlanned, type WizardFlags } from './gather.js'
import { walk } from './walk.js'

/**
 * Asks for a change of an event, from its name to the dry run. Nothing of the checkout is written.
 *
 * @param asked the first question
 * @throws Failure with exit code 130 when the person leaves or cancels
 */
export async function runChangeWizard(
  world: World,
  checkout: Checkout,
  flags: ChangeEventFlags,
  asked: FirstQuestion,
): Promise<{ readonly plan: EventPlan; readonly commandLine: string }> {
  const color = wantsColor(world, flags, world.stderr)
  const facts = gatherChangeFacts(world, checkout, flags)
  asked.tell(facts.channels)
  const given = {
    add: flags.addField ?? [],
    remove: flags.removeField ?? [],
    rename: flags.renameField ?? [],
    setType: flags.setType ?? [],
    description: flags.description,
    channel: flags.channel,
  }
  const first = advanceChange(startChange(given), await asked.answer, facts)
  const { answers, end } = await walk(asked.terminal, first, {
    question: (state) => changeQuestion(state, facts),
    answered: (state) => changeAnswered(state, facts),
    advance: (state, value) => advanceChange(state, value, facts),
    diff(state) {
      const planned = facts.plan(state.answers)
      return 'problems' in planned ? say`` : paintDiff(renderDiff(planned.files), createPainter(color))
    },
  })
  if (end === 'cancel')
    throw new Failure(130, [{ code: 'cancelled', what: 'cancelled; nothing was written' }])
  const planned = facts.plan(answers)
  if ('problems' in planned) throw new Failure(2, planned.problems)
  return { plan: planned, commandLine: renderChangeLine(answers) }
}

function gatherChangeFacts(world: World, checkout: Checkout, flags: WizardFlags): ChangeFacts {
  const { repository, layout } = checkout
  const paint = createPainter(wantsColor(world, flags, world.stderr))
  const known = new Map<string, Planned>()
  const shown = new Map<string, readonly ShownField[]>()
  return {
    channels: gatherChannels(repository, layout),
    isDryRun: flags.dryRun === true,
    fieldsOf(name, channel) {
      const key = `${channel} ${name}`
      const fields = shown.get(key) ?? showFields(checkout, name, channel)
      shown.set(key, fields)
      return fields
    },
    plan(answers) {
      const key = JSON.stringify(answers)
      const planned = known.get(key) ?? planChange(checkout, answers)
      known.set(key, planned)
      return planned
    },
    describe: (planned) => describePlanned(planned, paint),
  }
}

function showFields({ repository, layout }: Checkout, name: string, channel: string): readonly ShownField[] {
  const surveyed = findChangeable(repository, layout, name, channel)
  const [event] = listEvents([surveyed], (one) => one === name)
  return (event?.fields ?? []).map((field) => ({ key: field.wire ?? field.name, type: printField(field) }))
}

function planChange({ repository, layout }: Checkout, answers: ChangeAnswers): Planned {
  try {
    const surveyed = findChangeable(repository, layout, answers.name, answers.channel)
    return planChangeEvent(surveyed, buildChange({ ...answers, pass: [] }))
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
}

/** The command line that asks for the same change, with every word as a shell takes it. */
export function renderChangeLine(answers: ChangeAnswers): string {
  const flags = [
    ...answers.add.map((one) => ['--add-field', one]),
    ...answers.remove.map((one) => ['--remove-field', one]),
    ...answers.rename.map((one) => ['--rename-field', one]),
    ...answers.setType.map((one) => ['--set-type', one]),
    ...(answers.description === undefined ? [] : [['--description', answers.description]]),
    ...(answers.channel === undefined || answers.channel === 'main' ? [] : [['--channel', answers.channel]]),
  ]
  return ['cachibot-ws', 'change-event', answers.name, ...flags.flat()].map(quoteForShell).join(' ')
}

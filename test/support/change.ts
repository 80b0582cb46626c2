import { planChangeEvent } from '../../src/engine/change/change-event.js'
import type { EventPlan } from '../../src/engine/result.js'
import { Failure } from '../../src/errors.js'
import type { Channel } from '../../src/layout/layout.js'
import { surveyChannel } from '../../src/ledger/surveyed.js'
import { buildChange, type ChangeInput } from '../../src/spec/change-spec.js'
import type { FileWrite } from '../../src/workspace/diff.js'
import type { Opened } from './fixtures.js'

/** What flags of `change-event` ask for. */
export type Asked = Partial<Omit<ChangeInput, 'name'>>

/** A checkout with a change planned for it. */
export interface Changed extends Opened {
  readonly plan: EventPlan<FileWrite>
}

/** Plans a change of an event and lays it over the checkout; what is refused is given back. */
export function change(opened: Opened, channel: Channel, name: string, asked: Asked): Changed | Failure {
  const spec = buildChange({
    name,
    add: [],
    remove: [],
    rename: [],
    setType: [],
    pass: [],
    description: undefined,
    ...asked,
  })
  const plan = planChangeEvent(surveyChannel(opened.repository, opened.layout, channel), spec)
  if (plan instanceof Failure) return plan
  return { ...opened, plan, repository: opened.repository.overlay(plan.files.map((file) => file.after)) }
}

/** Plans a change that nothing stands in the way of. */
export function changed(opened: Opened, channel: Channel, name: string, asked: Asked): Changed {
  const result = change(opened, channel, name, asked)
  if (result instanceof Failure) throw result
  const blocked = result.plan.changes.filter((one) => one.status === 'blocked')
  if (blocked.length > 0)
    throw new Error(blocked.map((one) => `${one.file}:${one.line}: ${one.reason}`).join('\n'))
  return result
}

/** What a function gives, or the failure that it throws. */
export function refusing<T>(run: () => T): T | Failure {
  try {
    return run()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
}

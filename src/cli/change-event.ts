import { findChangeable, planChangeEvent } from '../engine/change/change-event.js'
import type { EventPlan } from '../engine/result.js'
import { Failure, orThrow, type Problem } from '../errors.js'
import { WRITABLE } from '../lang/languages.js'
import { buildChange } from '../spec/change-spec.js'
import { carryOut } from './carry-out.js'
import type { GlobalFlags, World } from './context.js'
import { withCheckout } from './writing.js'

/** The flags of `change-event`. */
export interface ChangeEventFlags extends GlobalFlags {
  readonly addField?: readonly string[]
  readonly removeField?: readonly string[]
  readonly renameField?: readonly string[]
  readonly setType?: readonly string[]
  readonly pass?: readonly string[]
  readonly description?: string
  readonly channel?: string
  readonly dryRun?: boolean
}

/**
 * Runs `change-event`.
 *
 * @returns the exit code
 * @throws Failure for everything that is expected to go wrong
 */
export async function changeEvent(world: World, name: string, flags: ChangeEventFlags): Promise<number> {
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
    const rules = { edits: 'replacements', extensions: WRITABLE } as const
    return carryOut(world, flags, plan, writer, { command: 'change-event', rules, question, failureOf })
  })
}

/** Every place that stands in the way, each with what is there. */
function failureOf({ changes, event }: EventPlan): Failure {
  const blocked = changes.filter((change) => change.status === 'blocked')
  return new Failure(
    3,
    blocked.map(
      ({ file = '', line, column, reason = '' }): Problem => ({
        what: `\`${event.name}\` cannot be changed: ${reason}`,
        why: 'a change is made at every place or at none; nothing was written',
        fix: 'see to that place, then run the command again',
        place: { file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) },
      }),
    ),
  )
}

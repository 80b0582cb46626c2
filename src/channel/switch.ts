import { constantOf } from '../lang/typescript/constants.js'
import { rankSwitch } from '../layout/hook-part.js'
import { scopeOf } from '../layout/repository.js'
import { membersIn } from './enum.js'
import { perChannel } from './open-channel.js'
import { switchesOf, type TsSwitch } from './typescript/switches.js'

/**
 * The switch of the hook's file that takes the messages: in a `use…` function, calling stores, with most cases.
 * Labels that are constants are followed.
 */
export const findSwitch = perChannel((context): TsSwitch | undefined => {
  const { repository, channel } = context
  if (channel.hook === undefined) return undefined
  const events = membersIn(context).map(({ value }) => value)
  const module = repository.typescript(channel.hook.file)
  const scope = scopeOf(context.repository, context.layout)
  const rank = (one: TsSwitch): number => rankSwitch(one, events)
  return switchesOf(module)
    .map((one) => followLabels(one, (text) => constantOf(scope, module, text)))
    .toSorted((a, b) => rank(b) - rank(a))[0]
})

/** A switch whose labels are read as far as they can be followed. */
function followLabels(one: TsSwitch, follow: (text: string) => string | undefined): TsSwitch {
  const clauses = one.clauses.map((clause) =>
    clause.label === undefined ? clause : { ...clause, value: follow(clause.label.text) },
  )
  return { ...one, clauses }
}

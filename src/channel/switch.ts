import { rankDispatch } from '../layout/hook-part.js'
import { scopeOf } from '../layout/repository.js'
import { frameOf } from '../values/typescript/frame.js'
import { stringsOf } from '../values/typescript/strings.js'
import { membersIn } from './enum.js'
import { perChannel } from './open-channel.js'
import { findReceiving } from './receiving.js'
import { switchesOf, type TsSwitch } from './typescript/switches.js'

/**
 * The switch that takes the messages in the hook's file, into which new cases are written: in a `use…` function, calling
 * stores, with most cases. Labels that are constants are followed.
 */
export const findSwitch = perChannel((context): TsSwitch | undefined => {
  const { repository, layout, channel } = context
  if (channel.hook === undefined) return undefined
  const events = membersIn(context).map(({ value }) => value)
  const module = repository.typescript(channel.hook.file)
  const frame = frameOf(scopeOf(repository, layout), module)
  const follow = (one: TsSwitch): TsSwitch => ({
    ...one,
    clauses: one.clauses.map((clause) => {
      const values = clause.label === undefined ? undefined : stringsOf({ node: clause.label, frame })
      return { ...clause, value: values?.length === 1 ? values[0]?.value : undefined }
    }),
  })
  const rank = (one: TsSwitch): number =>
    rankDispatch(
      one.owner,
      one.clauses.flatMap(({ value, storeCalls }) =>
        value === undefined ? [] : [{ value, callsStore: storeCalls.length > 0 }],
      ),
      events,
    )
  const around = findReceiving(context).main?.around ?? module.root
  return switchesOf(module)
    .filter((one) => around.start <= one.start && one.end <= around.end)
    .map(follow)
    .toSorted((a, b) => rank(b) - rank(a))[0]
})

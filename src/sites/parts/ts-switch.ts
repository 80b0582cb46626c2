import { switchesOf, type TsSwitch } from '../../lang/typescript/query.js'
import { rankSwitch } from '../../layout/hook-part.js'
import type { SurveyContext } from '../site.js'

/** The switch of the hook's file that takes the messages: in a `use…` function, calling stores, with most cases. */
export function findSwitch({ repository, channel, rows }: SurveyContext): TsSwitch | undefined {
  if (channel.hook === undefined) return undefined
  const events = rows.events()
  const { file } = channel.hook
  const rank = (one: TsSwitch): number => rankSwitch(one, events)
  return switchesOf(repository.typescript(file)).toSorted((a, b) => rank(b) - rank(a))[0]
}

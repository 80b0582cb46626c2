import { switchesOf, type TsSwitch } from '../../lang/typescript/query.js'
import type { SurveyContext } from '../site.js'

/** The switch of the hook that has most cases of the channel. */
export function findSwitch({ repository, channel, rows }: SurveyContext): TsSwitch | undefined {
  if (channel.hook === undefined) return undefined
  const events = rows.events()
  const score = (one: TsSwitch): number =>
    one.clauses.filter((clause) => clause.value !== undefined && events.includes(clause.value)).length
  return switchesOf(repository.typescript(channel.hook.file)).toSorted((a, b) => score(b) - score(a))[0]
}

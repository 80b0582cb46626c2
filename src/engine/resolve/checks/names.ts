import { type Conventions, withoutPrefix } from '../../../channel/conventions.js'
import { type Failure, type Problem, wrongInput } from '../../../errors.js'
import type { Channel } from '../../../layout/layout.js'
import { type EventSpec, eventsOf } from '../../../spec/event-spec.js'
import { findEventNameProblem } from '../../../spec/reserved.js'

/**
 * What is wrong with the names of a spec in a channel: one is without the prefix that all names there have, or its
 * factory cannot be named.
 */
export function checkNames(custom: Conventions, channel: Channel, spec: EventSpec): Failure | undefined {
  const problems = eventsOf(spec).flatMap((event, index): Problem[] => {
    if (!event.startsWith(custom.prefix)) {
      return [
        {
          code: 'prefix-missing',
          what: `\`${event}\` does not begin with \`${custom.prefix}\`, as every event of the channel \`${channel.id}\` does`,
          fix: `use \`${custom.prefix}${event}\``,
        },
      ]
    }
    const bare = withoutPrefix(custom, event)
    const isFactory = index === 0 && spec.direction !== 'client-to-server' && custom.factoryDropsPrefix
    const problem = isFactory && bare !== event ? findEventNameProblem(bare, 'factory') : undefined
    if (problem === undefined) return []
    const why = `factories of the channel are named without \`${custom.prefix}\`, and ${problem.why ?? problem.what}`
    return [
      {
        code: 'reserved-name',
        what: `\`${event}\` cannot be an event name here`,
        why,
        fix: `use another name, for example \`${event}_changed\``,
      },
    ]
  })
  return problems.length > 0 ? wrongInput(...problems) : undefined
}

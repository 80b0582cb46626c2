import { findEventNameProblem } from '../spec/reserved.js'
import type { Rule } from './rule.js'
import { places } from './words.js'

/** A factory whose name hides something of pydantic, of Python or of the envelope. */
export const shadowedName: Rule = {
  id: 'shadowed-name',
  severity: 'error',
  kind: 'hygiene',
  about: 'row',
  title: 'No factory has a name that pydantic, Python or the envelope needs.',
  check: (row, channel) =>
    row.factories.flatMap((factory) => {
      const problem = findEventNameProblem(factory.name)
      if (problem?.why === undefined || !/hide|replace/.test(problem.why) || factory.name === 'raw') return []
      return [
        {
          subject: factory.name,
          place: factory.place,
          related: places(row.first('python-enum-member')),
          what: `\`${channel.envelope.name}.${factory.name}\` has a name that is needed for something else`,
          why: problem.why,
          fix: `rename the factory, for example \`${factory.name}_changed\``,
        },
      ]
    }),
}

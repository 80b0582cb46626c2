import type { Rule } from './rule.js'
import { addEvent, places } from './words.js'

/** A payload model that the package does not pass on, or not in `__all__`, where it does so with most others. */
export const missingReexport: Rule = {
  id: 'missing-reexport',
  severity: 'warning',
  kind: 'presence',
  about: 'row',
  title: 'Every payload model is re-exported by its package, where that is the custom.',
  check(row, channel) {
    const { reexports } = channel
    const model = row.first('python-payload-model')
    if (reexports === undefined || model === undefined) return []
    if (channel.broken.has(reexports) || channel.broken.has(channel.envelope.file)) return []
    const found = row.missingReexport
    if (found === undefined) return []
    const name = row.modelName
    return [
      {
        subject: found.lacks,
        place: found.place,
        related: places(model),
        what:
          found.lacks === 'import'
            ? `\`${reexports}\` re-exports the payload models of \`${channel.envelope.file}\`, and not \`${name}\``
            : `\`${reexports}\` imports \`${name}\`, and its \`__all__\` does not list it as it lists the others`,
        why: 'who takes payload models from the package does not find this one',
        fix: `add it: \`${addEvent(row)}\``,
      },
    ]
  },
}

import type { Rule } from './rule.js'
import { ENDS_CONNECTION, fixInType, placesOfWanted, raises, typeName } from './words.js'

/** A key that can be null on the wire where the other side does not say so. */
export const nullNotExpected: Rule = {
  id: 'null-not-expected',
  severity: 'warning',
  kind: 'contract',
  about: 'row',
  title: 'A key that can be null on the wire is read as one that can.',
  check: (row) =>
    (row.contract?.misfits ?? [])
      .filter((one) => one.misfit === 'null')
      .map(({ sent, field, wanted }) => {
        const isServers = row.direction !== 'client-to-server'
        const other = isServers ? 'client' : 'server'
        return {
          subject: field.key,
          ...(raises(field) ? { severity: 'error' as const } : {}),
          place: sent.place,
          related: placesOfWanted(field),
          ...fixInType(field),
          what: `\`${field.key}\` of \`${row.event}\` can be null, and the ${other} takes it for ${typeName(wanted)}${field.declared?.optional === true ? ' or missing' : ''}`,
          why: isServers
            ? 'null is no undefined: a default does not apply to it, and a call on it throws'
            : raises(field)
              ? ENDS_CONNECTION
              : 'the default of `.get` does not apply to null: the branch goes on with None',
          fix: isServers
            ? `declare \`${field.key}: … | null\`, or set the key only where there is a value`
            : raises(field)
              ? `declare \`${field.key}: … | None\` in the model, or send it only where there is a value`
              : `read it with \`or\` a default, or send it only where there is a value`,
        }
      }),
}

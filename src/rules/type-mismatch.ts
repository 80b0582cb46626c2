import type { Rule } from './rule.js'
import { ENDS_CONNECTION, placesOfWanted, raises, typeName } from './words.js'

/** A key that is sent as one type and taken for another. */
export const typeMismatch: Rule = {
  id: 'type-mismatch',
  severity: 'error',
  kind: 'contract',
  about: 'row',
  title: 'Both sides have the same type for a key.',
  check: (row) =>
    (row.contract?.misfits ?? [])
      .filter((one) => one.misfit === 'type')
      .map(({ sent, field, wanted }) => ({
        subject: field.key,
        place: sent.place,
        related: placesOfWanted(field),
        what: `\`${field.key}\` of \`${row.event}\` is sent as ${typeName(sent.type)}, and the ${row.direction === 'client-to-server' ? 'server' : 'client'} takes it for ${typeName(wanted)}`,
        why: raises(field)
          ? ENDS_CONNECTION
          : 'no compiler looks across the wire: the value is used as something it is not',
        fix: `give \`${field.key}\` the same type on both sides`,
      })),
}

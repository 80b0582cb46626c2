import type { FieldType } from '../spec/field-type.js'
import type { Rule } from './rule.js'
import { ENDS_CONNECTION, fixInType, placesOfWanted, plural, quoteAll, raises } from './words.js'

/** A value that is sent and that the other side does not list. */
export const literalsDiffer: Rule = {
  id: 'literals-differ',
  severity: 'error',
  kind: 'contract',
  about: 'row',
  title: 'Every value that one side sends is one that the other side lists.',
  check: (row) =>
    (row.contract?.misfits ?? [])
      .filter((one) => one.misfit === 'literals')
      .map(({ sent, field, wanted }) => {
        const listed = valuesOf(wanted)
        const extra = valuesOf(sent.type).filter((one) => !listed.includes(one))
        return {
          subject: field.key,
          place: sent.place,
          related: placesOfWanted(field),
          ...fixInType(field),
          what: `\`${field.key}\` of \`${row.event}\` can be ${quoteAll(extra)}, and the ${row.direction === 'client-to-server' ? 'server' : 'client'} lists only ${quoteAll(listed)}`,
          why: raises(field)
            ? ENDS_CONNECTION
            : `${plural(extra.length, 'that value', 'those values')} matches nothing on the other side, and the page shows nothing for it`,
          fix: `add ${quoteAll(extra)} to the type, or spell it as the other side does`,
        }
      }),
}

function valuesOf(type: FieldType): readonly string[] {
  if (type.kind === 'literals') return type.values
  return type.kind === 'nullable' || type.kind === 'list' ? valuesOf(type.item) : []
}

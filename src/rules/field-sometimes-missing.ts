import type { WantedField } from '../facts/contract.js'
import { isOpaque } from '../spec/field-type.js'
import type { Rule } from './rule.js'
import { fixInType, placeOfWanted, placesOfWanted, raises } from './words.js'

/** A key that is sent sometimes and that the other side takes for always there. */
export const fieldSometimesMissing: Rule = {
  id: 'field-sometimes-missing',
  severity: 'warning',
  kind: 'contract',
  about: 'row',
  title: 'A key that is not always sent is read as one that may be missing.',
  check(row) {
    const { contract } = row
    if (contract === undefined) return []
    const isServers = row.direction !== 'client-to-server'
    return contract.wanted.flatMap((field) => {
      const sent = contract.sent.find((one) => one.key === field.key)
      const place = placeOfWanted(field)
      if (sent === undefined || sent.always || place === undefined) return []
      if (!(isServers ? clientNeeds(field) : serverNeeds(field))) return []
      return [
        {
          subject: field.key,
          ...(isServers ? {} : { severity: 'error' as const }),
          place: sent.place,
          related: placesOfWanted(field),
          ...fixInType(field),
          what: `\`${field.key}\` of \`${row.event}\` is not always sent, and the ${isServers ? 'client' : 'server'} takes it for always there`,
          why: isServers
            ? 'without it the page works with undefined where it expects a value'
            : `without it the branch raises ${raises(field) ? 'ValidationError' : 'KeyError'}, which ends the connection`,
          fix: isServers
            ? `declare \`${field.key}?\`, or send it always`
            : raises(field)
              ? `give \`${field.key}\` a default in the model, or send it always`
              : `read it with \`.get("${field.key}")\`, or send it always`,
        },
      ]
    })
  },
}

function clientNeeds({ declared, reads }: WantedField): boolean {
  if (declared !== undefined) return !declared.optional && !isOpaque(declared.type)
  return (
    reads.some((one) => one.type !== undefined && !isOpaque(one.type)) && reads.every((one) => !one.isGuarded)
  )
}

function serverNeeds({ reads }: WantedField): boolean {
  return reads.some((one) => !one.isGuarded)
}

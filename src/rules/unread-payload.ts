import type { Row, UnreadPayload } from '../facts/row.js'
import type { Rule } from './rule.js'

/** Payloads of which a part cannot be read, each at its place: what is not read is not compared. */
export const unreadPayload: Rule = {
  id: 'unread-payload',
  severity: 'warning',
  kind: 'contract',
  about: 'row',
  title: 'Every payload can be read as far as it is compared.',
  check: (row) =>
    row.unreadPayloads.map(({ reason, place, by }) => ({
      subject: by,
      place,
      related: [],
      what: `what the ${by} ${verbOf(row, by)} of \`${row.event}\` cannot be read here: ${reason}`,
      why: 'keys that the other side lacks, or has besides, are not found: nothing was compared with what stands here',
      fix: 'write the keys out, or say in an ignore comment why they cannot be',
    })),
}

function verbOf({ direction }: Row, by: UnreadPayload['by']): string {
  return (direction === 'client-to-server') === (by === 'server') ? 'reads' : 'sends'
}

import type { Rule } from './rule.js'

/** Messages whose type shows only when they are made, so that no event is known to be sent there. */
export const unreadSend: Rule = {
  id: 'unread-send',
  severity: 'warning',
  kind: 'flow',
  about: 'channel',
  title: 'Every message that is made says its type.',
  check: (channel) =>
    channel.unreadSends.map(({ reason, place }) => ({
      event: undefined,
      subject: reason,
      place,
      related: [],
      what: `a message of channel \`${channel.id}\` is made here, and nobody can say of which event: ${reason}`,
      why: 'an event that is sent here and nowhere else would be told as never sent, and its payload is not compared',
      fix: 'make each message with a type that is written out, or say in an ignore comment why it cannot be',
    })),
}

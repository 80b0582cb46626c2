import type { Rule } from './rule.js'

/** Places of the client that take messages by a type which cannot be told, so that any event may be taken there. */
export const unreadCase: Rule = {
  id: 'unread-case',
  severity: 'warning',
  kind: 'flow',
  about: 'channel',
  title: 'Every case of the client says which event it takes.',
  check: (channel) =>
    channel.unreadCases.map(({ text, reason, place }) => ({
      event: undefined,
      subject: text,
      place,
      related: [],
      what: `messages of channel \`${channel.id}\` are taken here, and nobody can say which: ${text}, ${reason}`,
      why: 'an event that is taken here is not told from one that nothing takes, and what is read of it is not compared',
      fix: 'write the type out, or as a constant of the repository, or say in an ignore comment why it cannot be',
    })),
}

import type { Rule } from './rule.js'

/** Handlers that the client hands messages to and whose code is not found, so that nobody knows what they read. */
export const unreadHandler: Rule = {
  id: 'unread-handler',
  severity: 'warning',
  kind: 'flow',
  about: 'channel',
  title: 'Every handler of messages can be followed to its code.',
  check: (channel) =>
    channel.unreadHandlers.map(({ text, reason, place }) => ({
      event: undefined,
      subject: text,
      place,
      related: [],
      what: `messages of channel \`${channel.id}\` are handed on here, and ${reason}: ${text}`,
      why: 'which events are taken there, and which keys are read of them, is not known and not compared',
      fix: 'hand them to a function of the repository, or say in an ignore comment why that cannot be',
    })),
}

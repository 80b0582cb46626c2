import { CLIENT_RECEIVE } from './client-receive.js'
import { CLIENT_RECEIVE_MORE } from './client-receive-more.js'
import { CLIENT_SEND } from './client-send.js'
import { CONSUMERS, DIRECTION, INDEPENDENCE, UNREAD } from './ends.js'
import { ENUM_AND_ENVELOPE } from './enum.js'
import type { Form } from './form.js'
import { SERVER_READ } from './server-read.js'
import { SERVER_SEND } from './server-send.js'
import { UNION_AND_TYPES } from './union.js'

/** Every form, in halves that are tested side by side. */
export const HALVES: readonly (readonly Form[])[] = [
  [...SERVER_SEND, ...SERVER_READ, ...ENUM_AND_ENVELOPE, ...UNREAD],
  [
    ...CLIENT_RECEIVE,
    ...CLIENT_RECEIVE_MORE,
    ...CLIENT_SEND,
    ...UNION_AND_TYPES,
    ...DIRECTION,
    ...CONSUMERS,
    ...INDEPENDENCE,
  ],
]

export const FORMS: readonly Form[] = HALVES.flat()

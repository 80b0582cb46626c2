import { CLIENT_RECEIVE } from './client-receive.js'
import { CLIENT_SEND } from './client-send.js'
import { ENUM_AND_ENVELOPE } from './enum.js'
import type { Form } from './form.js'
import { SERVER_READ } from './server-read.js'
import { SERVER_SEND } from './server-send.js'
import { UNION_AND_TYPES } from './union.js'

/** Every form, part by part. */
export const FORMS: readonly Form[] = [
  ...SERVER_SEND,
  ...CLIENT_RECEIVE,
  ...SERVER_READ,
  ...CLIENT_SEND,
  ...ENUM_AND_ENVELOPE,
  ...UNION_AND_TYPES,
]

import { CLIENT_RECEIVE } from './client-receive.js'
import type { Form } from './form.js'
import { SERVER_SEND } from './server-send.js'

/** Every form, part by part. */
export const FORMS: readonly Form[] = [...SERVER_SEND, ...CLIENT_RECEIVE]

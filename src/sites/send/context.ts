import type { Half } from '../site.js'

/** What says where an event can be sent from: the event as it was asked for, and the channel that it goes to. */
export type SendContext = Pick<Half, 'repository' | 'layout' | 'channel' | 'custom' | 'rows' | 'spec'>

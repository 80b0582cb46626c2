import type { OpenChannel } from '../channel/open-channel.js'

/** The constants of the mobile app, which listens on the main channel as well. */
export const MOBILE_CONSTANTS = 'mobile/lib/models/ws_message.dart'

/** Whether the mobile app has a constant of an event; undefined where there is no app that listens. */
export function isInMobileApp({ repository, channel }: OpenChannel, event: string): boolean | undefined {
  const text = channel.id === 'main' ? repository.findAside(MOBILE_CONSTANTS)?.text : undefined
  return text === undefined ? undefined : text.includes(`'${event}'`) || text.includes(`"${event}"`)
}

import { deriveNames } from '../../spec/names.js'
import type { Target } from '../site.js'

/** `seat_taken` → `SeatTakenPayload`: the payload's model and interface. */
export function modelName(event: string): string {
  return `${deriveNames(event).pascal}Payload`
}

/** `seat_taken` → `send_seat_taken`: the helper that sends the event. */
export function helperName(event: string): string {
  return `send_${event}`
}

/** The name of the event's interface: what the hook casts to, else the derived one. */
export function interfaceName(target: Target): string {
  const casts = target.rows
    .of(target.spec.names.snake, 'ts-hook-case')
    .flatMap((found) => found.links?.casts ?? [])
  return casts.find((cast) => /^[A-Za-z_]\w*$/.test(cast)) ?? modelName(target.spec.names.snake)
}

/** The expression of the event's factory: `WSMessage.seat_taken`. */
export function factoryCall(target: Target): string {
  return `${target.channel.envelope.name}.${factoryName(target)}`
}

/** The name of the event's factory: the existing one's, else the derived one. */
export function factoryName({ rows, spec }: Target): string {
  return rows.of(spec.names.snake, 'python-factory')[0]?.links?.name ?? spec.names.snake
}

/** `seat_taken` → `handleSeatTaken`: the action of the store. */
export function actionName(event: string): string {
  return `handle${deriveNames(event).pascal}`
}

/** `seat_taken` → `lastSeatTaken`, or `seatTakenCount` where there is no payload to keep. */
export function stateName(event: string, hasPayload: boolean): string {
  const { pascal, camel } = deriveNames(event)
  return hasPayload ? `last${pascal}` : `${camel}Count`
}

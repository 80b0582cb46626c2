import type { EventSpec, FieldInput } from '../../src/spec/event-spec.js'
import { buildSpec } from './asked.js'
import type { Random } from './random.js'

const WORDS = ['seat', 'row', 'scene', 'cue', 'act', 'prop', 'line', 'bow', 'stage', 'light', 'box', 'ticket']
const ENDINGS = ['taken', 'changed', 'called', 'moved', 'sold', 'cleared', 'dimmed', 'raised']
const SCALARS = ['str', 'int', 'float', 'bool', 'any', 'dict', 'datetime'] as const
const DEFAULTS: Readonly<Record<string, readonly unknown[]>> = {
  str: ['', 'calm', 'a "b"'],
  int: [0, 7, -3],
  float: [0.5, 2],
  bool: [true, false],
  dict: [{}],
}

/** A spec of any direction, channel, payload, store and target that a spec file can say. */
export function randomSpec(random: Random, channels: readonly string[]): EventSpec {
  const channel = random.pick(channels)
  const direction = random.pick(['server-to-client', 'client-to-server', 'bidirectional'] as const)
  const name = `${channel === 'room' ? 'room_' : ''}${random.pick(WORDS)}_${random.pick(WORDS)}_${random.pick(ENDINGS)}`
  const isPair = direction === 'bidirectional'
  const payload = randomFields(random, isPair)
  const names = Object.keys(payload)
  const isServer = direction !== 'client-to-server'
  const store = random.pick([undefined, 'none', undefined, undefined] as const)
  const key = names.find((one) => payload[one] === 'str' || payload[one] === 'int')
  const as = random.pick([
    undefined,
    'append',
    key === undefined ? undefined : `upsert:${key}`,
    'latest',
  ] as const)
  const keeps = isServer && store === undefined && names.length > 0 && as !== undefined
  return buildSpec({
    name,
    channel,
    direction,
    payload,
    ...(random.below(3) === 0
      ? { description: random.pick(['The seat is gone.', 'Someone bows — twice']) }
      : {}),
    ...(isServer && (store !== undefined || keeps)
      ? { store: { ...(store === undefined ? {} : { hook: store }), ...(keeps ? { as } : {}) } }
      : {}),
  })
}

/** @param isPair what the request carries must be what the event requires: no wire keys of its own */
function randomFields(random: Random, isPair: boolean): Record<string, FieldInput> {
  const names = new Set(Array.from({ length: random.below(6) }, () => randomName(random)))
  return Object.fromEntries([...names].map((name) => [name, randomField(random, name, isPair)]))
}

function randomName(random: Random): string {
  return random.below(12) === 0
    ? random.pick(['class', 'from', 'import', 'lambda'])
    : `${random.pick(WORDS)}_${random.pick(['id', 'name', 'count', 'at', 'kind'])}`
}

function randomField(random: Random, name: string, isPair: boolean): FieldInput {
  const kind = random.below(10)
  if (kind === 0) return '"calm"|"tense"|"wild"'
  if (kind === 1) return { type: { number: 'float', box: 'str?', lit: 'bool' } }
  if (kind === 2) return { type: [{ cue: 'str' }] }
  if (kind === 3 && !isPair) return { type: 'str', wire: `${name.replaceAll('_', '')}Key` }
  const scalar = random.pick(SCALARS)
  const type = random.pick([
    scalar,
    scalar,
    `${scalar}[]`,
    scalar === 'any' ? scalar : `${scalar}|null`,
  ] as const)
  const description = random.below(4) === 0 ? { description: 'Counted from the stage.' } : {}
  const values = DEFAULTS[scalar]
  if (type === scalar && values !== undefined && random.below(4) === 0)
    return { type, default: random.pick(values) as never, ...description }
  if (!type.endsWith('|null') && random.below(4) === 0) return { type, optional: true, ...description }
  return Object.keys(description).length === 0 ? type : { type, ...description }
}

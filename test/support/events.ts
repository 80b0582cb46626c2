import { buildSpec, type EventSpec, parseFieldFlags } from '../../src/spec/event-spec.js'
import type { FixtureName } from './fixtures.js'

/** A spec as flags give it. */
function specOf(name: string, ...fields: string[]): EventSpec {
  return buildSpec({ name, payload: parseFieldFlags(fields) })
}

/** A client's event. */
function requestOf(name: string, ...fields: string[]): EventSpec {
  return buildSpec({ name, direction: 'client-to-server', payload: parseFieldFlags(fields) })
}

/** A pair: an event and its request. */
function pairOf(name: string, ...fields: string[]): EventSpec {
  return buildSpec({ name, direction: 'bidirectional', payload: parseFieldFlags(fields) })
}

const ALL_TYPES = [
  'scene:str',
  'act:int=1',
  'tempo:float=1.5',
  'dark:bool=false',
  'props:str[]=[]',
  'mood:"calm"|"tense"',
  'changed_at:datetime',
  'class:str',
  'details:dict?',
  'anything:any',
  'previous:str|null',
  'grid:int[][]?',
  'cues:datetime[]',
]

/** Events that between them use the whole of the type algebra. */
export const EVENTS: readonly EventSpec[] = [
  specOf('seat_taken', 'seat_id:str', 'row:int', 'note:str?'),
  specOf('curtain_up'),
  specOf('scene_changed', ...ALL_TYPES),
  requestOf('seat_claim', 'seat_id:str', 'row:int', 'note:str?'),
  requestOf('curtain_stop'),
  ...['append', 'upsert:seat_id'].map((as) =>
    buildSpec({ name: `seat_${as.slice(0, 6)}ed`, payload: { seat_id: 'str', row: 'int' }, store: { as } }),
  ),
  buildSpec({ name: 'seat_told', payload: { seat_id: 'str' }, store: { hook: 'none' } }),
  buildSpec({ name: 'house_told', store: { hook: 'none' }, payload: {} }),
  pairOf('curtain_call', 'scene:str', 'bows:int=1', 'encore:str?'),
  buildSpec({
    name: 'scene_asked',
    direction: 'both',
    payload: parseFieldFlags(ALL_TYPES),
    request: { name: 'ask_scene', payload: parseFieldFlags([...ALL_TYPES, 'ask_id:str']) },
  }),
]

/** Events of the other channels that a fixture has. */
const OF_CHANNELS: Readonly<Record<FixtureName, readonly EventSpec[]>> = {
  reference: [],
  cachibot: ['room', 'voice'].flatMap((channel) => {
    const prefix = channel === 'room' ? 'room_' : ''
    const payload = parseFieldFlags(['seat_id:str', 'row:int=1', 'note:str?', 'begins_at:datetime', 'x:any'])
    const spec = (name: string, direction: string, fields = payload): EventSpec =>
      buildSpec({ name: prefix + name, channel, direction, payload: fields })
    return [
      spec('seat_taken', 's2c'),
      spec('seat_claim', 'c2s'),
      spec('curtain_call', 'both'),
      spec('curtain_up', 's2c', {}),
      spec('curtain_stop', 'both', {}),
      ...[{ as: 'append' }, { as: 'upsert:seat_id' }, { hook: 'none' }].map((store, index) =>
        buildSpec({ name: `${prefix}seat_kept_${'abc'[index]}`, channel, payload, store }),
      ),
      buildSpec({ name: `${prefix}house_told`, channel, payload: {}, store: { hook: 'none' } }),
    ]
  }),
}

/** The events that a fixture is tried with. */
export function eventsFor(fixture: FixtureName): readonly EventSpec[] {
  return [...EVENTS, ...OF_CHANNELS[fixture]]
}

/** A name for a test: wire names repeat across channels. */
export function titleOf({ names, channel }: EventSpec): string {
  return channel === 'main' ? names.snake : `${channel} ${names.snake}`
}

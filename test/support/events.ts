import { type EventSpec, parseFieldFlags, type SpecInput } from '../../src/spec/event-spec.js'
import { buildSpec } from './asked.js'
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

/** One for each form of a place that the server can send from. */
const EMIT_PLACES: Readonly<Record<FixtureName, readonly EventSpec[]>> = {
  reference: [
    sentIn('seat_relayed', 'src/cachibot/services/platforms.py', ['seat_id:str', 'row:int']),
    sentIn('text_relayed', 'src/cachibot/services/platforms.py:relay', [
      'text:str',
      'sender:str|null',
      'row:int?',
    ]),
    sentIn('seat_posted', 'src/cachibot/api/server.py', ['seat_id:str'], { emit: { to: 'all' } }),
    sentIn('interval', 'src/cachibot/api/websocket.py:run_agent', [
      'minutes:int',
      'bar:str?',
      'bell:bool=true',
    ]),
    sentIn('seat_called', 'src/cachibot/api/websocket.py:websocket_endpoint', ALL_TYPES),
  ],
  cachibot: [
    sentIn('seat_shelved', 'cachibot/services/script_library.py', [
      'seat_id:str',
      'client_id:str',
      'ws:int?',
    ]),
    sentIn('seat_billed', 'cachibot/services/playbill.py:Playbill', ALL_TYPES, { emit: { to: 'all' } }),
    sentIn('seat_announced', 'cachibot/services/callboard.py:announce', [
      'bot_id:str',
      'content:str',
      'chat_id:str?',
    ]),
    sentIn('seat_pinned', 'cachibot/services/callboard.py', ['seat_id:str', 'logger:str']),
    sentIn('script_taken', 'cachibot/api/server.py:upload_script', [
      'filename:str',
      'play_id:str',
      'row:int?',
    ]),
    sentIn('interval', 'cachibot/api/websocket.py:run_agent', ['minutes:int', 'bar:str?', 'bell:bool=true']),
    sentIn('seat_called', 'cachibot/api/websocket.py:websocket_endpoint', ['manager:str', 'client_id:str']),
    sentIn('script_read', 'cachibot/api/websocket.py:on_script_delta', ['text:str', 'tool_call_id:str']),
    sentIn('seat_asked', 'cachibot/services/callboard.py', ['seat_id:str'], { direction: 'both' }),
    sentIn('room_reacted', 'cachibot/api/server.py:add_reaction', ['emoji:str', 'user_id:str'], {
      channel: 'room',
    }),
    sentIn('room_billed', 'cachibot/services/playbill.py', ['seat_id:str'], { channel: 'room' }),
    sentIn('room_interval', 'cachibot/api/room_websocket.py:run_room_bot', ['minutes:int'], {
      channel: 'room',
    }),
    sentIn('line_said', 'cachibot/api/voice_websocket.py:_run_turn', ['line:str'], { channel: 'voice' }),
    sentIn('line_called', 'cachibot/api/voice_websocket.py:voice_websocket_endpoint', ['line:str'], {
      channel: 'voice',
    }),
  ],
}

function sentIn(
  name: string,
  place: string,
  fields: readonly string[],
  more: Partial<SpecInput> = {},
): EventSpec {
  return buildSpec({ name, payload: parseFieldFlags(fields), ...more, emit: { ...more.emit, in: place } })
}

/** The events that a fixture is tried with. */
export function eventsFor(fixture: FixtureName): readonly EventSpec[] {
  return [...EVENTS, ...OF_CHANNELS[fixture], ...EMIT_PLACES[fixture]]
}

/** A name for a test: wire names repeat across channels. */
export function titleOf({ names, channel }: EventSpec): string {
  return channel === 'main' ? names.snake : `${channel} ${names.snake}`
}

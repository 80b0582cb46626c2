import type { FixtureName } from './fixtures.js'
import type { Random } from './random.js'

/** A command line of `add-event` without the command, and the wire names that it may write. */
export interface RandomFlags {
  readonly name: string
  readonly request: string | undefined
  readonly channel: string
  readonly args: readonly string[]
}

const NAMES = ['seat_taken', 'scene_moved', 'cue_given', 'box_sold', 'row_cleared', 'bow_asked', 'act_begun']

/** Every kind of field, with every kind of default that is odd. */
const FIELDS = [
  'seat_id:str',
  'row:int',
  'note:str?',
  'x:any=null',
  'tone:any',
  'level:float=0.5',
  'dark:bool=false',
  'title:str=""',
  'previous:str|null',
  'last:str|null=null',
  'mood:"calm"|"tense"',
  'begins_at:datetime',
  'ends_at:datetime?',
  'props:str[]=[]',
  'cues:datetime[]',
  'details:dict?',
  'class:str',
  'count:int|null=3',
]

const STORES: Readonly<Record<FixtureName, readonly string[]>> = {
  reference: ['usePlatformStore', 'useChatStore'],
  cachibot: ['useKnowledgeStore', 'useChatStore'],
}

/** Places that send, by channel; the last of each are functions that only some fields can be sent from. */
const PLACES: Readonly<Record<FixtureName, Readonly<Record<string, readonly string[]>>>> = {
  reference: {
    main: [
      'src/cachibot/services/platforms.py',
      'src/cachibot/api/server.py',
      'src/cachibot/api/websocket.py',
      'src/cachibot/api/websocket.py:websocket_endpoint',
      'src/cachibot/services/platforms.py:relay',
    ],
  },
  cachibot: {
    main: [
      'cachibot/services/script_library.py',
      'cachibot/services/playbill.py:Playbill',
      'cachibot/services/callboard.py',
      'cachibot/api/websocket.py',
      'cachibot/api/websocket.py:websocket_endpoint',
      'cachibot/api/server.py',
      'cachibot/services/callboard.py:announce',
    ],
    room: [
      'cachibot/services/playbill.py',
      'cachibot/services/rehearsal_board.py:RehearsalBoard',
      'cachibot/api/room_websocket.py',
    ],
    voice: ['cachibot/api/voice_websocket.py', 'cachibot/api/voice_websocket.py:voice_websocket_endpoint'],
  },
}

/**
 * A command line of any combination of flags. Most can be done; what a checkout refuses is skipped by who asks.
 *
 * @param channels the channels of the fixture
 * @param name the wire name without a channel's prefix; a random one if left out
 */
export function randomFlags(
  random: Random,
  fixture: FixtureName,
  channels: readonly string[],
  name = random.pick(NAMES),
): RandomFlags {
  const maybe = (flag: string, ...values: readonly string[]): string[] => {
    const value = random.pick([undefined, ...values])
    return value === undefined ? [] : [flag, value]
  }
  const channel = random.pick(['main', ...channels])
  const wire = channel === 'room' ? `room_${name}` : name
  const direction = random.pick(['s2c', 's2c', 'c2s', 'both', 'both'] as const)
  const fields = random.shuffle(FIELDS).slice(0, random.below(5))
  const keys = fields.filter((one) => /^\w+:(str|int)$/.test(one)).map((one) => one.split(':')[0] ?? '')
  const isServer = direction !== 'c2s'
  const asked = random.below(3) === 0
  const request = random.pick([undefined, `${wire}_wanted`, `${wire}_request`])
  return {
    name: wire,
    request: direction === 'both' ? (request ?? `${wire}_request`) : undefined,
    channel,
    args: [
      wire,
      ...(channel === 'main' ? [] : ['--channel', channel]),
      ...(direction === 's2c' && random.below(2) === 0 ? [] : ['--direction', direction]),
      ...fields.flatMap((field) => ['-f', field]),
      ...maybe('--description', 'Someone "bows" — twice.'),
      ...(isServer ? maybe('--store', ...STORES[fixture], 'none', 'new:seat_plan') : []),
      ...(isServer ? maybe('--store-as', 'latest', 'append', ...keys.map((key) => `upsert:${key}`)) : []),
      ...(isServer ? maybe('--emit', 'client', 'all', 'none', 'room') : []),
      ...(isServer && random.below(2) === 0 ? maybe('--emit-in', ...(PLACES[fixture][channel] ?? [])) : []),
      ...(direction === 'both' && request !== undefined ? ['--request', request] : []),
      ...(direction === 'both' && asked
        ? [...fields, 'ask_id:str'].flatMap((field) => ['--request-field', field])
        : []),
    ],
  }
}

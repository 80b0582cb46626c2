/** The events that `npm run try` adds: every direction, every type of field, names and texts that are hard to write. */

/** Of the main channel. */
const OF_MAIN = [
  ['seat_taken', '-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?'],
  ['curtain_up', '--description', 'The "curtain" rises — every line of \\ this text stays a text.'],
  [
    'scene_changed',
    ...fields('scene:str', 'act:int=1', 'props:str[]=[]', 'mood:"calm"|"tense"', 'changed_at:datetime'),
  ],
  [
    'applause_measured',
    ...fields('level:float|null', 'loud:bool=false', 'details:dict?', 'raw_samples:any[]', 'class:str'),
  ],
  [
    'understudy_called_for_the_evening_performance',
    ...fields(
      'understudy_identifier:str',
      'replaced_actor_identifier:str',
      'minutes_until_entrance:int?',
      'reason_for_absence:str|null',
    ),
    '--emit',
    'all',
  ],
  ['seat_claim', '--direction', 'c2s', ...fields('seat_id:str', 'row:int', 'note:str?')],
  ['curtain_stop', '--direction', 'c2s'],
  ['curtain_call', '--direction', 'both', ...fields('scene:str', 'bows:int=1', 'encore:str?')],
  [
    'scene_asked',
    '--direction',
    'both',
    '--request',
    'ask_scene',
    ...fields('scene:str', 'changed_at:datetime', 'cues:datetime[]', 'last:datetime?', 'mood:"calm"|"tense"'),
    ...[
      'scene:str',
      'changed_at:datetime',
      'cues:datetime[]',
      'last:datetime?',
      'mood:"calm"|"tense"',
      'ask_id:str',
    ].flatMap((field) => ['--request-field', field]),
  ],
]

/** Of every other channel. */
const OF_OTHERS = [
  ['seat_taken', ...fields('seat_id:str', 'row:int=1', 'note:str?', 'begins_at:datetime')],
  ['curtain_up'],
  ['seat_claim', '--direction', 'c2s', ...fields('seat_id:str', 'details:any', 'at:datetime?')],
  ['curtain_stop', '--direction', 'c2s'],
  ['curtain_call', '--direction', 'both', ...fields('scene:str', 'bows:int=1', 'at:datetime')],
]

/** Of every channel: stores and the ways to keep an event in one. */
const OF_STORES = [
  ['prompt_given', ...fields('cue:str', 'line:int'), '--store-as', 'append'],
  ['prop_moved', ...fields('prop_id:str', 'to:str?'), '--store-as', 'upsert:prop_id'],
  ['bell_rung', ...fields('times:int'), '--store', 'none'],
  ['ticket_sold', ...fields('ticket_id:str'), '--store', 'new:box_office'],
]

/** The command lines of one channel, whose wire names begin with `prefix`. */
export function eventsOf(channel, prefix) {
  return [...(channel === 'main' ? OF_MAIN : OF_OTHERS), ...OF_STORES].map(([name, ...args]) => [
    prefix + name,
    ...args.map((arg) => (arg === 'new:box_office' ? `new:${channel}_box_office` : arg)),
    '--channel',
    channel,
  ])
}

function fields(...all) {
  return all.flatMap((field) => ['-f', field])
}

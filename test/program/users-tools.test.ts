import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { collectFindings, newFindings, userTools } from '../../scripts/user-tools.mjs'
import { cachibotWs, copyFixture, snapshot } from '../support/checkout.js'
import { FIXTURES } from '../support/fixtures.js'
import { hasPython } from '../support/python.js'
import { VARIANTS } from '../support/variants.js'

/** More literals than a line holds. */
const LONG = Array.from({ length: 12 }, (_, index) => `"mood_${index}"`).join('|')

/** Fields that a branch has to read in every way there is. */
const PAIR_FIELDS = [
  'text:str',
  'count:int=1',
  'ratio:float',
  'dark:bool',
  'mood:"calm"|"tense"',
  'anything:any',
  'details:dict?',
  'begins_at:datetime',
  'ends_at:datetime?',
  'last_at:datetime|null',
  'cues:datetime[]',
  'a_list_of_cues_on_many_lines:datetime[]?',
  'grid:int[][]',
  'class:str',
  'previous:str|null',
  'names:str[]=["a"]',
]

/** What only a spec file can say. */
const SPEC = JSON.stringify({
  name: 'orchestra_tuned',
  payload: {
    note: {
      type: 'str|null',
      description:
        'The note that everybody tunes to, said in so many words that they do not fit on one line of any file.',
    },
    class: { type: 'str', description: 'A "keyword".' },
    seat: { type: { row: 'int', note: 'str?' }, optional: true },
    seats: { type: [{ row: 'int' }], description: 'All.' },
  },
})

/** Events whose code between them has every shape that the sites write. */
const EVENTS: readonly (readonly string[])[] = [
  ['seat_taken', '-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?'],
  ['curtain_up', '--description', 'It says """rise""" and */ and \\N{DASH} → without a word of noqa.'],
  [
    'scene_changed',
    '-f',
    'act:int=1',
    '-f',
    'props:str[]=[]',
    '-f',
    'mood:"calm"|"te\'nse"|"a\\"b"',
    '-f',
    'changed_at:datetime',
    '-f',
    'class:str',
    '-f',
    'lambda:dict?',
    '-f',
    'client_id:str',
    '-f',
    'manager:int',
  ],
  [
    'applause_measured',
    '-f',
    'level:float|null',
    '-f',
    'loud:bool=false',
    '-f',
    'samples:any[]',
    '-f',
    'grid:int[][]?',
    '-f',
    'times:datetime[]',
    '-f',
    'last:datetime|null',
    '-f',
    'anything:any?',
    '--emit',
    'all',
  ],
  [
    'understudy_called_for_the_evening_performance',
    '-f',
    'understudy_identifier:str',
    '-f',
    'a_field_whose_name_is_as_long_as_a_line_allows_it:str?',
    '-f',
    'reason_for_absence:str|null',
    '--description',
    `${'many words '.repeat(17)}end`,
  ],
  ['one_field', '-f', 'value:float=0', '--store', 'SECOND'],
  [
    'website_changed',
    '-f',
    'levels:("a"|"b")[]=["a"]',
    '-f',
    'times:datetime[]=[]',
    '-f',
    'big:float=1e21',
    '-f',
    `mood:${LONG}`,
    '-f',
    `tone:${LONG}="mood_1"`,
    '-f',
    'numbers:int[]=[1,2]',
  ],
  ['--spec', '-'],
  [
    'seat_claim',
    '--direction',
    'c2s',
    '--description',
    'It says """mine""" and */ and goes on for so many words that no line of any file of this house holds it all.',
    '-f',
    'seat_id:str',
    '-f',
    'row:int=1',
    '-f',
    'note:str?',
    '-f',
    'at:datetime',
    '-f',
    'class:str',
    '-f',
    'client_id:str',
    '-f',
    'details:any',
    '-f',
    'names:str[]=[]',
    '-f',
    `mood:${LONG}`,
  ],
  ['curtain_stop', '--direction', 'c2s'],
  ['curtain_call', '--direction', 'both'],
  [
    'understudy_answered',
    '--direction',
    'both',
    '--request',
    'understudy_asked_whether_it_goes_on',
    ...PAIR_FIELDS.flatMap((field) => ['-f', field]),
    ...PAIR_FIELDS.flatMap((field) => ['--request-field', field]),
    '--request-field',
    'ask_id:str',
    '--request-field',
    'a_field_that_no_answer_has_and_that_is_long:int',
  ],
  ['seat_appended', '-f', 'seat_id:str', '--store-as', 'append'],
  ['seat_upserted', '-f', 'row:int', '--store-as', 'upsert:row'],
  ['seat_planned', '-f', 'seat_id:str', '--store', 'new:seat_plan'],
  ['seat_planned_again', '--store', 'new:seat_plan'],
  ['seat_told', '-f', 'seat_id:str', '--store', 'none'],
  ['house_lights', '--direction', 'both', '-f', 'level:float', '--emit', 'all'],
  ['house_bell', '--direction', 'both', '-f', 'times:int', '--emit', 'none'],
]

/** The same on the other channels. */
const OF_CHANNELS: Readonly<Record<(typeof FIXTURES)[number], readonly (readonly string[])[]>> = {
  reference: [],
  cachibot: ['room', 'voice'].flatMap((channel) => {
    const name = (bare: string): string => (channel === 'room' ? `room_${bare}` : bare)
    const fields = PAIR_FIELDS.flatMap((field) => ['-f', field])
    return [
      [name('seat_taken'), ...fields, '--channel', channel],
      [name('curtain_up'), '--channel', channel],
      [name('seat_appended'), '-f', 'seat_id:str', '--store-as', 'append', '--channel', channel],
      [name('seat_upserted'), '-f', 'row:int', '--store-as', 'upsert:row', '--channel', channel],
      [name('seat_told'), '-f', 'seat_id:str', '--store', 'none', '--channel', channel],
      [name('seat_claim'), ...fields, '--direction', 'c2s', '--channel', channel],
      [name('curtain_stop'), '--direction', 'both', '--channel', channel],
      [
        name('understudy_answered'),
        ...fields,
        ...PAIR_FIELDS.flatMap((field) => ['--request-field', field]),
        '--direction',
        'both',
        '--channel',
        channel,
      ],
    ]
  }),
}

/** Every form of a place that the server can send from. */
const EMIT_IN: Readonly<Record<(typeof FIXTURES)[number], readonly string[]>> = {
  reference: [
    'told_a services/platforms.py -f seat_id:str -f row:int',
    'told_b services/platforms.py:relay -f text:str -f sender:str|null -f row:int?',
    'told_c api/server.py -f seat_id:str -f mood:"calm"|"tense" --emit all',
    'told_d api/server.py:receive_message -f text:str -f chat_id:str --emit all',
    'interval api/websocket.py:run_agent -f minutes:int -f bar:str? -f bell:bool=true',
    'told_e api/websocket.py:websocket_endpoint -f at:datetime -f client_id:str -f manager:any',
  ],
  cachibot: [
    'told_a services/script_library.py -f seat_id:str -f at:datetime -f details:dict?',
    'told_b services/playbill.py:Playbill -f seat_id:str -f props:str[]=[] --emit all',
    'told_c services/callboard.py:announce -f bot_id:str -f content:str -f chat_id:str?',
    'told_d services/callboard.py -f logger:str -f message:any',
    'told_e api/server.py:upload_script -f filename:str -f play_id:any',
    'told_f services/rehearsal_board.py -f seat_id:str -f mood:"calm"|"tense" --emit all',
    'interval api/websocket.py:run_agent -f minutes:int -f bar:str? -f bell:bool=true',
    'told_g api/websocket.py:websocket_endpoint -f at:datetime -f client_id:str -f manager:any',
    'told_h api/websocket.py:on_script_delta -f text:str -f tool_call_id:any',
    'told_i services/callboard.py -f seat_id:str --direction both',
    'room_told_a api/server.py:add_reaction -f emoji:str -f user_id:str --channel room',
    'room_told_b services/playbill.py -f seat_id:str --channel room',
    'room_told_c services/rehearsal_board.py:RehearsalBoard -f seat_id:str --channel room',
    'room_interval api/room_websocket.py:run_room_bot -f minutes:int --channel room',
    'told_a api/voice_websocket.py:_run_turn -f line:str --channel voice',
    'told_b api/voice_websocket.py:voice_websocket_endpoint -f line:str -f websocket:str --channel voice',
  ],
}

/** `told_a services/x.py -f seat_id:str` as arguments. */
function emitIn(fixture: (typeof FIXTURES)[number], line: string): string[] {
  const [name = '', place = '', ...rest] = line.split(' ')
  return [name, '--emit-in', `${BACKEND[fixture]}/${place}`, ...rest]
}

/** For a busy machine: one test runs every tool three times and some hundred commands. */
const TIMEOUT = 900_000

const BACKEND = { reference: 'src/cachibot', cachibot: 'cachibot' } as const
const STORE = { reference: 'usePlatformStore', cachibot: 'useKnowledgeStore' } as const

describe.skipIf(!hasPython).each(FIXTURES)('%s', (fixture) => {
  const roots: string[] = []
  afterAll(() => {
    for (const root of roots) rmSync(join(root, '..'), { recursive: true, force: true })
  })

  async function added(transform: (path: string, text: string) => string) {
    const root = copyFixture(fixture, { modules: true, keep: true })
    roots.push(root)
    rewrite(root, transform)
    const { tools, missing } = userTools({ root, backend: BACKEND[fixture] })
    expect(missing).toEqual([])
    const there: (readonly string[])[] = []
    const add = async (isTried: (index: number) => boolean = () => true): Promise<void> => {
      const placed = EMIT_IN[fixture].map((line) => emitIn(fixture, line))
      for (const event of [...EVENTS, ...OF_CHANNELS[fixture], ...placed].filter((_, index) =>
        isTried(index),
      )) {
        const args = event.map((word) => (word === 'SECOND' ? STORE[fixture] : word))
        const { exitCode, stderr } = await cachibotWs(['add-event', ...args], { cwd: root, stdin: SPEC })
        expect(stderr).toBe('')
        expect(exitCode).toBe(0)
        there.push(event)
      }
    }
    /** Takes out what was added, and the requests that stay: all of it, or every second one. */
    const remove = async (isTried: (index: number) => boolean = () => true): Promise<void> => {
      for (const event of there.filter((_, index) => isTried(index))) {
        const name = event[0] === '--spec' ? JSON.parse(SPEC).name : (event[0] ?? '')
        const channel = flagOf(event, '--channel') ?? 'main'
        const request = flagOf(event, '--request') ?? `${name}_request`
        const take = async (one: string) =>
          cachibotWs(['remove-event', one, '--channel', channel], { cwd: root })
        const { exitCode, stderr, stdout } = await take(name)
        expect([exitCode, stderr], `${name}\n${stdout}`).toEqual([0, ''])
        const stays = event.includes('both') && !stdout.includes(`its request \`${request}\``)
        if (stays) expect((await take(request)).exitCode, request).toBe(0)
      }
    }
    return { root, tools, add, remove }
  }

  test(
    'ruff check, ruff format, mypy --strict, tsc and eslint find nothing: before, with all, with half, with none',
    async () => {
      const { root, tools, add, remove } = await added((_, text) => text)
      const none = new Map(tools.map(({ tool }) => [tool, []]))
      const before = snapshot(root)
      expect(await collectFindings(tools, root)).toEqual(none)
      await add()
      expect(await collectFindings(tools, root)).toEqual(none)
      await remove((index) => index % 2 === 0)
      expect(await collectFindings(tools, root)).toEqual(none)
      await remove((index) => index % 2 === 1)
      expect(snapshot(root)).toEqual(before)
    },
    TIMEOUT,
  )

  // mypy reads meaning and no bytes: it is asked once, on the fixture as written.
  // Every event is tried in every second variant.
  const variants = VARIANTS.slice(1).map(({ name, transform }, turn) => [name, transform, turn] as const)
  test.each(variants)(
    '%s: ruff, tsc and eslint find nothing new',
    async (_, transform, turn) => {
      const { root, tools, add, remove } = await added(transform)
      const untouched = snapshot(root)
      const quick = tools.filter(({ tool }) => tool !== 'mypy --strict')
      const before = await collectFindings(quick, root)
      await add((index) => (index + turn) % 2 === 0)
      const after = await collectFindings(quick, root)
      for (const { tool } of quick) {
        const found = newFindings(before.get(tool) ?? [], after.get(tool) ?? [])
        // Every line of a file that is indented with tabs has that finding, so every new line has it too.
        expect([tool, found.filter((finding) => !finding.includes(' W191 '))]).toEqual([tool, []])
      }
      await remove()
      expect(snapshot(root)).toEqual(untouched)
    },
    TIMEOUT,
  )
})

function flagOf(args: readonly string[], flag: string): string | undefined {
  return args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined
}

function rewrite(root: string, transform: (path: string, text: string) => string): void {
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.parentPath.includes('node_modules')) continue
    const path = join(entry.parentPath, entry.name)
    if (!/\.(py|tsx?)$/.test(path)) continue
    const text = readFileSync(path, 'utf8')
    const changed = transform(path, text)
    if (changed !== text) writeFileSync(path, changed)
  }
}

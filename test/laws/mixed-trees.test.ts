import { describe, expect, test } from 'vitest'
import { decideAll } from '../../src/engine/add/decide.js'
import { stage } from '../../src/engine/add/stage.js'
import { planRemoveEvent } from '../../src/engine/remove/remove-event.js'
import { surveyChannel } from '../../src/ledger/surveyed.js'
import { planAddEvent, resolveChannel } from '../support/asked.js'
import { EVENTS } from '../support/events.js'
import { FIXTURES, open, readFixture } from '../support/fixtures.js'
import { add, targetsOf } from '../support/laws.js'
import {
  type Asked,
  addLine,
  differences,
  findingsOf,
  insertedIn,
  mix,
  runOn,
  subsetsOf,
  touchedBy,
} from '../support/mixed-trees.js'
import { randomFrom } from '../support/random.js'

const PAYLOAD = ['-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?', '-f', 'at:datetime']
const CALLBOARD = ['--emit-in', 'cachibot/services/callboard.py']
const ENDPOINT = ['--emit-in', 'cachibot/api/websocket.py:websocket_endpoint']
const C2S = ['--direction', 'c2s']
const BOTH = ['--direction', 'both']

const ofChannel = (fixture: Asked['fixture'], channel: string, prefix = ''): Asked[] => [
  { fixture, channel, name: `${prefix}seat_taken`, flags: PAYLOAD },
  { fixture, channel, name: `${prefix}seat_claim`, flags: [...C2S, ...PAYLOAD] },
  { fixture, channel, name: `${prefix}curtain_call`, flags: [...BOTH, ...PAYLOAD] },
]

const onMain = (name: string, ...flags: string[]): Asked => ({
  fixture: 'cachibot',
  channel: 'main',
  name,
  flags,
})

const CASES: readonly Asked[] = [
  ...ofChannel('reference', 'main'),
  ...ofChannel('cachibot', 'main'),
  ...ofChannel('cachibot', 'room', 'room_'),
  ...ofChannel('cachibot', 'voice'),
  onMain('curtain_up'),
  onMain('curtain_stop', ...C2S),
  onMain('seat_kept', '--store', 'new:seat_plan', ...PAYLOAD),
  onMain('seat_told', '--store', 'none', ...PAYLOAD),
  onMain('seat_sent', '--emit', 'none', ...PAYLOAD),
  onMain('seat_pinned', ...CALLBOARD, ...PAYLOAD),
  onMain('seat_asked', ...BOTH, ...CALLBOARD, ...PAYLOAD),
  onMain('seat_called', ...ENDPOINT, ...PAYLOAD),
]

/** How many trees of each event; `MIXED_TREES=all` tries every one. */
const asked = process.env['MIXED_TREES'] ?? '4'
const COUNT = asked === 'all' ? Number.POSITIVE_INFINITY : Number(asked)
const SEED = Number(process.env['MIXED_SEED'] ?? 20261126)

test.each(CASES.map((one) => [`${one.fixture} ${one.channel} ${one.name}`, one] as const))(
  'of the files of %s, some old and some new: check says so, adding completes, removing restores',
  async (_, one) => {
    const { old, full, files } = await touchedBy(one)
    const complete = await findingsOf(full)
    const isLoud = complete.some((finding) => finding.severity === 'error')
    const trees = subsetsOf(files, COUNT, SEED)
    console.log(`${trees.length} of ${2 ** files.length - 2} trees, seed ${SEED}`)
    for (const [index, written] of trees.entries()) {
      const title = `written: ${written.join(', ')}`
      const tree = mix(old, full, files, written)
      const found = await findingsOf(tree)
      const own = found.filter(({ key }) => isLoud || complete.every((other) => other.key !== key))
      expect(own.length, `${title}: check finds nothing`).toBeGreaterThan(0)
      const added = await runOn(tree, ...addLine(one))
      expect([added.stderr, differences(added.tree, full)], title).toEqual(['', []])
      // A store file that is gone or empty is told by the rules of new stores.
      if (one.flags.includes('new:seat_plan')) continue
      const names = one.flags.includes('both') ? [one.name, `${one.name}_request`] : [one.name]
      const order = index % 2 === 0 ? names : names.toReversed()
      expect(differences(await removeAll(tree, order, one.channel, title), old), title).toEqual([])
    }
  },
)

/** The tree without the events. */
async function removeAll(
  tree: ReadonlyMap<string, string>,
  names: readonly string[],
  channel: string,
  title: string,
): Promise<ReadonlyMap<string, string>> {
  let left = tree
  for (const name of names) {
    const removed = await runOn(left, 'remove-event', name, '--channel', channel)
    // Of one half of a pair nothing may be there.
    const expected = names.length > 1 ? [0, 2] : [0]
    expect(expected, `${title}: ${removed.stdout}${removed.stderr}`).toContain(removed.exitCode)
    if (removed.exitCode !== 0) expect(differences(removed.tree, left), title).toEqual([])
    left = removed.tree
  }
  return left
}

describe.each(FIXTURES)('%s', (fixture) => {
  test.each(['seat_taken', 'seat_claim'])('%s goes from a sample of its sites', async (name) => {
    const spec = EVENTS.find((one) => one.names.snake === name)
    if (spec === undefined) throw new Error(name)
    const added = add(await open(readFixture(fixture)), spec)
    const [half] = decideAll(targetsOf(added, spec))
    if (half === undefined) throw new Error(name)
    const random = randomFrom(SEED)
    const channel = resolveChannel(added.repository, added.layout, spec.channel)
    for (let count = 0; count < 25; count++) {
      const decisions = new Map([...half.decisions].filter(() => random.next() < 0.5))
      const staged = stage([{ target: half.target, decisions }])
      if (staged.length === 0) continue
      const partial = added.repository.overlay(staged.map((file) => file.after))
      const title = [...decisions.keys()].join(', ')
      const plan = planRemoveEvent(surveyChannel(partial, added.layout, channel, [name]), name, {
        force: false,
      })
      expect(
        plan.changes.filter((one) => one.status === 'blocked'),
        title,
      ).toEqual([])
      const restored = partial.apply(plan.files)
      for (const { before, after } of staged)
        expect(restored.workspace.read(after.path).text, title).toBe(before?.text)
    }
  })
})

describe('a model that its package does not re-export', () => {
  const PACKAGE = 'cachibot/models/__init__.py'
  const event = CASES.find((one) => one.fixture === 'cachibot' && one.name === 'seat_taken') as Asked

  test('is a warning, and add-event completes it and says where', async () => {
    const { old, full } = await touchedBy(event)
    const tree = new Map(full).set(PACKAGE, old.get(PACKAGE) ?? '')
    expect((await findingsOf(tree)).map((one) => one.rule)).toContain('missing-reexport')
    const added = await runOn(tree, ...addLine(event), '--json')
    expect(differences(added.tree, full)).toEqual([])
    const line = (full.get(PACKAGE) ?? '').split('\n').indexOf('    SeatTakenPayload,') + 1
    expect(insertedIn(added.stdout)).toEqual([
      { site: 'python-payload-model', file: PACKAGE, line, reason: '`SeatTakenPayload` was not re-exported' },
    ])
  })

  test.each([
    ['import', '    SeatTakenPayload,\n', 'dangling-import'],
    ['entry in __all__', '    "SeatTakenPayload",\n', 'missing-reexport'],
  ])('or of which only the %s is gone is found and completed', async (_, line, rule) => {
    const { full } = await touchedBy(event)
    const tree = new Map(full).set(PACKAGE, (full.get(PACKAGE) ?? '').replace(line, ''))
    expect((await findingsOf(tree)).map((one) => one.rule)).toContain(rule)
    expect(differences((await runOn(tree, ...addLine(event))).tree, full)).toEqual([])
  })

  test('stays as it is where the package re-exports no more than half of the others', async () => {
    const { old, full } = await touchedBy(event)
    const names = ['ThinkingPayload', 'ToolStartPayload', 'ToolEndPayload', 'MessagePayload']
    const few = (text: string): string =>
      names.reduce((rest, name) => rest.replace(`    ${name},\n`, '').replace(`    "${name}",\n`, ''), text)
    const tree = new Map(full).set(PACKAGE, few(old.get(PACKAGE) ?? ''))
    expect((await findingsOf(tree)).map((one) => one.rule)).not.toContain('missing-reexport')
    expect(differences((await runOn(tree, ...addLine(event))).tree, tree)).toEqual([])
  })

  test.each([
    ['frontend/src/stores/bots.ts', 'SeatTakenPayload', 'import'],
    ['frontend/src/hooks/useWebSocket.ts', 'SeatTakenPayload', 'import'],
  ])('an import that %s lost by hand is completed', async (file, name) => {
    const { full } = await touchedBy(event)
    const text = full.get(file) ?? ''
    const gone = text.replace(new RegExp(`^  ${name},\\n`, 'm'), '')
    expect(gone).not.toBe(text)
    const tree = new Map(full).set(file, gone)
    expect(differences((await runOn(tree, ...addLine(event))).tree, full)).toEqual([])
  })
})

test('a new store that the index of its folder does not export is exported', async () => {
  const index = 'frontend/src/stores/index.ts'
  const stores = ['auth', 'bots', 'connections', 'knowledge', 'notices', 'rooms', 'voice']
  const exports = stores.map((one) => `export * from './${one}'\n`).join('')
  const old = new Map(readFixture('cachibot')).set(index, exports)
  const line = addLine(onMain('seat_kept', '--store', 'new:seat_plan', ...PAYLOAD))
  const { tree: full } = await runOn(old, ...line)
  expect(full.get(index)).toContain('useSeatPlanStore')
  const tree = new Map(full).set(index, exports)
  expect(differences((await runOn(tree, ...line)).tree, full)).toEqual([])
  expect(differences((await runOn(full, ...line)).tree, full)).toEqual([])
})

describe('remove-event', () => {
  test('takes a send out of a function that stands in the branch of a request', async () => {
    const file = 'cachibot/api/websocket.py'
    const text = readFixture('cachibot').get(file) ?? ''
    const branch = 'elif msg_type == WSMessageType.CANCEL:\n'
    const told =
      '                async def tell_cancel(row: int) -> None:\n                    await manager.send(client_id, WSMessage.error("Nothing to stop."))\n\n'
    const old = new Map(readFixture('cachibot')).set(file, text.replace(branch, `${branch}${told}`))
    expect(old.get(file)).not.toBe(text)
    const place = `${file}:websocket_endpoint.tell_cancel`
    const added = await runOn(old, 'add-event', 'seat_freed', '-f', 'row:int', '--emit-in', place)
    expect(added.stderr).toBe('')
    const removed = await runOn(added.tree, 'remove-event', 'seat_freed')
    expect([removed.exitCode, differences(removed.tree, old)]).toEqual([0, []])
  })

  test('names no event where nothing of it is there', async () => {
    const tree = readFixture('cachibot')
    const ran = await runOn(tree, 'remove-event', 'usagee')
    expect(ran.exitCode).toBe(2)
    expect(ran.stderr).toContain('did you mean `usage`')
    expect(differences(ran.tree, tree)).toEqual([])
  })

  test('does not claim an action of a store that something else uses', async () => {
    const event = CASES.find((one) => one.fixture === 'cachibot' && one.name === 'seat_taken') as Asked
    const { old, full } = await touchedBy(event)
    const file = 'frontend/src/stores/bots.ts'
    const page = "import { useChatStore } from './stores/bots'\n\nuseChatStore.getState().handleSeatTaken\n"
    const tree = new Map(old).set(file, full.get(file) ?? '').set('frontend/src/page.ts', page)
    const ran = await runOn(tree, 'remove-event', 'seat_taken')
    expect(ran.exitCode).toBe(2)
    expect(differences(ran.tree, tree)).toEqual([])
  })
})

test('adding what is there changes nothing, from the plan as well', async () => {
  const spec = EVENTS.find((one) => one.names.snake === 'seat_taken')
  if (spec === undefined) throw new Error('seat_taken')
  const added = add(await open(readFixture('cachibot')), spec)
  expect(planAddEvent(added.after, added.layout, spec, { partial: false }).files).toEqual([])
})

import { expect, test, vi } from 'vitest'
import { buildLedger } from '../../src/ledger/ledger.js'
import { readFixture } from '../support/fixtures.js'
import { memoryCheckout } from '../support/memory-checkout.js'

vi.mock('../../src/ledger/ledger.js', async (load) => {
  const all = await load<typeof import('../../src/ledger/ledger.js')>()
  return { ...all, buildLedger: vi.fn(all.buildLedger) }
})

const ADD = 'add-event seat_taken -f seat_id:str'
const ONCE = { main: 1, room: 1, voice: 1 }

// A command that writes surveys its channel before and after; to find an event, each other channel is read once.
test.each([
  ['list', ONCE, []],
  ['info', ONCE, []],
  ['check', ONCE, []],
  ['check --channel main', { main: 1 }, []],
  ['check tool_start', ONCE, []],
  ['check tool_strat', ONCE, []],
  ['add-event seat_taken', { main: 2 }, []],
  [`${ADD} --direction both`, { main: 2 }, []],
  ['remove-event seat_taken', { ...ONCE, main: 2 }, [ADD]],
  ['remove-event seat_taken', { ...ONCE, main: 2 }, [`${ADD} --direction both`]],
  ['remove-event seat_taken --channel main', { main: 2 }, [ADD]],
  ['remove-event tool_start', ONCE, []],
] as const)('%s builds these ledgers, by channel: %j', async (command, ledgers, before) => {
  const checkout = memoryCheckout(readFixture('cachibot'))
  for (const one of before) await checkout.run(...one.split(' '))
  vi.mocked(buildLedger).mockClear()
  await checkout.run(...command.split(' '))
  const ids = vi.mocked(buildLedger).mock.calls.map(([, , channel]) => channel.id)
  const counted = [...new Set(ids)].map((id) => [id, ids.filter((one) => one === id).length])
  expect(Object.fromEntries(counted)).toEqual(ledgers)
})

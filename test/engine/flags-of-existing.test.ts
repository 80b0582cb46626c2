import { expect, test } from 'vitest'
import { readFixture } from '../support/fixtures.js'
import { memoryCheckout } from '../support/memory-checkout.js'

const checkout = memoryCheckout(readFixture('cachibot'))

test.each([
  ['error --channel main --store-as append', 3, 'keeps nothing in that way'],
  ['error --channel main --store useVoiceStore', 3, ''],
  ['document_status --emit client', 3, 'sent already, to `all`'],
  ['document_status --description Another.', 3, 'change-event document_status --description'],
  ['document_status --emit all', 0, ''],
  ['room_cue_called', 2, '--channel room for the one that is there'],
  ['room_cue_called --channel room', 0, ''],
] as const)('of an event that is there, %s is %s and not passed over', async (line, exitCode, words) => {
  const ran = await checkout.run('add-event', ...line.split(' '), '--dry-run')
  expect([ran.exitCode, ran.stderr]).toEqual([exitCode, expect.stringContaining(words)])
})

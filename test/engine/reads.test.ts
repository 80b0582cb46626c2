import { expect, test, vi } from 'vitest'
import { LANGUAGES } from '../../src/lang/languages.js'
import { createSource } from '../../src/workspace/source.js'
import { open, readFixture } from '../support/fixtures.js'
import { memoryCheckout } from '../support/memory-checkout.js'

const ADD = 'add-event seat_taken -f seat_id:str'

// What a plan shows is parsed as it is staged; a text that was shown before is the tree that it was.
test.each([
  ['list', []],
  ['info', []],
  ['check', []],
  ['check tool_start', []],
  [ADD, []],
  [`${ADD} --direction both`, []],
  ['remove-event seat_taken', [ADD]],
  ['remove-event seat_taken', [`${ADD} --direction both`]],
  ['remove-event usage --force', []],
] as const)('%s parses no text twice', async (command, before) => {
  const checkout = memoryCheckout(readFixture('cachibot'))
  for (const one of before) await checkout.run(...one.split(' '))
  const parses = LANGUAGES.map((language) => vi.spyOn(language, 'parse'))
  await checkout.run(...command.split(' '))
  const parsed = parses.flatMap(({ mock }) => mock.calls.map(([{ path, text }]) => `${path}\n${text}`))
  vi.restoreAllMocks()
  expect(parsed.length).toBeGreaterThan(0)
  expect(parsed.filter((one, index) => parsed.indexOf(one) < index)).toEqual([])
})

test('a text is put to a test once, and when it is staged again, too', async () => {
  const { repository } = await open(readFixture('cachibot'))
  const isLong = vi.fn((text: string) => text.length > 1000)
  const search = (one: typeof repository): string[] => one.search('cachibot', ['.py'], isLong)
  const files = repository.files('cachibot', ['.py'])
  const [changed = ''] = search(repository)
  expect(search(repository)).toContain(changed)
  expect(isLong).toHaveBeenCalledTimes(files.length)
  for (const _ of [1, 2])
    expect(search(repository.overlay([createSource(changed, '')]))).not.toContain(changed)
  expect(isLong).toHaveBeenCalledTimes(files.length + 1)
})

import { describe, expect, test } from 'vitest'
import { FIXTURES, readFixture } from '../support/fixtures.js'
import { differences, type MemoryCheckout, memoryCheckout } from '../support/memory-checkout.js'
import { randomFrom } from '../support/random.js'
import { type RandomFlags, randomFlags } from '../support/random-flags.js'
import { VARIANTS } from '../support/variants.js'

/** Command lines that a push tries on each fixture as written, and on each variant of it; and pairs of them. */
const WRITTEN = Number(process.env['CACHIBOT_WS_FLAGS'] ?? 20)
const VARIED = Math.ceil(WRITTEN / 10)
const CHANNELS = { reference: [], cachibot: ['room', 'voice'] } as const

describe.each(FIXTURES)('%s', (fixture) => {
  const flagsOf = (seed: number, name?: string): RandomFlags =>
    randomFlags(randomFrom(seed * 7919), fixture, CHANNELS[fixture], name)

  describe.each(VARIANTS)('$name', ({ name: variant, transform }) => {
    const texts = new Map([...readFixture(fixture)].map(([path, text]) => [path, transform(path, text)]))
    const count = variant === 'as written' ? WRITTEN : VARIED

    test(`${count} random command lines: adding twice is adding once, and removing gives every byte back`, async () => {
      // Every variant is tried with other command lines.
      const first = VARIANTS.findIndex((one) => one.name === variant) * 1000 + 1
      for (let tried = 0, seed = first; tried < count; seed++) {
        const flags = flagsOf(seed)
        const title = `seed ${seed}: add-event ${flags.args.join(' ')}`
        const checkout = memoryCheckout(texts)
        const before = checkout.tree()
        if (!(await isAdded(checkout, flags, title))) continue
        tried++
        const added = checkout.tree()
        const again = await checkout.run('add-event', ...flags.args)
        expect([again.exitCode, again.stderr], `${title}, twice`).toEqual([0, ''])
        expect(differences(added, checkout.tree()), `${title}, twice`).toEqual([])
        await remove(checkout, flags, title)
        expect(differences(before, checkout.tree()), `${title}, removed`).toEqual([])
      }
    })
  })

  test(`${WRITTEN / 2} random pairs: add A, add B, remove A is add B`, async () => {
    const texts = readFixture(fixture)
    for (let tried = 0, seed = 5001; tried < WRITTEN / 2; seed++) {
      const [a, b] = [flagsOf(seed, 'seat_taken'), flagsOf(seed + 5000, 'prop_moved')]
      const title = `seed ${seed}: add-event ${a.args.join(' ')}; add-event ${b.args.join(' ')}`
      const [both, onlyB] = [memoryCheckout(texts), memoryCheckout(texts)]
      if (!(await isAdded(onlyB, b, title))) continue
      if (!(await isAdded(both, a, title)) || !(await isAdded(both, b, title))) continue
      tried++
      await remove(both, a, title)
      expect(differences(onlyB.tree(), both.tree()), title).toEqual([])
    }
  })
})

/** Adds an event; what a checkout refuses leaves it as it is. */
async function isAdded(checkout: MemoryCheckout, { args }: RandomFlags, title: string): Promise<boolean> {
  const before = checkout.tree()
  const { exitCode, stderr } = await checkout.run('add-event', ...args)
  if (exitCode === 0) return true
  expect([1, 2, 3], `${title}\n${stderr}`).toContain(exitCode)
  expect(differences(before, checkout.tree()), title).toEqual([])
  return false
}

/** Removes an event, and its request where that is no answer to it alone. */
async function remove(
  checkout: MemoryCheckout,
  { name, request, channel }: RandomFlags,
  title: string,
): Promise<void> {
  const taken = async (one: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await checkout.run('remove-event', one, '--channel', channel)
    expect([exitCode, stderr], `${title}, remove-event ${one}\n${stdout}`).toEqual([0, ''])
    return stdout
  }
  const said = await taken(name)
  if (request !== undefined && !said.includes(`its request \`${request}\``)) await taken(request)
}

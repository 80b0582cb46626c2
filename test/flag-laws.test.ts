import { describe, expect, test } from 'vitest'
import { cachibotWs } from './support/checkout.js'
import { FIXTURES, readFixture } from './support/fixtures.js'
import { MemoryDisk } from './support/memory-disk.js'
import { randomFrom } from './support/random.js'
import { type RandomFlags, randomFlags } from './support/random-flags.js'
import { VARIANTS } from './support/variants.js'

/** Command lines that a push tries on each fixture as written, and on each variant of it. */
const WRITTEN = Number(process.env['CACHIBOT_WS_FLAGS'] ?? 36)
const VARIED = 4
const CHANNELS = { reference: [], cachibot: ['room', 'voice'] } as const

/** A checkout in memory that commands run on. */
function checkout(texts: ReadonlyMap<string, string>) {
  const disk = MemoryDisk.of('/checkout', texts)
  const ran = async (command: string, ...args: string[]) =>
    cachibotWs([command, ...args, '--cwd', '/checkout'], { cwd: '/checkout', disk })
  return {
    tree: () => disk.snapshot(),
    add: ({ args }: RandomFlags) => ran('add-event', ...args),
    remove: ({ name, channel }: RandomFlags) => ran('remove-event', name, '--channel', channel),
  }
}

describe.each(FIXTURES)('%s', (fixture) => {
  describe.each(VARIANTS)('$name', ({ name, transform }) => {
    const texts = new Map([...readFixture(fixture)].map(([path, text]) => [path, transform(path, text)]))
    const count = name === 'as written' ? WRITTEN : VARIED

    test(`${count} random command lines: adding twice is adding once, and removing gives every byte back`, async () => {
      for (let tried = 0, seed = 1; tried < count; seed++) {
        const flags = randomFlags(randomFrom(seed * 7919), fixture, CHANNELS[fixture])
        const title = `seed ${seed}: add-event ${flags.args.join(' ')}`
        const { tree, add, remove } = checkout(texts)
        const before = tree()
        const first = await add(flags)
        if (first.exitCode !== 0) {
          expect([1, 2, 3], `${title}\n${first.stderr}`).toContain(first.exitCode)
          expect(tree(), title).toEqual(before)
          continue
        }
        tried++
        const added = tree()
        const again = await add(flags)
        expect([again.exitCode, again.stderr], title).toEqual([0, ''])
        expect(changed(added, tree()), `${title}, twice`).toEqual([])
        const removed = await remove(flags)
        expect([removed.exitCode, removed.stderr], `${title}, removed\n${removed.stdout}`).toEqual([0, ''])
        expect(changed(before, tree()), `${title}, removed`).toEqual([])
      }
    })
  })
})

/** The files that are not the same, with the lines that differ. */
function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): unknown[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => [path, before.get(path), after.get(path)])
}

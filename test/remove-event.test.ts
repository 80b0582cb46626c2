import { describe, expect, test } from 'vitest'
import { planRemoveEvent } from '../src/engine/remove-event.js'
import { resolveChannel } from '../src/engine/resolve.js'
import { eventsFor, titleOf } from './support/events.js'
import { FIXTURES, open, readFixture } from './support/fixtures.js'
import { add } from './support/laws.js'
import { VARIANTS } from './support/variants.js'

describe.each(FIXTURES)('%s', (fixture) => {
  describe.each(VARIANTS)('$name', ({ transform }) => {
    const texts = new Map([...readFixture(fixture)].map(([path, text]) => [path, transform(path, text)]))

    test.each(eventsFor(fixture).map((spec) => [titleOf(spec), spec] as const))(
      'reversible: removing %s gives every byte back',
      async (_, spec) => {
        const { after, layout, repository, plan } = add(await open(texts), spec)
        const channel = resolveChannel(after, layout, spec.channel)
        const removal = planRemoveEvent(after, layout, channel, spec.names.snake, { force: false })
        expect(removal.changes.filter((change) => change.status === 'blocked')).toEqual([])
        const restored = after.overlay(removal.files.map((file) => file.after))
        for (const { after: written } of plan.files) {
          expect(restored.workspace.read(written.path).text).toBe(
            repository.workspace.read(written.path).text,
          )
        }
      },
    )
  })
})

import { describe, expect, test } from 'vitest'
import { decideAll } from '../../src/engine/add/decide.js'
import { stage } from '../../src/engine/add/stage.js'
import { SITES } from '../../src/sites/registry.js'
import { type Half, isSiteOf, type SiteKey, siteKey } from '../../src/sites/site.js'
import type { EventSpec } from '../../src/spec/event-spec.js'
import { planAddEvent } from '../support/asked.js'
import { EVENTS, eventsFor, titleOf } from '../support/events.js'
import { FIXTURES, open, readFixture } from '../support/fixtures.js'
import { type Added, add, targetsOf } from '../support/laws.js'
import { randomFrom } from '../support/random.js'
import { VARIANTS } from '../support/variants.js'

/** A site of one half of an event: `curtain_call_request ts-send-method`. */
type Cell = `${string} ${SiteKey}`

function cellsOf(targets: readonly Half[]): Cell[] {
  return targets.flatMap((target) =>
    SITES.filter((site) => isSiteOf(site, target.direction)).map(
      (site): Cell => `${target.spec.names.snake} ${siteKey(site)}`,
    ),
  )
}

/** A server event, a client event and a pair: what every variant is tried with. */
const [SERVER, CLIENT, PAIR] = ['seat_taken', 'seat_claim', 'curtain_call'].map(
  (name) => EVENTS.find((one) => one.names.snake === name) as EventSpec,
) as [EventSpec, EventSpec, EventSpec]

describe.each(FIXTURES)('%s', (fixture) => {
  describe.each(VARIANTS)('$name', ({ name, transform }) => {
    const texts = new Map([...readFixture(fixture)].map(([path, text]) => [path, transform(path, text)]))
    const events = name === 'as written' ? eventsFor(fixture) : [SERVER, CLIENT, PAIR]

    test.each(events.map((spec) => [titleOf(spec), spec] as const))(
      'hole: %s without any one site is whole again after adding',
      async (_, spec) => {
        const added = add(await open(texts), spec)
        const cells = cellsOf(targetsOf(added, spec))
        for (const cell of cells) {
          expectConvergence(
            added,
            spec,
            cells.filter((other) => other !== cell),
          )
        }
      },
    )
  })

  const sampled = [
    SERVER,
    CLIENT,
    PAIR,
    ...eventsFor(fixture)
      .filter((one) => one.channel !== 'main')
      .slice(0, 3),
  ]
  test.each(sampled.map((spec) => [titleOf(spec), spec] as const))(
    'convergent: %s, from a sample of subsets',
    async (_, spec) => {
      const added = add(await open(readFixture(fixture)), spec)
      const cells = cellsOf(targetsOf(added, spec))
      for (const subset of sampleSubsets(cells, 80, 20261123)) expectConvergence(added, spec, subset)
    },
  )
})

describe('reference', () => {
  test.each([
    ['seat_taken', SERVER, 11],
    ['seat_claim', CLIENT, 8],
  ] as const)('convergent: %s, from every subset of its %3$i sites', async (_, spec, count) => {
    const added = add(await open(readFixture('reference')), spec)
    const cells = cellsOf(targetsOf(added, spec))
    expect(cells.length).toBe(count)
    for (let bits = 0; bits < 2 ** count; bits++)
      expectConvergence(
        added,
        spec,
        cells.filter((_cell, index) => (bits >> index) % 2 === 1),
      )
  })
})

/** Builds the tree that holds only these sites of the event, adds the event, and expects the whole tree. */
function expectConvergence(added: Added, spec: EventSpec, present: readonly Cell[]): void {
  const halves = decideAll(targetsOf(added, spec)).map(({ target, decisions }) => ({
    target,
    decisions: new Map(
      [...decisions].filter(([key]) => present.includes(`${target.spec.names.snake} ${key}`)),
    ),
  }))
  const partial = added.repository.overlay(stage(halves).map((file) => file.after))
  const plan = planAddEvent(partial, added.layout, spec, { partial: false })
  const completed = partial.overlay(plan.files.map((file) => file.after))
  for (const { after } of added.plan.files) {
    expect(completed.workspace.read(after.path).text, present.join(', ')).toBe(after.text)
  }
}

/** Subsets of the cells, the empty one first, then by a seeded generator. */
function sampleSubsets(cells: readonly Cell[], count: number, seed: number): Cell[][] {
  const random = randomFrom(seed)
  const subsets: Cell[][] = [[]]
  while (subsets.length < count) subsets.push(cells.filter(() => random.next() < 0.5))
  return subsets
}

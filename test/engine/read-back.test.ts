import { describe, expect, test } from 'vitest'
import { readSpec } from '../../src/engine/resolve/read-spec.js'
import { Failure } from '../../src/errors.js'
import { buildLedger } from '../../src/ledger/ledger.js'
import { unitOf } from '../../src/ledger/pair.js'
import { findShapeDifference } from '../../src/payload/shape.js'
import { SITES } from '../../src/sites/registry.js'
import { isSiteOf, siteKey } from '../../src/sites/site.js'
import type { EventSpec } from '../../src/spec/event-spec.js'
import type { Field } from '../../src/spec/field-type.js'
import { resolveChannel } from '../support/asked.js'
import { FIXTURES, open, readFixture } from '../support/fixtures.js'
import { add, targetsOf } from '../support/laws.js'
import { randomFrom } from '../support/random.js'
import { randomSpec } from '../support/random-spec.js'

const SPECS = 500

describe.each(FIXTURES)('%s', (fixture) => {
  test(`readable: the spec read back from the sites of ${SPECS} random events is the spec that went in`, async () => {
    const opened = await open(readFixture(fixture))
    const { layout } = opened
    const random = randomFrom(500)
    const channels = layout.channels.map((one) => one.id)
    let tried = 0
    while (tried < SPECS) {
      const spec = randomSpec(random, channels)
      const added = addOrSkip(() => add(opened, spec))
      if (added === undefined) continue
      tried++
      const channel = resolveChannel(added.after, layout, spec.channel)
      const rows = buildLedger(added.after, layout, channel)
      const context = { repository: added.after, layout, channel, custom: rows.custom, rows }
      const shown = readSpec(context, unitOf(rows, spec.names.snake))
      const [target, request] = targetsOf(opened, spec)
      const leading = (field: Field): boolean =>
        target?.direction === 'server-to-client' && rows.custom.leading.some((one) => one.name === field.name)
      expect(comparable(shown)).toEqual(
        comparable({
          ...spec,
          direction: spec.direction ?? 'server-to-client',
          fields: target?.fields.filter((field) => !leading(field)),
          request: spec.request && { ...spec.request, fields: request?.fields },
          store: { hook: spec.store.hook ?? shown.store.hook, as: readableAs(spec) },
          emit: { to: spec.emit.to ?? shown.emit.to, in: spec.emit.in },
        }),
      )
      for (const row of added.rows) {
        for (const site of SITES.filter((one) => isSiteOf(one, row.direction) && one.shape !== undefined)) {
          for (const found of row.rows.of(row.spec.names.snake, siteKey(site))) {
            if (site.shape === undefined || found.shape === undefined) continue
            expect(findShapeDifference(site.shape(row), found.shape, site.id.startsWith('python'))).toBe(
              undefined,
            )
          }
        }
      }
    }
  })
})

/** What is refused, because a name is taken or a fixture has no such target, is no event to read back. */
function addOrSkip<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof Failure && error.exitCode < 4) return undefined
    throw error
  }
}

/** `latest` is what a store keeps without being asked, and an event without fields is counted. */
function readableAs({ store, fields }: EventSpec): EventSpec['store']['as'] {
  if (store.hook === 'none' || fields === undefined || fields.length === 0) return undefined
  return store.as?.way === 'latest' ? undefined : store.as
}

function comparable(spec: EventSpec): unknown {
  const { names, request, ...rest } = spec
  return JSON.parse(
    JSON.stringify({
      ...rest,
      // The direction of a client's event says nothing about stores and sends.
      ...(spec.direction === 'client-to-server' ? { store: null, emit: null, description: null } : {}),
      name: names.snake,
      fields: spec.fields ?? [],
      request: request && { name: request.names.snake, fields: request.fields ?? [] },
    }),
  )
}

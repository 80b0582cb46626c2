import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/errors.js'
import { directionOf } from '../../src/ledger/direction.js'
import { surveyChannel } from '../../src/ledger/surveyed.js'
import { SITES } from '../../src/sites/registry.js'
import { siteKey } from '../../src/sites/site.js'
import { change, changed } from '../support/change.js'
import { FIXTURES, type Opened, open, readFixture } from '../support/fixtures.js'
import { VARIANTS } from '../support/variants.js'

/** Fields that come in and go again: one that may be missing, one that is null, one that has a default. */
const FIELDS = ['walk_on_ms:int?', 'understudy:str|null', 'tempo:"slow"|"fast"="slow"']

/** Lists that had to be broken and whose length does not tell how they stood before: they stay one item a line. */
const BROKEN_LISTS = 0.25

describe.each(FIXTURES)('%s', (fixture) => {
  describe.each(VARIANTS)('$name', ({ transform }) => {
    const opened = open(
      new Map([...readFixture(fixture)].map(([path, text]) => [path, transform(path, text)])),
    )

    test('add, then remove: nothing that was there is lost, and most is there to the byte', async () => {
      const start = await opened
      let restored = 0
      let all = 0
      for (const { channel, event } of eventsOf(start)) {
        for (const field of FIELDS) {
          const added = changed(start, channel, event, { add: [field] })
          expect([event, added.plan.files.length > 0]).toEqual([event, true])
          assertWhole(start, added)
          const key = field.split(':')[0] ?? ''
          const removed = changed(added, channel, event, { remove: [key] })
          all++
          if (isSame(start, removed)) restored++
          expect(tokens(removed)).toEqual(tokens(start))
        }
      }
      expect(restored / all).toBeGreaterThan(1 - BROKEN_LISTS)
    })

    test('idempotent: adding again changes nothing', async () => {
      const start = await opened
      for (const { channel, event } of eventsOf(start)) {
        const added = changed(start, channel, event, { add: [FIELDS[0] as string] })
        expect([event, changed(added, channel, event, { add: [FIELDS[0] as string] }).plan.files]).toEqual([
          event,
          [],
        ])
      }
    })

    test('rename there and back: what can be renamed says the same as before', async () => {
      const start = await opened
      let renamed = 0
      for (const { channel, event, fields } of eventsOf(start)) {
        const [key] = fields
        if (key === undefined) continue
        const there = change(start, channel, event, { rename: [`${key}:walk_on`] })
        if (there instanceof Failure || there.plan.isBlocked) continue
        renamed++
        assertWhole(start, there)
        const back = changed(there, channel, event, { rename: [`walk_on:${key}`] })
        expect([event, tokens(back)]).toEqual([event, tokens(start)])
      }
      expect(renamed).toBeGreaterThan(7)
    })
  })

  test('other events stay as they are to the byte, whatever field is added', async () => {
    const start = await open(readFixture(fixture))
    for (const { channel, event } of eventsOf(start)) {
      const added = changed(start, channel, event, { add: [FIELDS[0] as string] })
      const [before, after] = [start, added].map(
        (one) => surveyChannel(one.repository, one.layout, channel).rows,
      )
      for (const other of before?.events().filter((one) => one !== event) ?? [])
        for (const site of SITES.filter(
          (one) => one.id !== 'python-handler-branch' && one.id !== 'ts-hook-callback',
        )) {
          const texts = [start, added].map(({ repository }, index) =>
            [before, after][index]
              ?.of(other, siteKey(site))
              .map(({ file, start: from, end }) => repository.workspace.read(file).text.slice(from, end)),
          )
          expect([event, other, texts[1]]).toEqual([event, other, texts[0]])
        }
    }
  })

  test('convergent: what is there on one side alone is completed, and ends in the same text', async () => {
    const start = await open(readFixture(fixture))
    for (const { channel, event } of eventsOf(start)) {
      const whole = changed(start, channel, event, { add: [FIELDS[0] as string] })
      for (const { after } of whole.plan.files) {
        const half = { ...start, repository: start.repository.overlay([after]) }
        const completed = changed(half, channel, event, { add: [FIELDS[0] as string] })
        expect([event, after.path, textsOf(completed, whole)]).toEqual([
          event,
          after.path,
          textsOf(whole, whole),
        ])
      }
    }
  })
})

/** The events of all channels that carry fields, with the keys of these. */
function eventsOf({ repository, layout }: Opened) {
  return layout.channels.flatMap((channel) => {
    const { rows } = surveyChannel(repository, layout, channel)
    return rows.events().flatMap((event) => {
      const direction = directionOf(rows, event)?.direction
      const shape = rows.of(
        event,
        direction === 'client-to-server' ? 'python-handler-branch' : 'python-factory',
      )[0]?.shape
      return shape === undefined || shape.length === 0
        ? []
        : [{ channel, event, fields: shape.map((one) => one.key) }]
    })
  })
}

/** Every file that differs parses, and has the line endings and the mark that it had. */
function assertWhole(start: Opened, { plan, repository }: Exclude<ReturnType<typeof change>, Failure>): void {
  for (const { after } of plan.files) {
    const before = start.repository.workspace.read(after.path)
    expect(repository.file(after.path)?.module.syntaxErrors).toEqual([])
    expect(after.bom).toBe(before.bom)
    if (before.text.includes('\r\n')) expect(/[^\r]\n/.test(after.text)).toBe(false)
    else expect(after.text.includes('\r')).toBe(false)
  }
}

function isSame(
  start: Opened,
  { plan, repository }: { plan: { files: readonly { after: { path: string } }[] } } & Opened,
): boolean {
  return plan.files.every(
    ({ after }) =>
      repository.workspace.read(after.path).text === start.repository.workspace.read(after.path).text,
  )
}

/** Everything that the code of a checkout says, without the white space and the commas by which lists are broken. */
function tokens({ repository }: Opened): string[] {
  return ['.py', '.ts', '.tsx'].flatMap((extension) =>
    repository
      .files('', [extension])
      .map((path) => repository.workspace.read(path).text.replace(/,?\s+(?=[)\]}])|\s+|,(?=[)\]}])/g, '')),
  )
}

function textsOf(
  { repository }: Opened,
  { plan }: { plan: { files: readonly { after: { path: string } }[] } },
): string[] {
  return plan.files.map(({ after }) => repository.workspace.read(after.path).text)
}

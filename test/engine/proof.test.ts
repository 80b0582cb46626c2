import { expect, test } from 'vitest'
import type { Claim } from '../../src/engine/proof.js'
import { type Surveyed, surveyChannel } from '../../src/ledger/surveyed.js'
import { SITES } from '../../src/sites/registry.js'
import type { Site } from '../../src/sites/site.js'
import type { EventSpec } from '../../src/spec/event-spec.js'
import type { FileChange } from '../../src/workspace/diff.js'
import { prove, resolveChannel } from '../support/asked.js'
import { EVENTS } from '../support/events.js'
import { type Opened, open, readFixture } from '../support/fixtures.js'
import { add, targetsOf } from '../support/laws.js'

const SPEC = EVENTS.find((one) => one.names.snake === 'seat_taken') as EventSpec
const siteOf = (id: string): Site => SITES.find((one) => one.id === id) as Site
const ENUM = siteOf('python-enum-member')

const survey = ({ repository, layout }: Pick<Opened, 'repository' | 'layout'>): Surveyed =>
  surveyChannel(repository, layout, resolveChannel(repository, layout, 'main'), ['seat_taken'])

/** A checkout without an event and with it. */
async function both(): Promise<{ opened: Opened; without: Surveyed; with: Surveyed }> {
  const opened = await open(readFixture('cachibot'))
  const { after } = add(opened, SPEC)
  return { opened, without: survey(opened), with: survey({ ...opened, repository: after }) }
}

test('what is claimed of an event that was written, and of one that is gone, is found or not', async () => {
  const { opened, without, with: written } = await both()
  const [target] = targetsOf(opened, SPEC)
  if (target === undefined) throw new Error('no target')
  const claims: Claim[] = [
    { kind: 'written', site: siteOf('python-factory'), target },
    { kind: 'carried', site: ENUM, event: 'seat_taken' },
  ]
  const gone: Claim[] = [{ kind: 'gone', site: ENUM, event: 'seat_taken' }]
  prove('it', { before: without, after: written, files: [] }, claims)
  prove('it', { before: written, after: without, files: [] }, gone, (_, one) => one.event === 'seat_taken')
  const nothing = { before: without, after: without, files: [] }
  expect(() => prove('it', nothing, claims)).toThrow(/factory of `seat_taken` is not found.*enum member of/)
  expect(() => prove('it', { ...nothing, after: written }, gone)).toThrow(
    /enum member of `seat_taken` is still/,
  )
})

test('a payload that is not the one asked for is told', async () => {
  const { opened, without, with: written } = await both()
  const [target] = targetsOf(opened, { ...SPEC, fields: SPEC.fields?.slice(1) })
  if (target === undefined) throw new Error('no target')
  const claim: Claim = { kind: 'written', site: siteOf('python-factory'), target }
  expect(() => prove('it', { before: without, after: written, files: [] }, [claim])).toThrow(
    /in the factory of `seat_taken` it has `seatId` besides/,
  )
})

test('what was not meant to go is missed, and a file that no longer parses is told', async () => {
  const { without, with: written } = await both()
  expect(() => prove('it', { before: written, after: without, files: [] }, [])).toThrow(
    /`seat_taken` would lose its enum member/,
  )
  const before = without.repository.workspace.read('cachibot/models/websocket.py')
  const files: FileChange[] = [{ before, after: { ...before, text: `${before.text}\ndef (:\n` } }]
  const repository = without.repository.apply(files)
  expect(() => prove('it', { before: without, after: { ...without, repository }, files }, [])).toThrow(
    /^the proof of it failed: `cachibot\/models\/websocket\.py` would no longer parse$/,
  )
})

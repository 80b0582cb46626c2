import { describe, expect, test } from 'vitest'
import { listSchema } from '../../src/report/schemas.js'
import { inputOf } from '../../src/spec/input-of.js'
import { printSpecFile } from '../../src/spec/print-spec.js'
import { eventsFor, titleOf } from '../support/events.js'
import { FIXTURES, readFixture } from '../support/fixtures.js'
import { memoryCheckout } from '../support/memory-checkout.js'

const FILE = 'event.yaml'

/** A fresh checkout with the event of a spec file. */
async function withSpec(fixture: (typeof FIXTURES)[number], spec: string) {
  const checkout = memoryCheckout(readFixture(fixture))
  checkout.write(FILE, () => spec)
  const ran = await checkout.run('add-event', '--spec', FILE, '--yes')
  expect(ran.stderr).not.toContain('error:')
  checkout.remove(FILE)
  return checkout
}

describe.each(FIXTURES)('a spec that is read back of %s', (fixture) => {
  const events = eventsFor(fixture).map((spec) => [titleOf(spec), spec] as const)

  test.each(events)('%s writes the same again', async (_, spec) => {
    const checkout = await withSpec(fixture, printSpecFile(inputOf(spec), 'none'))
    const line = ['list', spec.names.snake, '--channel', spec.channel, '--format', 'spec'] as const
    const printed = await checkout.run(...line)
    expect([printed.exitCode, printed.stderr]).toEqual([0, ''])
    expect(printed.stdout).not.toContain('unread')
    expect((await withSpec(fixture, printed.stdout)).tree()).toEqual(checkout.tree())
  })

  test('every event that is there completes itself', async () => {
    const checkout = memoryCheckout(readFixture(fixture))
    const { events: listed } = listSchema.parse(JSON.parse((await checkout.run('list', '--json')).stdout))
    for (const { name, channel } of listed) {
      const { stdout, exitCode } = await checkout.run('list', name, '--channel', channel, '--format', 'spec')
      expect(exitCode).toBe(0)
      checkout.write(FILE, () => stdout)
      const again = await checkout.run('add-event', '--spec', FILE, '--dry-run', '--json')
      // It may not agree with itself: then the spec says so.
      const isTold = stdout.includes('# add-event does not take it as it is')
      expect([again.exitCode === 0 || isTold, again.exitCode === 2], `${name}: ${again.stdout}`).toEqual([
        true,
        false,
      ])
      checkout.remove(FILE)
    }
  })
})

describe('an event whole', () => {
  const checkout = memoryCheckout(readFixture('cachibot'))

  test('says its fields at each place, who sends it, and who reads which key', async () => {
    const { stdout } = await checkout.run('list', 'document_status')
    expect(stdout).toContain('document_status: server-to-client, channel main')
    expect(stdout).toMatch(/ {2}factory +cachibot\/models\/websocket\.py:\d+:\d+\n +\{ documentId: str/)
    expect(stdout).toMatch(
      /sent by\n {2}cachibot\/services\/script_library\.py:\d+:\d+ {2}WSMessage\.document_status\(/,
    )
    expect(stdout).toMatch(/\n {2}status +not told: the payload is handed on/)
    const { stdout: error } = await checkout.run('list', 'error', '--channel', 'main')
    expect(error).toMatch(/\n {2}message +frontend\/src\/hooks\/useWebSocket\.ts:\d+:\d+/)
  })

  test('says it in JSON as well, and nothing of it where no event is named', async () => {
    const read = async (...args: string[]) =>
      listSchema.parse(JSON.parse((await checkout.run('list', ...args, '--json')).stdout)).events
    const [one, ...others] = await read('document_status')
    expect(others).toEqual([])
    expect(one?.places?.find(({ site }) => site === 'python-factory')?.payload).toContainEqual({
      key: 'lineCount',
      type: 'int',
      optional: true,
    })
    expect(one?.readers?.map(({ key }) => key)).toContain('documentId')
    expect((await read()).every((event) => event.places === undefined)).toBe(true)
  })

  test('a key that only one side knows has no reader, or no sender', async () => {
    const drifted = memoryCheckout(readFixture('cachibot'))
    drifted.write('cachibot/models/websocket.py', (text) => text.replace('"lineCount"', '"lines"'))
    const { stdout } = await drifted.run('list', 'document_status')
    expect(stdout).toMatch(/\n {2}lines +(?:by nobody|not told)/)
  })

  test.each([
    [['nowhere'], 'is no event of'],
    [['document_statu'], 'did you mean `document_status`'],
    [['error'], 'stands in'],
    [['--format', 'spec'], 'none is named'],
  ])('%j is exit 2: %s', async (args, words) => {
    const { exitCode, stderr } = await checkout.run('list', ...args)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(words)])
  })
})

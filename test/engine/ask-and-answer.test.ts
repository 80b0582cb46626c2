import { describe, expect, test } from 'vitest'
import { readFixture } from '../support/fixtures.js'
import { memoryCheckout } from '../support/memory-checkout.js'

const HANDLER = 'cachibot/api/websocket.py'
const ADD = [
  ...['add-event', 'play_list', '--direction', 'both', '--request', 'list_plays'],
  ...['-f', 'plays:dict[]', '-f', 'total:int', '-f', 'note:str?', '--request-field', 'bot_id:str', '--yes'],
]
const fixture = () => memoryCheckout(readFixture('cachibot'))

interface Result {
  readonly changes: readonly { site: string; event: string; status: string }[]
  readonly findings: readonly { rule: string; severity: string; event?: { name: string } }[]
  readonly next: readonly string[]
}
const parse = (stdout: string): Result => JSON.parse(stdout)

describe('a request that is there already', () => {
  const ask = (...more: string[]) => [
    ...['add-event', 'play_list', '--direction', 'both', '--request', 'chat', '-f', 'plays:dict[]', '--yes'],
    ...more,
  ]

  test('is exit 3 where its branch does something else: nothing would send the answer', async () => {
    const checkout = fixture()
    const before = checkout.tree()
    const { exitCode, stderr } = await checkout.run(...ask())
    expect([exitCode, checkout.tree()]).toEqual([3, before])
    expect(stderr).toContain('`chat` is there already, and its branch does not answer with `play_list`')
    expect(stderr).toContain(`${HANDLER}:`)
  })

  test('is so as well where its branch only logs, and is answered by hand with --emit none', async () => {
    const checkout = fixture()
    await checkout.run('add-event', 'list_plays', '--direction', 'c2s', '-f', 'bot_id:str', '--yes')
    const { exitCode } = await checkout.run(...ADD)
    expect(exitCode).toBe(3)
    const byHand = await checkout.run(...ask('--emit', 'none'), '--json')
    expect(byHand.exitCode).toBe(0)
    expect(parse(byHand.stdout).next[0]).toBe('send it where it happens: `WSMessage.play_list(plays=…)`')
  })
})

describe('a request that does not carry what its answer needs', () => {
  test('is written with a marked branch that logs and answers nothing', async () => {
    const checkout = fixture()
    const { exitCode, stdout } = await checkout.run(...ADD, '--json')
    expect(exitCode).toBe(0)
    const text = checkout.tree().get(HANDLER) ?? ''
    expect(text).toContain(`elif msg_type == WSMessageType.LIST_PLAYS:
                if not isinstance(payload, dict):
                    payload = {}
                # TODO(cachibot-ws): answer with play_list, which needs plays, total
                logger.debug("list_plays: %r", {"bot_id": payload.get("botId", "")})`)
    expect(text).not.toContain('WSMessage.play_list')
    const { next, changes } = parse(stdout)
    expect(next[0]).toContain('`WSMessage.play_list(plays=…, total=…)`')
    expect(changes.find((one) => one.site === 'python-send' && one.event === 'play_list')?.status).toBe(
      'not-needed',
    )
  })

  test('is a finding until it is answered, and never an error', async () => {
    const checkout = fixture()
    await checkout.run(...ADD)
    const rules = async () => {
      const { stdout } = await checkout.run('check', '--json')
      return parse(stdout).findings
    }
    const found = await rules()
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(found.map(({ rule }) => rule)).toContain('unanswered-request')
    expect(found.map(({ rule }) => rule)).not.toContain('empty-branch')
    checkout.write(HANDLER, (text) =>
      text.replace(
        /# TODO\(cachibot-ws\).*/,
        'await manager.send(client_id, WSMessage.play_list(plays=[], total=0))',
      ),
    )
    expect((await rules()).map(({ rule }) => rule)).not.toContain('unanswered-request')
    // Without the answer and without the mark, nothing says that it is to come.
    checkout.write(HANDLER, (text) =>
      text.replace(/await manager\.send\(client_id, WSMessage\.play_list.*/, 'pass'),
    )
    expect((await rules()).map(({ rule }) => rule)).toContain('never-sent')
  })

  test.each([
    [ADD],
    [['add-event', 'play_list', '--yes']],
    [['add-event', 'list_plays', '--direction', 'c2s', '--yes']],
  ])('stays as it is when %j completes it', async (again) => {
    const checkout = fixture()
    await checkout.run(...ADD)
    const before = checkout.tree()
    expect((await checkout.run(...again)).exitCode).toBe(0)
    expect(checkout.tree()).toEqual(before)
  })

  test('goes as a whole with its event, byte for byte', async () => {
    const checkout = fixture()
    const before = checkout.tree()
    await checkout.run(...ADD)
    expect((await checkout.run('remove-event', 'play_list', '--yes')).exitCode).toBe(0)
    expect(checkout.tree()).toEqual(before)
  })

  test('a mark that does not fit its line is found as well', async () => {
    const checkout = fixture()
    const fields = ['a', 'b', 'c', 'd', 'e'].flatMap((one) => ['-f', `${one.repeat(24)}:str`])
    await checkout.run(...ADD, ...fields)
    expect(checkout.tree().get(HANDLER)).toMatch(/# TODO\(cachibot-ws\): .*\n {16}# /)
    const { stdout } = await checkout.run('check', '--json')
    expect(parse(stdout).findings.map(({ rule }) => rule)).toContain('unanswered-request')
  })

  test('a field that both have as two types is exit 2', async () => {
    const { exitCode, stderr } = await fixture().run(...ADD, '--request-field', 'total:str')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('call one of the two something else')
  })
})

test('a request that may leave out what the answer requires does not carry it', async () => {
  const checkout = fixture()
  await checkout.run(...ADD, '--request-field', 'total:int?')
  expect(checkout.tree().get(HANDLER)).toContain('answer with play_list, which needs plays, total')
})

test('what is to be called is told with all that the answer requires', async () => {
  const { stdout } = await fixture().run(...ADD, '--request-field', 'total:int', '--json')
  expect(parse(stdout).next[0]).toContain('`WSMessage.play_list(plays=…, total=…)`')
})

test('what a client says that it may see is told, where the backend has a check for it', async () => {
  const checkout = fixture()
  checkout.write(
    'cachibot/api/guards.py',
    () => 'async def require_bot_access(bot_id: str) -> None:\n    """Nobody else."""\n',
  )
  const { stderr, stdout } = await checkout.run(...ADD)
  expect(stderr + stdout).toContain('as `require_bot_access` does (cachibot/api/guards.py:1:1)')
})

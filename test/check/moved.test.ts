import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runSchema } from '../../src/report/schemas.js'
import { cachibotWs, copyFixture, type Ran } from '../support/checkout.js'

const BASELINE = 'cachibot-ws.baseline.json'
const HANDLER = 'cachibot/api/websocket.py'
const HOOK = 'frontend/src/hooks/useWebSocket.ts'
const SEND = 'await manager.send(client_id, WSMessage.script_delta(tool_call_id, text))'

const check = (cwd: string, ...args: string[]): Promise<Ran> => cachibotWs(['check', ...args], { cwd })

function edit(cwd: string, path: string, ...edits: (readonly [before: string, after: string])[]): void {
  let text = readFileSync(join(cwd, path), 'utf8')
  for (const [before, after] of edits) {
    expect(text, path).toContain(before)
    text = text.replaceAll(before, () => after)
  }
  writeFileSync(join(cwd, path), text)
}

/** A checkout with drifts of all kinds on both sides, which its baseline accepts, infos as well. */
async function accepted(): Promise<string> {
  const cwd = copyFixture('cachibot')
  edit(cwd, HANDLER, [
    SEND,
    'manager.send(client_id, WSMessage.script_delta(tool_call_id, text))\n        await manager.active_connections[client_id].send_json({"type": "script_delta", "payload": {"id": text}})',
  ])
  edit(cwd, 'cachibot/models/websocket.py', ['"toolCalls": tool_calls', '"calls": tool_calls'])
  edit(cwd, HOOK, ["case 'usage'", "case 'usages'"])
  writeFileSync(join(cwd, 'cachibot/stage.py'), 'SEAT = 1  # cachibot-ws: ignore[unread-file] nothing\n')
  writeFileSync(join(cwd, 'cachibot/latin.py'), Buffer.from('CURTAIN = "f\u00e9e"\n', 'latin1'))
  const found = await check(cwd, '--write-baseline', '--fail-on', 'info')
  expect(found.exitCode).toBe(0)
  return cwd
}

const entriesOf = (cwd: string): string[] =>
  readFileSync(join(cwd, BASELINE), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"rule"'))

async function left(cwd: string): Promise<string[]> {
  const { findings } = runSchema.parse(JSON.parse((await check(cwd, '--json')).stdout))
  return findings.map((one) => `${one.rule} ${one.file}`)
}

describe('a baseline', () => {
  test('accepts the same when the backend moves, and names no path but the files', async () => {
    const cwd = await accepted()
    const rules = entriesOf(cwd).join()
    for (const rule of ['hand-built-envelope', 'send-not-awaited', 'missing-case', 'unread-file'])
      expect(rules).toContain(rule)
    expect(entriesOf(cwd).filter((line) => /"subject": "[^"]*\//.test(line))).toEqual([])
    mkdirSync(join(cwd, 'src'))
    renameSync(join(cwd, 'cachibot'), join(cwd, 'src', 'cachibot'))
    expect(await left(cwd)).toEqual([])
  })

  test.each([
    ['hook', HOOK, 'switch (msg.type) {', 'switch (String(msg.type)) {'],
    [
      'enum',
      'cachibot/models/websocket.py',
      'class WSMessageType(str, Enum):',
      'class WSMessageType(str, Enum:',
    ],
  ])('keeps what cannot be judged while the %s is not read', async (_, file, before, after) => {
    const cwd = await accepted()
    const known = entriesOf(cwd)
    edit(cwd, file, [before, after])
    expect(await left(cwd)).not.toContain(`stale-baseline-entry ${BASELINE}`)
    await check(cwd, '--write-baseline', '--fail-on', 'info')
    expect(entriesOf(cwd).map(withoutComma)).toEqual(
      expect.arrayContaining(known.filter(isOfMain).map(withoutComma)),
    )
    edit(cwd, file, [after, before])
    expect((await left(cwd)).filter((one) => !one.startsWith('stale-'))).toEqual([])
  })
})

const withoutComma = (line: string): string => line.replace(/,$/, '')
const isOfMain = (line: string): boolean => line.includes('"channel": "main"')

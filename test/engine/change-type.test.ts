import { describe, expect, test } from 'vitest'
import { runChange } from '../support/run-change.js'

const MODELS = 'cachibot/models/websocket.py'
const LIBRARY = 'cachibot/services/script_library.py'

describe('another type, where the server sends it', () => {
  test('optional to required: whoever calls a function that hands it on has to give it', async () => {
    const ran = await runChange(['document_status', '--set-type', 'line_count:int'])
    expect([ran.exitCode, ran.changed]).toEqual([2, []])
    expect(ran.stderr).toContain(`${LIBRARY}:18:`)
    expect(ran.stderr).toContain(`${LIBRARY}:25:`)
    const given = await runChange([
      'document_status',
      '--set-type',
      'line_count:int',
      '--pass',
      `${LIBRARY}:18=0`,
      '--pass',
      `${LIBRARY}:25=0`,
    ])
    expect(given.exitCode).toBe(0)
    expect(given.read(LIBRARY)).toMatch(/line_count: int,\n/)
    expect(given.read(LIBRARY)).toContain('"failed", line_count=0)')
  })

  const asText = [
    [
      MODELS,
      'status: Literal["processing", "ready", "failed"],\n        line_count',
      'status: str,\n        line_count',
    ],
    [LIBRARY, 'status: Literal["processing", "ready", "failed"]', 'status: str'],
  ] as const

  test('a function that hands it on takes the new type as well', async () => {
    const asked = ['document_status', '--set-type', 'status:"processing"|"ready"|"failed"']
    const ran = await runChange(asked, asText)
    expect(ran.exitCode).toBe(0)
    for (const file of [MODELS, LIBRARY])
      expect(ran.read(file)).toContain(
        'status: Literal["processing", "ready", "failed"],\n        line_count',
      )
  })

  test('exit 3 where a caller gives what is none of it, with its place', async () => {
    const ran = await runChange(['document_status', '--set-type', 'status:"processing"|"ready"'], asText)
    expect([ran.exitCode, ran.changed]).toEqual([3, []])
    expect(ran.stderr).toContain(`${LIBRARY}:25:`)
    expect(ran.stderr).toContain('`"failed"` is given for it')
  })
})

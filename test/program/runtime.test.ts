import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cachibotWs, copyFixture } from '../support/checkout.js'
import { FIXTURES } from '../support/fixtures.js'
import { hasPython, python } from '../support/python.js'

const FIELDS = [
  'title:str',
  'act:int=1',
  'tempo:float',
  'dark:bool=true',
  'props:str[]=["rope"]',
  'mood:"calm"|"tense"',
  'changed_at:datetime',
  'class:str',
  'note:str?',
  'count:int?',
  'open:bool?',
  'details:dict?',
  'previous:str|null',
  'anything:any',
  'cues:datetime[]',
  'next_at:datetime|null',
]

/** What the factory is called with, and what must arrive as JSON besides `act`, `dark` and `props`. */
const REQUIRED = {
  call: 'title="Ω ’ \\u2028 💺", tempo=0.0, mood="calm", changed_at=datetime(2026, 1, 2, 3, 4, 5), class_="", previous=None, anything=None, cues=[datetime(2026, 1, 2)], next_at=None',
  json: {
    title: 'Ω ’ \u2028 💺',
    tempo: 0,
    mood: 'calm',
    changed_at: '2026-01-02T03:04:05',
    class: '',
    previous: null,
    anything: null,
    cues: ['2026-01-02T00:00:00'],
    next_at: null,
  },
}
const CALLS = [
  { more: '', json: { act: 1, dark: true, props: ['rope'] } },
  {
    more: ', note="", count=0, open=False, details={}',
    json: { act: 1, dark: true, props: ['rope'], note: '', count: 0, open: false, details: {} },
  },
  { more: ', act=0, dark=False, props=[], note=None', json: { act: 0, dark: false, props: [] } },
]

describe.skipIf(!hasPython).each(FIXTURES)('%s', (fixture) => {
  const path = fixture === 'reference' ? 'src' : '.'
  const toKey = (key: string): string =>
    fixture === 'reference' ? key : key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

  test("the module imports under pydantic, and what the factory makes arrives as JSON with the spec's keys", async () => {
    const cwd = copyFixture(fixture)
    const ran = await cachibotWs(
      ['add-event', 'scene_changed', ...FIELDS.flatMap((field) => ['-f', field])],
      { cwd },
    )
    expect(ran.exitCode).toBe(0)
    const program = [
      'import json',
      'from datetime import datetime',
      'from cachibot.models.websocket import SceneChangedPayload, WSMessage',
      'def show(message):',
      '    print(json.dumps(message.model_dump()))',
      ...CALLS.map(({ more }) => `show(WSMessage.scene_changed(${REQUIRED.call}${more}))`),
      'SceneChangedPayload.model_validate({"title": "a", "tempo": 1, "mood": "calm", "changed_at": "2026-01-02T03:04:05", "class": "x", "previous": None, "anything": 1, "cues": [], "next_at": None})',
    ].join('\n')
    const lines = python(program, { cwd, path }).trim().split('\n')
    expect(lines).toHaveLength(CALLS.length)
    lines.forEach((line, index) => {
      const expected = { ...REQUIRED.json, ...CALLS[index]?.json }
      const keyed = Object.fromEntries(Object.entries(expected).map(([key, value]) => [toKey(key), value]))
      expect(JSON.parse(line)).toEqual({ type: 'scene_changed', payload: keyed })
    })
  })

  test('the whole backend imports, and the helper sends what the factory makes', async () => {
    const cwd = copyFixture(fixture)
    await cachibotWs(
      ['add-event', 'seat_taken', '-f', 'seat_id:str', '-f', 'client_id:str', '-f', 'note:str?'],
      { cwd },
    )
    const program = [
      'import asyncio',
      'import json',
      'import cachibot.api.server',
      'from cachibot.api import websocket',
      'async def send(client_id, message):',
      '    print(json.dumps([client_id, message.model_dump()]))',
      'websocket.manager.send = send',
      'asyncio.run(websocket.send_seat_taken("a", "12", "someone"))',
    ].join('\n')
    const [to, sent] = JSON.parse(python(program, { cwd, path })) as [string, unknown]
    expect(to).toBe('a')
    expect(sent).toEqual({
      type: 'seat_taken',
      payload: { [toKey('seat_id')]: '12', [toKey('client_id')]: 'someone' },
    })
  })

  test('a crafted text stays a text: nothing runs at import', async () => {
    const cwd = copyFixture(fixture)
    const texts = [
      '"""\nprint("ran")\n"""'.replaceAll('\n', ' '),
      '\\',
      'ends with a quote"',
      "'''",
      '\\N{DASH}',
      '{print("ran")}',
      '#!: noqa',
    ]
    for (const [index, description] of texts.entries()) {
      const ran = await cachibotWs(
        ['add-event', `text_${'abcdefg'[index]}`, '-f', 'a:str', '--description', description],
        { cwd },
      )
      expect(ran.exitCode).toBe(0)
    }
    const program =
      'import cachibot.models.websocket as w\nprint(w.WSMessage.text_a.__doc__)\nprint(w.TextGPayload.__doc__)'
    expect(python(program, { cwd, path })).toBe(`${texts[0]}\n${texts[6]}\n`)
    expect(readFileSync(join(cwd, 'frontend/src/types/index.ts'), 'utf8')).toContain('TextAPayload')
  })
})

test.skipIf(!hasPython)('the reserved names are those of the pydantic that is installed', async () => {
  const { execFileSync } = await import('node:child_process')
  const { pythonBin } = await import('../../scripts/user-tools.mjs')
  const { project } = await import('../support/fixtures.js')
  const made = execFileSync(join(pythonBin() ?? '', 'python'), ['scripts/generate-reserved.py'], {
    cwd: project,
    encoding: 'utf8',
  })
  const written = readFileSync(join(project, 'src/spec/reserved.generated.ts'), 'utf8')
  const list = (text: string, name: string): string =>
    new RegExp(`export const ${name}[^\\]]*\\]`).exec(text)?.[0] ?? ''
  expect(list(made, 'PYDANTIC_ATTRIBUTES')).toBe(list(written, 'PYDANTIC_ATTRIBUTES'))
  expect(list(made, 'TYPE_ATTRIBUTES')).toBe(list(written, 'TYPE_ATTRIBUTES'))
  expect(list(made, 'PYTHON_KEYWORDS')).toBe(list(written, 'PYTHON_KEYWORDS'))
})

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { collectFindings, newFindings, userTools } from '../../scripts/user-tools.mjs'
import { cachibotWs, copyFixture, snapshot } from '../support/checkout.js'
import { hasPython, python } from '../support/python.js'

type Changes = readonly (readonly [string | RegExp, string])[]

const MODELS = 'cachibot/models/websocket.py'
const HANDLER = 'cachibot/api/websocket.py'

/** How the two files of a checkout import what is needed of libraries, and what is then written into them. */
interface Way {
  readonly models: Changes
  readonly handler: Changes
  /** What stands in the diff. */
  readonly written: readonly string[]
}

const WAYS: Readonly<Record<string, Way>> = {
  'modules whole': {
    models: [
      [
        'from enum import Enum\nfrom typing import Any, Literal\n',
        'import datetime\nimport typing\nfrom enum import Enum\n',
      ],
      ['from pydantic import BaseModel, Field\n', 'import pydantic\nfrom pydantic import BaseModel\n'],
      [/(?<![."\w])(Any|Literal)\b/g, 'typing.$1'],
      [/(?<![."\w])Field\(/g, 'pydantic.Field('],
      ['\n\nclass WSMessageType', '\nFIRST_NIGHT = datetime.date(2026, 1, 1)\n\n\nclass WSMessageType'],
    ],
    handler: [
      ['import asyncio\n', 'import asyncio\nimport datetime\n'],
      ['from typing import Any\n', 'import typing\n'],
      [/(?<![."\w])Any\b/g, 'typing.Any'],
      ['import uuid\nimport typing\n', 'import typing\nimport uuid\n'],
      ['from fastapi import', 'import pydantic\nfrom fastapi import'],
      [
        /^router = /m,
        'FIRST_NIGHT = datetime.date(2026, 1, 1)\nNOTHING = pydantic.TypeAdapter(None)\nrouter = ',
      ],
    ],
    written: [
      '+    begins_at: datetime.datetime\n',
      '+    mood: typing.Literal["calm", "tense"]\n',
      '+    details: dict[str, typing.Any] | None = None\n',
      '+    note: str = pydantic.Field(description="Said aloud.")\n',
      '+        payload: dict[str, typing.Any] = {',
      'pydantic.TypeAdapter(datetime.datetime)',
    ],
  },
  'modules by an alias': {
    models: [
      [
        'from enum import Enum\nfrom typing import Any, Literal\n',
        'import datetime as dt\nimport typing as t\nfrom enum import Enum\n',
      ],
      ['from pydantic import BaseModel, Field\n', 'import pydantic as p\nfrom pydantic import BaseModel\n'],
      [/(?<![."\w])(Any|Literal)\b/g, 't.$1'],
      [/(?<![."\w])Field\(/g, 'p.Field('],
      ['\n\nclass WSMessageType', '\nFIRST_NIGHT = dt.date(2026, 1, 1)\n\n\nclass WSMessageType'],
    ],
    handler: [
      ['import logging\n', 'import logging as log\n'],
      [/\blogging\./g, 'log.'],
    ],
    written: [
      '+    begins_at: dt.datetime\n',
      '+    mood: t.Literal["calm", "tense"]\n',
      '+    ends_at: dt.datetime | None = None\n',
      '+    note: str = p.Field(description="Said aloud.")\n',
      '+from datetime import datetime\n',
      'TypeAdapter(datetime)',
    ],
  },
  'names by an alias': {
    models: [
      [
        'from typing import Any, Literal\n',
        'from typing import Any as Anything\nfrom typing import Literal as Lit\n',
      ],
      ['from enum import Enum\n', 'from datetime import datetime as DT\nfrom enum import Enum\n'],
      ['import BaseModel, Field\n', 'import BaseModel\nfrom pydantic import Field as F\n'],
      [/(?<![."\w])Any\b(?! as)/g, 'Anything'],
      [/(?<![."\w])Literal\b(?! as)/g, 'Lit'],
      [/(?<![."\w])Field\(/g, 'F('],
      ['\n\nclass WSMessageType', '\nFIRST_NIGHT = DT(2026, 1, 1)\n\n\nclass WSMessageType'],
    ],
    handler: [
      ['from typing import Any\n', 'from datetime import datetime as DT\nfrom typing import Any\n'],
      [/^router = /m, 'FIRST_NIGHT = DT(2026, 1, 1)\nrouter = '],
    ],
    written: [
      '+    begins_at: DT\n',
      '+    mood: Lit["calm", "tense"]\n',
      '+    note: str = F(description="Said aloud.")\n',
      'TypeAdapter(DT)',
    ],
  },
  'names that mean something else': {
    models: [
      [/(?<![."\w])Any\b(?!,)/g, 'object'],
      [
        'from typing import Any, Literal\n',
        'from typing import Literal\nfrom unittest.mock import ANY as Any\n',
      ],
      ['\n\nclass WSMessageType', '\nNOTHING = Any\n\n\nclass WSMessageType'],
    ],
    handler: [],
    written: ['+import typing\n', '+    details: dict[str, typing.Any] | None = None\n'],
  },
}

const FIELDS = [
  'begins_at:datetime',
  'ends_at:datetime?',
  'cues:datetime[]',
  'mood:"calm"|"tense"',
  'details:dict?',
  'anything:any',
]
const SPEC = JSON.stringify({
  name: 'rehearsal_moved',
  direction: 'bidirectional',
  payload: {
    ...Object.fromEntries(FIELDS.map((field) => field.split(/:(.*)/s, 2))),
    note: { type: 'str', description: 'Said aloud.' },
  },
})

function edit(root: string, file: string, changes: Changes): void {
  const path = join(root, file)
  let text = readFileSync(path, 'utf8')
  for (const [from, to] of changes) text = text.replace(from, to)
  writeFileSync(path, text)
}

describe.each(Object.entries(WAYS))('%s', (title, { models, handler, written }) => {
  test('are taken as they are: written, checked by the users’ tools, run, and taken out again', async () => {
    const root = copyFixture('cachibot')
    edit(root, MODELS, models)
    edit(root, HANDLER, handler)
    const before = snapshot(root)
    const add = ['add-event', '--spec', '-', '--no-input']
    const dry = await cachibotWs([...add, '--dry-run'], { cwd: root, stdin: SPEC })
    expect([dry.exitCode, dry.stderr]).toEqual([0, expect.anything()])
    for (const text of written) expect(dry.stdout).toContain(text)
    const { tools } = userTools({ root, backend: 'cachibot' })
    const python_ = tools.filter(({ tool }) => /ruff|mypy/.test(tool))
    const found = await collectFindings(python_, root)
    expect((await cachibotWs(add, { cwd: root, stdin: SPEC })).exitCode).toBe(0)
    if (hasPython) {
      for (const [tool, findings] of await collectFindings(python_, root))
        expect([tool, newFindings(found.get(tool) ?? [], findings)]).toEqual([tool, []])
      run(root)
    }
    const again = await cachibotWs([...add, '--dry-run'], { cwd: root, stdin: SPEC })
    expect([again.exitCode, again.stdout]).toEqual([0, ''])
    const check = await cachibotWs(['check', 'rehearsal_moved', '--fail-on', 'info', '--format', 'json'], {
      cwd: root,
    })
    expect(check.stdout).not.toMatch(
      /"rule": "(type-mismatch|missing-model|model-contradicts-wire|missing-handler-branch)"/,
    )
    expect((await cachibotWs(['remove-event', 'rehearsal_moved'], { cwd: root })).exitCode).toBe(0)
    expect([title, snapshot(root)]).toEqual([title, before])
  })
})

/** Makes a message as the server does, and reads what the model of its payload makes of it. */
function run(root: string): void {
  const program = `
from datetime import datetime
import cachibot.api.websocket
from cachibot.models.websocket import RehearsalMovedPayload, WSMessage
at = datetime(2026, 1, 2)
message = WSMessage.rehearsal_moved(begins_at=at, ends_at=at, cues=[at], mood="calm", details={}, anything=1, note="x")
print(message.model_dump_json())
print(RehearsalMovedPayload(begins_at=at, cues=[at], mood="tense", anything=1, note="x").model_dump_json())
`
  expect(python(program, { cwd: root, path: root })).toContain('2026-01-02T00:00:00')
}

describe('what cannot be spelled is exit 3, and the fix helps', () => {
  const taken: Changes = [
    ['from enum import Enum\n', 'from enum import Enum\nfrom time import time as datetime\n'],
    ['\n\nclass WSMessageType', '\nNOW = datetime()\n\n\nclass WSMessageType'],
  ]

  test('another thing has the name', async () => {
    const root = copyFixture('cachibot')
    edit(root, MODELS, taken)
    const before = snapshot(root)
    const args = ['add-event', 'rehearsal_moved', '-f', 'begins_at:datetime']
    const ran = await cachibotWs(args, { cwd: root })
    expect([ran.exitCode, ran.stderr]).toEqual([
      3,
      expect.stringMatching(/^error: cachibot\/models\/websocket\.py:\d+:\d+: `datetime` is taken/),
    ])
    const fix = /`(import datetime as \w+)` in `(.*)`/.exec(
      ran.stderr.replace(/import the module in .*?: (`.*`)/, '$1 in `x`'),
    )?.[1]
    expect(fix).toBe('import datetime as datetime_module')
    expect(snapshot(root)).toEqual(before)
    edit(root, MODELS, [['from enum import Enum\n', `${fix}\nfrom enum import Enum\n`]])
    const mended = await cachibotWs([...args, '--dry-run'], { cwd: root })
    expect([mended.exitCode, mended.stdout]).toEqual([
      0,
      expect.stringContaining('begins_at: datetime_module.datetime'),
    ])
  })

  test.each([
    ['a field', ['add-event', 'rehearsal_moved', '-f', 'dt:str?', '-f', 'begins_at:datetime']],
    ['an event', ['add-event', 'dt', '-f', 'begins_at:datetime']],
  ])('%s would hide the module', async (_, args) => {
    const root = copyFixture('cachibot')
    edit(root, MODELS, WAYS['modules by an alias']?.models ?? [])
    const ran = await cachibotWs(args, { cwd: root })
    expect([ran.exitCode, ran.stderr]).toEqual([3, expect.stringContaining('`dt` is taken')])
  })
})

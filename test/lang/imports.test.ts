import { expect, test } from 'vitest'
import { moduleOf } from '../../src/lang/module.js'
import { requestImports } from '../../src/lang/python/imports.js'
import { parsePython } from '../../src/lang/python/parse.js'
import { splice } from '../../src/workspace/edits.js'
import { createSource } from '../../src/workspace/source.js'

function importing(text: string, module: string, ...names: string[]): string {
  const source = createSource('stage.py', text)
  const requests = names.map((name) => ({ module, name }))
  return splice(
    source,
    requestImports(moduleOf('python', source, parsePython(source)), requests, () => false, 'cachibot', 100),
  ).text
}

test('a number in a name sorts by its value, as ruff does', () => {
  const text = 'from cachibot.models import (\n    Act2Payload,\n    Act11Payload,\n    ActPayload,\n)\n'
  expect(importing(text, 'cachibot.models', 'Act10Payload', 'Act1Payload', 'Act3Payload')).toBe(
    'from cachibot.models import (\n    Act1Payload,\n    Act2Payload,\n    Act3Payload,\n    Act10Payload,\n    Act11Payload,\n    ActPayload,\n)\n',
  )
})

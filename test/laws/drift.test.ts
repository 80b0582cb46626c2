import { describe, expect, test } from 'vitest'
import { discoverLayout } from '../../src/layout/discover.js'
import { createSource } from '../../src/workspace/source.js'
import { mutantsOf } from '../mutants/index.js'
import type { Mutant, Parts } from '../mutants/mutant.js'
import { checkEvents } from '../support/check.js'
import { type FixtureName, open, readFixture } from '../support/fixtures.js'

const PARTS: Readonly<Record<FixtureName, readonly Parts[]>> = {
  cachibot: [
    partsOf('main', 'websocket', 'WSMessage', 'types/index.ts', 'useWebSocket.ts', 'websocket.ts'),
    partsOf(
      'room',
      'room_websocket',
      'RoomWSMessage',
      'types/index.ts',
      'useRoomWebSocket.ts',
      'room-websocket.ts',
    ),
    {
      ...partsOf('voice', 'voice', 'VoiceMessage', 'types/voice.ts', 'useVoice.ts', 'voice-client.ts'),
      handler: 'cachibot/api/voice_websocket.py',
    },
  ],
  reference: [
    partsOf(
      'main',
      'websocket',
      'WSMessage',
      'types/index.ts',
      'useWebSocket.ts',
      'websocket.ts',
      'src/cachibot',
    ),
  ],
}

function partsOf(
  channel: string,
  module: string,
  envelope: string,
  types: string,
  hook: string,
  client: string,
  backend = 'cachibot',
): Parts {
  return {
    channel,
    models: `${backend}/models/${module}.py`,
    handler: `${backend}/api/${module}.py`,
    enumName: `${envelope}Type`,
    envelope,
    types: `frontend/src/${types}`,
    unionName: `${envelope}Type`,
    hook: `frontend/src/hooks/${hook}`,
    client: `frontend/src/api/${client}`,
  }
}

/** Mutants that nothing in the repository tells from what is right, each with the reason. */
const KNOWN_MISSES: readonly string[] = [
  // The mobile app says `message` and `chat` as well, and what it sends is not read.
  'main chat: key message not sent by the client',
  // `payload.get("messageId") or …` takes a value of any type.
  'room room_chat: parameter messageId retyped',
  // The factory sends a sum, whose type no annotation tells.
  'main usage: key total_tokens retyped in the interface',
]

const CASES = (['cachibot', 'reference'] as const).flatMap((fixture) =>
  PARTS[fixture].map((parts) => ({ title: `${fixture} ${parts.channel}`, fixture, parts })),
)

describe.each(CASES)('$title', ({ title, fixture, parts }) => {
  test('every seeded drift is found at its place, once', async () => {
    const texts = readFixture(fixture)
    const clean = await open(texts)
    const mutants = mutantsOf(texts, parts)
    const missed: string[] = []
    const noisy: string[] = []
    for (const mutant of mutants) {
      const edits = [...mutant.edits].map(([path, text]) => createSource(path, text))
      const repository = clean.repository.overlay(edits)
      const layout = discoverLayout(repository, clean.layout.backend.folder)
      const findings = checkEvents(repository, layout, {}).findings.filter((one) => one.severity !== 'info')
      const more = findings.filter((one) => !mutant.deserves.includes(one.rule))
      const shown = findings.map((one) => `${one.rule} ${one.event?.name}`).join(', ')
      if (!findings.some((one) => finds(mutant, one))) missed.push(`${mutant.name} → ${shown}`)
      else if (more.length > 1) noisy.push(`${mutant.name} → ${shown}`)
    }
    const found = mutants.length - missed.length
    console.log(
      `${title}: ${found} of ${mutants.length} mutants found (${((found * 100) / mutants.length).toFixed(1)} %)${missed.map((one) => `\n  missed: ${one}`).join('')}`,
    )
    expect(missed.filter((one) => !KNOWN_MISSES.includes(one.replace(/ → .*/, '')))).toEqual([])
    expect(found / mutants.length).toBeGreaterThanOrEqual(0.98)
    expect(noisy).toEqual([])
  })
})

type Found = ReturnType<typeof checkEvents>['findings'][number]

/** Whether a finding is of the mutant's rule and event, and one of its places is in the file that was changed. */
function finds(mutant: Mutant, { rule, event, place, related }: Found): boolean {
  return (
    mutant.rules.includes(rule) &&
    event?.channel === mutant.channel &&
    mutant.events.includes(event.name) &&
    [place, ...related].some((one) => mutant.files.includes(one.file))
  )
}

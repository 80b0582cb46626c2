import { describe, expect, test } from 'vitest'
import { gatherInfo } from '../../src/engine/info.js'
import { Failure } from '../../src/errors.js'
import type { EventSpec } from '../../src/spec/event-spec.js'
import { renderDiff } from '../../src/workspace/diff.js'
import { buildSpec, planAddEvent } from '../support/asked.js'
import { open, readFixture } from '../support/fixtures.js'

/** The fixture with a fourth channel: the voice channel once more, under another name. */
function withFourthChannel(): Map<string, string> {
  const texts = readFixture('cachibot')
  const rename = (text: string): string =>
    text.replaceAll('voice', 'stage').replaceAll('Voice', 'Stage').replaceAll('VOICE', 'STAGE')
  for (const [path, text] of [...texts]) {
    if (/voice/i.test(path) && !path.includes('components')) texts.set(rename(path), rename(text))
  }
  return texts
}

const plan = async (texts: Map<string, string>, spec: EventSpec) => {
  const { repository, layout } = await open(texts)
  return planAddEvent(repository, layout, spec, { partial: false })
}

test('a fourth channel is discovered with all its parts, and every direction is written', async () => {
  const texts = withFourthChannel()
  const { repository, layout } = await open(texts)
  const info = gatherInfo(repository, layout).channels.map((one) => [one.id, one.endpoint])
  expect(info).toEqual([
    ['main', '/ws'],
    ['room', '/ws/room'],
    ['voice', '/ws/voice'],
    ['stage', '/ws/stage'],
  ])
  for (const direction of ['s2c', 'c2s', 'both']) {
    const spec = buildSpec({ name: 'seat_taken', channel: 'stage', direction, payload: { seat_id: 'str' } })
    const { files, isBlocked } = await plan(texts, spec)
    expect(isBlocked).toBe(false)
    expect(files.map(({ after }) => after.path).filter((path) => !/stage/i.test(path))).toEqual([])
    expect(files.length).toBeGreaterThan(4)
  }
})

describe('the customs of the room channel', () => {
  const room = (name: string, direction: string, payload = { seat_id: 'str' }): EventSpec =>
    buildSpec({ name, channel: 'room', direction, payload })

  test('a name without the prefix is exit 2 with the proposal', async () => {
    const planned = plan(readFixture('cachibot'), room('seat_taken', 's2c'))
    await expect(planned).rejects.toMatchObject({ exitCode: 2, problems: [{ fix: 'use `room_seat_taken`' }] })
  })

  test.each(['room_dict', 'room_payload', 'room_model_dump', 'room_import'])(
    '%s, whose factory is reserved, is exit 2',
    async (name) => {
      await expect(plan(readFixture('cachibot'), room(name, 's2c'))).rejects.toMatchObject({ exitCode: 2 })
      // A client's event has no factory.
      expect((await plan(readFixture('cachibot'), room(name, 'c2s'))).isBlocked).toBe(false)
    },
  )

  test('factory and client drop the prefix, the room goes first and keys the state', async () => {
    const { files } = await plan(readFixture('cachibot'), room('room_seat_taken', 'both'))
    const diff = renderDiff(files)
    for (const line of [
      '+    def seat_taken(cls, room_id: str, seat_id: str) -> "RoomWSMessage":',
      '+                    RoomWSMessage.seat_taken(room_id=room_id, seat_id=payload.get("seatId", "")),',
      '+  sendSeatTakenRequest(payload: RoomSeatTakenRequestPayload): void {',
      '+    clientRef.current?.sendSeatTakenRequest(payload)',
      '+            roomId: p.roomId as string,',
      '+          lastRoomSeatTaken: { ...state.lastRoomSeatTaken, [payload.roomId]: payload },',
    ])
      expect(diff).toContain(line)
    expect(diff).not.toMatch(/^[+-].*\}, \[roomId, addLine/m)
  })

  test('a handler without a local for the room is blocked, and says so', async () => {
    const texts = new Map(
      [...readFixture('cachibot')].map(([path, text]) => [
        path,
        path.endsWith('api/room_websocket.py')
          ? text.replace(/(async def room_websocket_endpoint[\s\S]*?)(?=\n\n\nasync def)/, (body) =>
              body.replaceAll('room_id', 'self.room'),
            )
          : text,
      ]),
    )
    const { changes } = await plan(texts, room('room_seat_taken', 'both'))
    const reasons = changes.map((change) => change.reason ?? '').join('\n')
    expect(reasons).toMatch(/looked for a local (for )?`room_id`/)
  })
})

test('a wire name that another channel has is an event of its own', async () => {
  const { repository, layout } = await open(readFixture('cachibot'))
  const main = buildSpec({ name: 'seat_taken', payload: { seat_id: 'str' } })
  const first = planAddEvent(repository, layout, main, { partial: false })
  const after = repository.overlay(first.files.map((file) => file.after))
  const voice = buildSpec({ name: 'seat_taken', channel: 'voice', payload: { row: 'int' } })
  const second = planAddEvent(after, layout, voice, { partial: false })
  expect(second.files.map((file) => file.after.path)).toContain('frontend/src/stores/voice.ts')
  expect(new Set(second.changes.map((change) => change.status)).has('present')).toBe(false)
})

test('an unknown channel is exit 2 with the nearest', async () => {
  const spec = buildSpec({ name: 'seat_taken', channel: 'rooom' })
  const planned = plan(readFixture('cachibot'), spec)
  await expect(planned).rejects.toThrow(Failure)
  await expect(planned).rejects.toMatchObject({
    exitCode: 2,
    problems: [{ fix: expect.stringContaining('`room`') }],
  })
})

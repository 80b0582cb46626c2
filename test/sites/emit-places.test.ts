import { describe, expect, test } from 'vitest'
import { parseFieldFlags, type SpecInput } from '../../src/spec/event-spec.js'
import { renderDiff } from '../../src/workspace/diff.js'
import { buildSpec, planAddEvent } from '../support/asked.js'
import { type FixtureName, open, readFixture } from '../support/fixtures.js'

const SERVER = 'cachibot/api/server.py'
const MAIN = 'cachibot/api/websocket.py'
const ROOM = 'cachibot/api/room_websocket.py'
const VOICE = 'cachibot/api/voice_websocket.py'
const PLAYBILL = 'cachibot/services/playbill.py'
const CALLBOARD = 'cachibot/services/callboard.py'
const LIBRARY = 'cachibot/services/script_library.py'

interface Options {
  readonly fixture?: FixtureName
  readonly fields?: readonly string[]
  /** What is done to the file that is named. */
  readonly edit?: (text: string) => string
  readonly spec?: Partial<SpecInput>
}

async function plan(
  place: string,
  { fixture = 'cachibot', fields = ['seat_id:str'], edit, spec = {} }: Options = {},
) {
  const texts = readFixture(fixture)
  const [file = ''] = place.split(':')
  const text = texts.get(file)
  if (edit !== undefined && text !== undefined) {
    const edited = edit(text)
    expect(edited).not.toBe(text)
    texts.set(file, edited)
  }
  const { repository, layout } = await open(texts)
  const event = buildSpec({
    name: 'seat_taken',
    payload: parseFieldFlags(fields),
    ...spec,
    emit: { ...spec.emit, in: place },
  })
  const result = planAddEvent(repository, layout, event, { partial: false })
  const file_ = result.files.find(({ after }) => after.path === file)
  return { ...result, diff: file_ === undefined ? '' : renderDiff([file_]) }
}

/** The lines that a diff adds, without empty ones. */
function added(diff: string): string {
  return diff
    .split('\n')
    .filter((line) => /^\+(?!\+\+)./.test(line))
    .map((line) => line.slice(1))
    .join('\n')
    .trim()
}

describe('what is written where', () => {
  test('a service whose neighbours broadcast: a method named as theirs, guarded as theirs, to whom they send', async () => {
    const { diff, changes, next } = await plan(LIBRARY, { fields: ['seat_id:str', 'note:str?'] })
    expect(added(diff)).toBe(
      `async def _broadcast_seat_taken(self, seat_id: str, note: str | None = None) -> None:
        """Send a seat_taken message to all connected clients."""
        try:
            from cachibot.api.websocket import get_ws_manager
            from cachibot.models.websocket import WSMessage
            await get_ws_manager().broadcast(WSMessage.seat_taken(seat_id=seat_id, note=note))
        except Exception:
            logger.debug("Could not send %s", "seat_taken", exc_info=True)`,
    )
    const advised = changes.find((one) => one.status === 'advised')
    expect(advised?.text).toBe('await self._broadcast_seat_taken(seat_id)')
    expect(next.join('\n')).toContain('reaches every connected client')
  })

  test('a module without a logger gets one by import', async () => {
    const { diff } = await plan(PLAYBILL, { spec: { emit: { to: 'all' } } })
    expect(added(diff)).toMatch(/^import logging\n/)
    expect(diff).toContain(
      '+        logging.getLogger(__name__).debug("Could not send %s", "seat_taken", exc_info=True)',
    )
  })

  test('a module with nothing but a docstring: the import stands in front of the function', async () => {
    const { diff } = await plan('cachibot/services/__init__.py', { spec: { emit: { to: 'all' } } })
    expect(added(diff)).toMatch(/^import logging\nasync def send_seat_taken/)
  })

  test('a REST route: a statement in front of its return, from its parameters and its body', async () => {
    const { diff } = await plan(`${SERVER}:upload_script`, { fields: ['filename:str', 'row:int?'] })
    expect(diff).toContain(
      `     )
+    await get_ws_manager().broadcast(WSMessage.seat_taken(filename=request.filename))
     return {"document_id": document_id}`,
    )
  })

  test('what the function imports itself is not imported again, and its own guard is enough', async () => {
    const { diff } = await plan(`${CALLBOARD}:announce`, { fields: ['content:str'] })
    expect(added(diff)).toBe('await get_ws_manager().broadcast(WSMessage.seat_taken(content=content))')
  })

  test('a nested callback sends to the client of the connection around it', async () => {
    const { diff } = await plan(`${MAIN}:on_script_delta`, { fields: ['text:str'] })
    expect(added(diff)).toBe('await manager.send(client_id, WSMessage.seat_taken(text=text))')
  })

  test('a nested function sends to the room of its connection, which the endpoint has seen to be there', async () => {
    const { diff } = await plan(`${ROOM}:call_scene`, {
      fields: ['title:str'],
      spec: { name: 'room_seat_taken', channel: 'room' },
      edit: (text) =>
        text.replace(
          '    # Show the newcomer',
          '    seats[room_id] = user.id\n\n    async def call_scene(title: str) -> None:\n        log(title)\n\n    # Show the newcomer',
        ),
    })
    expect(added(diff)).toBe(
      `await room_manager.send_to_room(
            room_id,
            RoomWSMessage.seat_taken(room_id=room_id, title=title),
        )`,
    )
  })

  test('the endpoint itself gets a callback, whose parameters hide nothing it reads', async () => {
    const { diff } = await plan(`${VOICE}:voice_websocket_endpoint`, {
      fields: ['websocket:str'],
      spec: { channel: 'voice' },
    })
    expect(added(diff)).toBe(
      `async def send_seat_taken(websocket_: str) -> None:
        """Send a seat_taken message to one client."""
        await _send_json(websocket, VoiceMessage.seat_taken(websocket=websocket_))`,
    )
  })

  test('a case of the stream, for a member that the repository defines', async () => {
    const { diff } = await plan(`${MAIN}:run_agent`, {
      fields: ['minutes:int', 'bar:str?', 'bell:bool=true'],
      spec: { name: 'interval' },
    })
    expect(added(diff)).toBe(
      `case StreamEventType.interval:
                    await manager.send(
                        client_id,
                        WSMessage.interval(
                            minutes=event.data["minutes"],
                            bar=event.data.get("bar"),
                            bell=event.data.get("bell", True),
                        ),
                    )`,
    )
  })

  test('behind a handled failure the work has not been done: the statement goes into the try', async () => {
    const { diff } = await plan(`${SERVER}:receive_platform_message`, {
      fields: ['chat_id:str'],
      edit: (text) =>
        text.replace(
          /( {4})(await get_ws_manager\(\)\.broadcast\([\s\S]*?\n {4}\))\n/,
          (_, indent: string, body: string) =>
            `${indent}try:\n${`${indent}${body}`.replace(/^/gm, indent)}\n${indent}except ValueError:\n${indent}${indent}return\n`,
        ),
    })
    expect(diff).toMatch(
      /\+ {12}await get_ws_manager\(\)\.broadcast\(WSMessage\.seat_taken\(chat_id=request\.chat_id\)\)\n(\+.*\n)*(?= {5}except ValueError:)/,
    )
  })

  test('the request of an event that is sent elsewhere only logs', async () => {
    const { changes } = await plan(CALLBOARD, { spec: { direction: 'both' } })
    const branch = changes.find((one) => one.site === 'python-handler-branch')
    expect(branch?.text).toContain('logger.debug("seat_taken_request: %r"')
    expect(changes.find((one) => one.site === 'python-send')?.file).toBe(CALLBOARD)
  })
})

describe('one more send of an event that is there', () => {
  const statuses = (changes: readonly { site: string; status: string }[]) =>
    changes.filter(({ status }) => status !== 'not-needed').map(({ site, status }) => `${site} ${status}`)
  const more = (place: string, name: string, options: Options = {}) =>
    plan(place, { ...options, spec: { name, payload: undefined, ...options.spec } })

  test('is all that is written, to whom it is sent already, and told at its place', async () => {
    const { diff, files, changes } = await more(PLAYBILL, 'document_status')
    expect(files).toHaveLength(1)
    expect(diff).toMatch(/\.broadcast\(\n?\+?\s*WSMessage\.document_status\(/)
    const [sent, ...others] = changes.filter(({ status }) => status === 'inserted')
    expect(others).toEqual([])
    expect(sent).toMatchObject({ site: 'python-send', file: PLAYBILL })
    const text = files[0]?.after.text.split('\n').slice((sent?.line ?? 0) - 1) ?? []
    expect(text.slice(0, 2).join('')).toContain('document_status(')
  })

  test.each([LIBRARY, `${LIBRARY}:ScriptLibrary`])('is present where %s sends it already', async (place) => {
    const { files, changes } = await more(place, 'document_status')
    expect(files).toEqual([])
    expect(changes.find((one) => one.site === 'python-send')).toMatchObject({
      status: 'present',
      file: LIBRARY,
    })
    expect(statuses(changes).every((one) => one.endsWith(' present'))).toBe(true)
  })

  test('completes the event where something that it needs is missing', async () => {
    const texts = readFixture('cachibot')
    const union = 'frontend/src/types/index.ts'
    texts.set(union, (texts.get(union) ?? '').replace(/\n *\| 'document_status'/, ''))
    const { repository, layout } = await open(texts)
    const event = buildSpec({ name: 'document_status', emit: { in: PLAYBILL } })
    const { files } = planAddEvent(repository, layout, event, { partial: false })
    expect(files.map(({ after }) => after.path)).toEqual(expect.arrayContaining([union, PLAYBILL]))
  })

  test('calls the factory by the names of its own parameters', async () => {
    const { diff } = await more(PLAYBILL, 'usage', { spec: { emit: { to: 'all' } } })
    expect(added(diff)).toMatch(/WSMessage\.usage\(\s*tokens=tokens,[^)]*cost=cost,/)
  })

  test('gives the factory nothing that it makes up by itself, and names the new helper', async () => {
    const { diff, changes } = await more(PLAYBILL, 'scheduled_notification', {
      spec: { emit: { to: 'all' } },
    })
    expect(diff).not.toContain('source')
    expect(diff).toContain(`+        logging.getLogger(__name__).debug(
+            "Could not send %s",
+            "scheduled_notification",
+            exc_info=True,
+        )`)
    expect(changes.find(({ status }) => status === 'advised')).toMatchObject({
      site: 'python-send',
      file: PLAYBILL,
      text: 'await send_scheduled_notification(bot_id, content)',
    })
  })

  test('is of the one channel that has the event, where none is named', async () => {
    const { event, diff } = await more(`${ROOM}:room_websocket_endpoint`, 'room_usage')
    expect(event.channel).toBe('room')
    expect(diff).toContain('async def send_room_usage(')
    const fields = { payload: parseFieldFlags(['seat_id:str']) }
    await expect(more(`${ROOM}:run_room_bot`, 'room_usage', { spec: fields })).rejects.toThrow(
      /`room_usage` is an event of `room`, and not of `main`/,
    )
  })

  const prompt = (handling: string) => (text: string) =>
    text.replace(
      'async def _send_usage(',
      `async def prompt_actor(client_id: str, message: str, actor: str) -> None:
    """Whisper the next line."""
    try:
        await whisper(actor, message)
${handling}


async def _send_usage(`,
    )
  const handled = `    except Exception as err:
        logger.exception("Nobody heard the prompter")
        raise`

  test('tells of a failure where it is handled, with what other sends give in the names of the place', async () => {
    const { diff, next } = await more(`${MAIN}:prompt_actor`, 'error', { edit: prompt(handled) })
    expect(diff).toContain(`     except Exception as err:
         logger.exception("Nobody heard the prompter")
+        await manager.send(client_id, WSMessage.error(message=f"The stage manager tripped: {err}"))
         raise`)
    expect(next.join('\n')).toMatch(/api\/websocket\.py:\d+: give `code` where it is known/)
  })

  test('tells of a failure by the exception where what others say of it is not known', async () => {
    const { diff } = await more(`${MAIN}:prompt_actor`, 'error', {
      edit: (text) =>
        prompt(handled)(text)
          .replace('f"The stage manager tripped: {e}"', 'f"{question_id} tripped: {e}"')
          .replace('f"The curtain fell: {e}"', 'f"{current_task} fell: {e}"'),
    })
    expect(added(diff)).toBe('await manager.send(client_id, WSMessage.error(message=str(err)))')
  })

  test('gives no name of a loop that is over', async () => {
    const edit = (loop: string) => (text: string) =>
      prompt(handled)(text)
        .replace('    try:\n        await whisper', `${loop}        await whisper`)
        .replace(/f"The (?:stage manager tripped|curtain fell): \{e\}"/g, 'f"{line} was lost: {e}"')
    const over = '    for line in message.split():\n        await hush(line)\n    try:\n'
    const { diff } = await more(`${MAIN}:prompt_actor`, 'error', { edit: edit(over) })
    expect(added(diff)).toBe('await manager.send(client_id, WSMessage.error(message=str(err)))')
    const known = '    line = message.strip()\n    try:\n'
    const { diff: told } = await more(`${MAIN}:prompt_actor`, 'error', { edit: edit(known) })
    expect(added(told)).toBe(
      'await manager.send(client_id, WSMessage.error(message=f"{line} was lost: {err}"))',
    )
  })

  test('is the own send of a function: one of a function inside of it is that of another', async () => {
    const inner = `        async def hiss() -> None:
            await manager.send(client_id, WSMessage.error(f"Nobody hissed: {actor}"))

        await hiss()
${handled}`
    const { diff } = await more(`${MAIN}:prompt_actor`, 'error', { edit: prompt(inner) })
    expect(added(diff)).toContain('WSMessage.error(message=f"The stage manager tripped: {err}")')
    const { files } = await more(`${MAIN}:prompt_actor.hiss`, 'error', { edit: prompt(inner) })
    expect(files).toEqual([])
  })

  test.each([
    [
      'nothing is handled',
      '    finally:\n        await hush()',
      /`prompt_actor` has no `except Exception as e`/,
    ],
    [
      'it is handled without a name',
      '    except Exception:\n        pass',
      /`prompt_actor` has no `except Exception as e`/,
    ],
    [
      'more than one is handled',
      `${handled}\n    try:\n        await hush()\n${handled}`,
      /`prompt_actor` handles failures at 2 places/,
    ],
  ])('is exit 2 where %s: the message that a function has is none', async (_, handling, words) => {
    await expect(more(`${MAIN}:prompt_actor`, 'error', { edit: prompt(handling) })).rejects.toThrow(words)
  })

  test('is not refused for a `match` over what the agent streams, but for what is not there', async () => {
    const edit = (text: string) =>
      text.replace('        await manager.send(client_id, WSMessage.done(reply_to_id=question_id))\n', '')
    const { diff } = await more(`${MAIN}:run_agent`, 'done', { edit })
    expect(diff).toMatch(/\+ {8}await manager\.send\(client_id, WSMessage\.done\(reply_to_id=reply_to_id\)\)/)
    await expect(more(`${MAIN}:run_agent`, 'document_status')).rejects.toThrow(/has no value for `bot_id`/)
  })

  test('a name that is not there is exit 2, sent or not', async () => {
    await expect(more(`${LIBRARY}:nowhere`, 'document_status')).rejects.toThrow()
    await expect(more('cachibot/nowhere.py', 'document_status')).rejects.toThrow()
  })

  test('a function of a room has the room of the connection around it', async () => {
    const { diff } = await more(`${ROOM}:room_websocket_endpoint`, 'room_usage', {
      spec: { channel: 'room' },
    })
    expect(diff).not.toContain('room_id_')
    expect(diff).toContain('room_id=room_id')
  })

  test('a function that takes the stream apart sends behind it what is no case of it', async () => {
    const { diff } = await more(`${MAIN}:run_agent`, 'scheduled_notification', {
      edit: (text) =>
        text.replace(
          'async def run_agent(\n',
          '$&    bot_id: str,\n    content: str,\n    chat_id: str | None,\n',
        ),
    })
    expect(added(diff)).toContain('WSMessage.scheduled_notification(')
    expect(added(diff)).not.toContain('case ')
  })
})

describe('what is refused with exit 2, and what to do instead', () => {
  const SYNC = 'is not async'
  test.each<[string, string, Options, RegExp]>([
    ['a service and one client', PLAYBILL, {}, /to one client of the channel `main`.*--emit all/s],
    ['a service and one client, asked for', LIBRARY, { spec: { emit: { to: 'client' } } }, /--emit all/],
    [
      'a service and the voice channel',
      PLAYBILL,
      { spec: { channel: 'voice' } },
      /`_send_json` takes `websocket`/,
    ],
    [
      'a function that knows no client',
      `${CALLBOARD}:announce`,
      { fields: ['content:str'], spec: { emit: { to: 'client' } } },
      /takes `client_id`/,
    ],
    [
      'a function that is not async',
      `${PLAYBILL}:Playbill.book`,
      { spec: { emit: { to: 'all' } } },
      new RegExp(SYNC),
    ],
    [
      'the stream and a member that is not there',
      `${MAIN}:run_agent`,
      {},
      /has no member `seat_taken`.*AttributeError.*websocket_endpoint.*tool_result/s,
    ],
    [
      'the stream of another package',
      `${MAIN}:run_agent`,
      {
        edit: (text) =>
          text.replace(
            /from cachibot\.agent import (.*), StreamEventType/,
            'from prompture import StreamEventType\nfrom cachibot.agent import $1',
          ),
      },
      /comes from `prompture`, and not from this repository/,
    ],
    ['a value that is not there', `${SERVER}:upload_script`, { fields: ['row:int'] }, /no value for `row`/],
    [
      'a value of another type',
      `${SERVER}:upload_script`,
      { fields: ['filename:int'] },
      /`request.filename` is str there/,
    ],
    [
      'a local whose type nothing tells',
      `${SERVER}:upload_script`,
      { fields: ['document_id:str'] },
      /annotate `document_id`/,
    ],
    [
      'a value that may be none',
      `${SERVER}:add_reaction`,
      {
        fields: ['user_id:str'],
        spec: { name: 'room_seat_taken', channel: 'room' },
        edit: (text) => text.replace('user_id: str = "guest"', 'user_id: str | None = None'),
      },
      /`user_id` is str \| None there/,
    ],
    [
      'a value that is seen to be there too late',
      `${ROOM}:call_scene`,
      {
        fields: ['title:str'],
        spec: { name: 'room_seat_taken', channel: 'room' },
        edit: (text) =>
          text.replace(
            '    user = await get_user',
            '    async def call_scene(title: str) -> None:\n        log(title)\n\n    user = await get_user',
          ),
      },
      /`room_id` is str \| None there/,
    ],
    [
      'a function whose last return says that nothing was done',
      `${CALLBOARD}:strike_set`,
      {
        fields: ['seat_id:str?'],
        edit: (text) =>
          `${text}\n\nasync def strike_set(seat_id: str) -> bool:\n    if seat_id:\n        return True\n    return False\n`,
      },
      /what it returns last says that nothing was done/,
    ],
    [
      'a function that is only declared',
      `${CALLBOARD}:Usher.show`,
      {
        fields: ['seat_id:str?'],
        edit: (text) =>
          `${text}\n\nclass Usher:\n    async def show(self) -> bool:\n        """Show the seat."""\n        ...\n`,
      },
      /`Usher.show` does nothing itself/,
    ],
    [
      'a class that is a type only',
      `${CALLBOARD}:Seat`,
      { edit: (text) => `${text}\n\nclass Seat(TypedDict):\n    row: int\n` },
      /`Seat` is a type/,
    ],
    ['what every send goes through', `${MAIN}:ConnectionManager.broadcast`, {}, /would never end/],
    ['the same of functions', `${VOICE}:_send_json`, { spec: { channel: 'voice' } }, /would never end/],
    ['the file of the envelope', 'cachibot/models/websocket.py', {}, /defines `WSMessage` and sends nothing/],
    [
      'a target that the channel has not',
      LIBRARY,
      { spec: { emit: { to: 'room' } } },
      /`room` is no emit target of the channel `main`.*use one of client, all, none/s,
    ],
    ['no file at all', ':Playbill', {}, /`:Playbill` is no Python file.*use for example/s],
    [
      'the beginning of a name',
      `${PLAYBILL}:Play`,
      {},
      /did you mean `cachibot\/services\/playbill\.py:Playbill`/,
    ],
    [
      'a file that is not there',
      'cachibot/service/playbill.py',
      {},
      /did you mean `cachibot\/services\/playbill\.py`/,
    ],
    ['a file of the frontend', 'frontend/src/App.tsx', {}, /is no Python file of `cachibot`/],
    ['a file outside', '../cachibot/services/playbill.py', {}, /is no Python file/],
    [
      'a name that is not there',
      `${PLAYBILL}:Playbil`,
      {},
      /did you mean `cachibot\/services\/playbill\.py:Playbill`/,
    ],
    ['a file that does not parse', PLAYBILL, { edit: (text) => `${text}\ndef (:\n` }, /does not parse/],
    [
      'a function that returns what it awaits',
      `${SERVER}:upload_script`,
      {
        fields: ['filename:str'],
        edit: (text) => text.replace('return {"document_id": document_id}', 'return await other()'),
      },
      /it returns what it awaits/,
    ],
    [
      'a function that never ends',
      `${SERVER}:upload_script`,
      {
        fields: ['filename:str'],
        edit: (text) => text.replace('return {"document_id": document_id}', 'while True:\n        pass'),
      },
      /it never ends/,
    ],
    [
      'two functions of one name',
      `${SERVER}:upload_script`,
      {
        edit: (text) =>
          `${text}\n\nclass Other:\n    async def upload_script(self) -> None:\n        pass\n\n\nasync def upload_script() -> None:\n    pass\n`,
      },
      /is 2 functions of/,
    ],
    ['nowhere and somewhere', PLAYBILL, { spec: { emit: { to: 'none' } } }, /leave one of them out/],
    [
      'a client event',
      PLAYBILL,
      { spec: { direction: 'c2s' } },
      /has no meaning for a client-to-server event/,
    ],
  ])('%s', async (_, place, options, message) => {
    const failure = await plan(place, options).catch((error: unknown) => error)
    expect(failure).toMatchObject({ exitCode: 2 })
    expect(JSON.stringify(failure)).toMatch(message)
  })

  test('a name that the function would hide is exit 3', async () => {
    const planned = plan(`${PLAYBILL}:tell`, {
      fields: ['seat_id:str'],
      spec: { emit: { to: 'all' } },
      edit: (text) =>
        `${text}\n\ndef get_ws_manager() -> None:\n    pass\n\n\nasync def tell(seat_id: str) -> None:\n    get_ws_manager()\n`,
    })
    await expect(planned).rejects.toMatchObject({ exitCode: 3 })
  })
})

/** Checkouts that are made for measuring: the fixture, with more files, more events or a very long file. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { pythonFiller, typescriptFiller } from './filler.mjs'

const fixture = resolve(import.meta.dirname, '..', 'fixtures', 'cachibot')

/** The source files of the generated checkout, as many as CachiBot has, and those of them that say anything of a channel. */
export const SOURCES = 411
export const MATTERING = 54

/** Whether a file counts as source. */
export const isSource = (path) => /^(cachibot\/.*\.py|frontend\/src\/.*\.tsx?)$/.test(path)

/** Whether a text says anything of a channel: its messages, its client, its hooks, the stores they go to. */
export const matters = (text) =>
  /WSMessage|RoomMessage|VoiceMessage|WebSocket|use[A-Z]\w*Store|wsClient/.test(text)

/** A checkout of CachiBot's size. @returns {Map<string, string>} texts by path */
export function ofRealSize() {
  const texts = readFixture()
  const sources = [...texts].filter(([path]) => isSource(path))
  const mattering = MATTERING - sources.filter(([, text]) => matters(text)).length
  for (let index = 0; index < SOURCES - sources.length; index++) {
    const make = index % 2 === 0 ? pythonFiller : typescriptFiller
    texts.set(...make(index, index < mattering))
  }
  return texts
}

/** A checkout whose main channel has this many events more. @returns {Map<string, string>} */
export function withEvents(count) {
  const texts = readFixture()
  const names = Array.from({ length: count }, (_, index) => `scene_${index}`)
  const all = (make) => names.map(make).join('')
  insert(
    texts,
    'cachibot/models/websocket.py',
    '    DONE = "done"\n',
    (anchor) => `${anchor}${all((name) => `    ${name.toUpperCase()} = "${name}"\n`)}`,
  )
  append(
    texts,
    'cachibot/models/websocket.py',
    all(
      (name) => `
    @classmethod
    def ${name}(cls, seat_id: str) -> "WSMessage":
        """The scene begins."""
        return cls(type=WSMessageType.${name.toUpperCase()}, payload={"seatId": seat_id})
`,
    ),
  )
  append(
    texts,
    'cachibot/api/websocket.py',
    all(
      (name) => `

async def send_${name}(client_id: str) -> None:
    """Say that the scene begins."""
    await manager.send(client_id, WSMessage.${name}("a1"))
`,
    ),
  )
  insert(
    texts,
    'frontend/src/types/index.ts',
    'export type WSMessageType =\n',
    (anchor) => `${anchor}${all((name) => `  | '${name}'\n`)}`,
  )
  insert(
    texts,
    'frontend/src/hooks/useWebSocket.ts',
    "        case 'thinking': {\n",
    (anchor) =>
      `${all(
        (name) => `        case '${name}': {
          const payload = msg.payload as { seatId: string }
          addThought(payload.seatId)
          break
        }

`,
      )}${anchor}`,
  )
  return texts
}

/**
 * A checkout with one source file of so many lines, which sends a message. They are short: a file of more than 4 MiB is
 * not read.
 *
 * @returns {Map<string, string>}
 */
export function withLines(count) {
  const texts = readFixture()
  const [path, text] = pythonFiller(0, true)
  const lines = Array.from(
    { length: Math.ceil(count / 10) },
    (_, row) => `

def row_${row}(seats: list[int]) -> str:
    """The free seats of a row."""
    free = [one for one in seats if one]
    for seat in seats:
        if seat > ${row}:
            break
        free.append(seat + 1)
    return f"${row}: {len(free)}"
`,
  )
  return texts.set(path, text + lines.join(''))
}

/** Writes texts into a folder that is not there yet. */
export function writeTexts(folder, texts) {
  for (const [path, text] of texts) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

function readFixture() {
  const paths = readdirSync(fixture, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(fixture.length + 1)
        .replaceAll(sep, '/'),
    )
    .filter((path) => !/(^|\/)(node_modules|__pycache__|dist)\//.test(path))
  return new Map(paths.sort().map((path) => [path, readFileSync(join(fixture, path), 'utf8')]))
}

function insert(texts, path, anchor, make) {
  const text = texts.get(path)
  if (!text.includes(anchor)) throw new Error(`${path} of the fixture has no ${JSON.stringify(anchor)}`)
  texts.set(
    path,
    text.replace(anchor, () => make(anchor)),
  )
}

function append(texts, path, text) {
  texts.set(path, `${texts.get(path).trimEnd()}\n${text}`)
}

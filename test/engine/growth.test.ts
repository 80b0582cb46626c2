import { expect, test } from 'vitest'
import { readFixture } from '../support/fixtures.js'
import { memoryCheckout } from '../support/memory-checkout.js'

const MODELS = 'cachibot/models/websocket.py'
const ENDPOINT = 'cachibot/api/websocket.py'
const TYPES = 'frontend/src/types/index.ts'
const HOOK = 'frontend/src/hooks/useWebSocket.ts'

/** The fixture with so many more events of the main channel, each as its neighbours are. */
function withEvents(count: number): Map<string, string> {
  const texts = readFixture('cachibot')
  const names = Array.from({ length: count }, (_, index) => `curtain_${index}`)
  const each = (write: (name: string) => string): string => names.map(write).join('')
  const change = (path: string, write: (text: string) => string): void => {
    const text = texts.get(path) ?? ''
    texts.set(path, write(text))
    expect(texts.get(path)?.length).toBeGreaterThan(text.length)
  }
  change(MODELS, (text) => {
    const members = each((name) => `    ${name.toUpperCase()} = "${name}"\n`)
    const factories = each(
      (name) => `
    @classmethod
    def ${name}(cls, seat_id: str) -> "WSMessage":
        """Create a ${name} message."""
        return cls(type=WSMessageType.${name.toUpperCase()}, payload={"seatId": seat_id})
`,
    )
    return text.replace('    DONE = "done"\n', `    DONE = "done"\n${members}`) + factories
  })
  change(
    ENDPOINT,
    (text) =>
      text +
      each(
        (name) => `

async def send_${name}(client_id: str, seat_id: str) -> None:
    """Send a ${name} message to one client."""
    await manager.send(client_id, WSMessage.${name}(seat_id=seat_id))
`,
      ),
  )
  change(TYPES, (text) =>
    text.replace('export type WSMessageType =\n', (head) => head + each((name) => `  | '${name}'\n`)),
  )
  change(HOOK, (text) =>
    text.replace(
      "        case 'thinking': {\n",
      (head) =>
        each(
          (name) => `        case '${name}': {
          const payload = msg.payload as { seatId: string }
          addThought(payload.seatId)
          break
        }

`,
        ) + head,
    ),
  )
  return texts
}

const SCANS = [
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'flatMap',
  'map',
  'reduce',
  'some',
] as const
const LOOKS = ['includes', 'indexOf'] as const

/** How many entries of lists a run looks at, whoever does. */
async function countLooks(run: () => Promise<unknown>): Promise<number> {
  let looks = 0
  const known = Object.getOwnPropertyDescriptors(Array.prototype)
  for (const name of [...SCANS, ...LOOKS]) {
    const original = Array.prototype[name] as (...given: unknown[]) => unknown
    Object.defineProperty(Array.prototype, name, {
      ...known[name],
      value(this: unknown[], ...given: unknown[]) {
        looks += this.length
        return original.apply(this, given)
      },
    })
  }
  try {
    await run()
  } finally {
    for (const name of [...SCANS, ...LOOKS]) Object.defineProperty(Array.prototype, name, known[name])
  }
  return looks
}

// A list that is gone through for each event makes twice as many events four times the work.
test.each([['check'], ['list'], ['add-event seat_taken -f seat_id:str --dry-run']])(
  '%s does twice the work for twice the events',
  async (command) => {
    const looksFor = (count: number): Promise<number> => {
      const checkout = memoryCheckout(withEvents(count))
      return countLooks(() => checkout.run(...command.split(' ')))
    }
    // What is done once, whatever there is, is done.
    await looksFor(10)
    const [few, many] = [await looksFor(200), await looksFor(400)]
    expect(few).toBeGreaterThan(10_000)
    expect(many / few).toBeLessThan(2.2)
  },
)

import { describe, expect, test } from 'vitest'
import { cachibotWs, FROM } from '../support/checkout.js'
import { FIXTURES, open, readFixture } from '../support/fixtures.js'
import { MemoryDisk } from '../support/memory-disk.js'
import { mutate } from '../support/mutate.js'
import { type Random, randomFrom } from '../support/random.js'

/** `npm run torture:input` tries more of them, from another seed. */
const COUNT = Number(process.env['FUZZ_COUNT'] ?? 300)
const SEED = Number(process.env['FUZZ_SEED'] ?? 1)
const ROUNDS = 10

const CONFIG = 'cachibot-ws.config.json'
const BASELINE = 'cachibot-ws.baseline.json'
const SPEC = 'spec.yaml'

/** On a push each broken file of code meets `check` and two other commands, in the long run every command. */
const WITH_ALL = process.env['FUZZ_COUNT'] !== undefined

/** What the fixtures do not have and a checkout may. */
const OWN: Readonly<Record<string, string>> = {
  [CONFIG]: `{\n  "rules": { "unread-file": "warning", "unused-suppression": "error" },\n  "failOn": "warning",\n  "baseline": "${BASELINE}"\n}\n`,
  [BASELINE]: `{\n  "schemaVersion": 1,\n  "findings": [\n    { "rule": "unused-event", "channel": "main", "event": "x", "file": "a.py", "subject": "x", "count": 1 }\n  ]\n}\n`,
  [SPEC]: `name: seat_taken\ndescription: Someone sits down.\npayload:\n  seat_id: str\n  row: { type: int, default: 1 }\n  seat: { type: { number: int, box: str? } }\nstore: { as: latest }\n`,
  '.pre-commit-config.yaml': 'repos:\n  - repo: local\n    hooks:\n      - id: other\n',
}

interface Command {
  readonly args: readonly string[]
  readonly exits: readonly number[]
  readonly writes?: boolean
}

const CHECK: Command = { args: ['check'], exits: [0, 1, 2] }
const ADD: Command = {
  args: ['add-event', 'seat_taken', '-f', 'seat_id:str', '--store-as', 'append'],
  exits: [0, 1, 2, 3],
  writes: true,
}
const DRY: Command = {
  args: ['add-event', 'seat_taken', '-f', 'row:int', '--direction', 'both', '--dry-run'],
  exits: [0, 1, 2, 3],
}
const INIT: Command = { args: ['init', '--all', '--dry-run', '--from', FROM], exits: [0, 2, 3] }
const ON_CODE: readonly Command[] = [
  CHECK,
  { args: ['list'], exits: [0, 2] },
  ADD,
  DRY,
  { args: ['remove-event', 'thinking', '--channel', 'main', '--force'], exits: [0, 1, 2, 3], writes: true },
  { args: ['info', '--verbose'], exits: [0, 2] },
  { args: ['__complete', 'remove-event', ''], exits: [0] },
]

const COMMANDS: Readonly<Record<string, readonly Command[]>> = {
  [CONFIG]: [CHECK, INIT],
  [BASELINE]: [
    CHECK,
    { args: ['check', '--write-baseline', '--format', 'github'], exits: [0, 1, 2], writes: true },
  ],
  [SPEC]: [{ args: ['add-event', '--spec', SPEC], exits: [0, 1, 2, 3], writes: true }],
  '.pre-commit-config.yaml': [INIT],
}

/** The files that play a part, and those that say how code is to be written. */
async function victimsOf(texts: ReadonlyMap<string, string>): Promise<string[]> {
  const { layout } = await open(texts)
  const parts = layout.channels.flatMap(
    ({ enum: one, envelope, reexports, handler, manager, union, hook, client }) => [
      one.file,
      envelope.file,
      reexports,
      handler?.file,
      manager?.file,
      union?.file,
      hook?.file,
      client?.file,
    ],
  )
  const settings = [...texts.keys()].filter((path) => /pyproject\.toml$|tsconfig[^/]*\.json$/.test(path))
  const all = [...parts, ...layout.stores.map((one) => one.file), ...settings, ...Object.keys(OWN)]
  return [...new Set(all.filter((one) => one !== undefined))]
}

/** Runs every command that reads a file on a tree in which it is broken; what went wrong, if anything. */
async function attack(
  texts: ReadonlyMap<string, string>,
  victims: readonly string[],
  random: Random,
): Promise<string[]> {
  const path = random.pick(victims)
  const { text, names } = mutate(texts.get(path) ?? '', random)
  const bytes = names.includes('bytes') ? Buffer.from(text, 'latin1') : Buffer.from(text, 'utf8')
  const wrong: string[] = []
  for (const { args, exits, writes } of COMMANDS[path] ?? commandsFor(random)) {
    const disk = MemoryDisk.of('/checkout', texts)
    disk.files.set(`/checkout/${path}`, bytes)
    const before = disk.snapshot()
    const told = `${path}, ${names.join(' and ')}: ${args.join(' ')}`
    try {
      const ran = await cachibotWs(args, { cwd: '/checkout', disk })
      if (!exits.includes(ran.exitCode))
        wrong.push(`${told} ended with ${ran.exitCode}: ${ran.stderr.slice(0, 300)}`)
      const isKept = writes === true && (ran.exitCode === 0 || args[0] === 'check')
      if (!isKept && !sameFiles(before, disk.snapshot()))
        wrong.push(`${told} wrote, and ended with ${ran.exitCode}`)
    } catch (error) {
      wrong.push(`${told} threw ${String(error)}`)
    }
  }
  return wrong
}

function commandsFor(random: Random): readonly Command[] {
  return WITH_ALL ? ON_CODE : [CHECK, ...random.shuffle(ON_CODE.filter((one) => one !== CHECK)).slice(0, 2)]
}

function sameFiles(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text)
}

describe.each(FIXTURES)('%s with one file broken', (fixture) => {
  const texts = new Map([...readFixture(fixture), ...Object.entries(OWN)])
  const share = COUNT / FIXTURES.length / ROUNDS

  test.each(Array.from({ length: ROUNDS }, (_, round) => SEED * 1000 + round))(
    'ends as documented and harms nothing, seed %i',
    async (seed) => {
      const random = randomFrom(seed)
      const victims = await victimsOf(texts)
      const wrong: string[] = []
      for (let count = 0; count < share; count++) wrong.push(...(await attack(texts, victims, random)))
      expect(wrong).toEqual([])
    },
  )
})

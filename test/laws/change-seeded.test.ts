import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fieldsOf } from '../../src/engine/change/resolve.js'
import { Failure } from '../../src/errors.js'
import { directionOf } from '../../src/ledger/direction.js'
import { surveyChannel } from '../../src/ledger/surveyed.js'
import { SITES } from '../../src/sites/registry.js'
import { siteKey } from '../../src/sites/site.js'
import { printField } from '../../src/spec/field-type.js'
import { type Asked, type Changed, change, refusing } from '../support/change.js'
import { COUNTS, SEED, tell } from '../support/counts.js'
import { FIXTURES, type Opened, open, readFixture } from '../support/fixtures.js'
import { type Random, randomFrom } from '../support/random.js'

/** A checkout of one's own is tried as well: `CHECKOUT=<folder> npm run torture`. */
const CHECKOUT = process.env['CHECKOUT']
const SUBJECTS = [...FIXTURES, ...(CHECKOUT === undefined ? [] : [CHECKOUT])]

const TYPES = [
  'str?',
  'int?',
  'float=0.5',
  'bool=false',
  'str|null',
  '"slow"|"fast"="slow"',
  'str[]?',
  'dict?',
]
/** Those that a field of a request can be told by: the default of a read is not known from what sends it. */
const PLAIN = TYPES.filter((type) => !type.includes('='))

test.each(SUBJECTS)(
  'in %s, changes at random and their reversal leave what the code says as it was',
  async (subject) => {
    const start = await open(
      subject === CHECKOUT ? readCheckout(subject) : readFixture(subject as 'cachibot'),
    )
    const random = randomFrom(SEED)
    const events = eventsOf(start)
    const said = tokens(start)
    let made = 0
    const wrong: string[] = []
    for (let round = 0; round < COUNTS.changes; round++) {
      const { channel, event } = random.pick(events)
      const done: Asked[] = []
      let now: Opened = start
      for (let step = 1 + random.below(3); step > 0; step--) {
        const asked = chooseStep(random, now, channel, event)
        if (asked === undefined) continue
        const next = attempt(now, channel, event, asked.there)
        if (next === undefined) continue
        now = next
        done.unshift(asked.back)
      }
      if (done.length === 0) continue
      made++
      let isRefused = false
      for (const back of done) {
        const next = attempt(now, channel, event, back)
        if (next === undefined) isRefused = true
        else now = next
      }
      // A type that says less cannot always be taken back: which callers gave what is not known any more.
      if (isRefused && done.some(({ setType }) => setType !== undefined)) continue
      // What people wrote in a way of their own comes back in the tool's, once its type was another.
      const isRetyped = done.some(({ setType }) => setType !== undefined)
      const isBack = isRetyped
        ? shapeOf(now, channel, event) === shapeOf(start, channel, event)
        : isSaid(now, said)
      if (!isBack) wrong.push(`${channel.id} ${event}: ${JSON.stringify(done)}`)
    }
    tell(`changes of ${subject}, and back`, made, wrong.length)
    expect(made).toBeGreaterThan(COUNTS.changes / 4)
    expect(wrong).toEqual([])
  },
)

type ChannelOf = Opened['layout']['channels'][number]

/** A change of an event, and the one that takes it back. */
function chooseStep(random: Random, opened: Opened, channel: ChannelOf, event: string) {
  const surveyed = surveyChannel(opened.repository, opened.layout, channel)
  const direction = directionOf(surveyed.rows, event)?.direction ?? 'server-to-client'
  const fields = fieldsOf(surveyed, event, direction)
  const name = `walk_${'abcdefghijklmnop'.slice(0, 1 + random.below(16))}`
  const field = fields.length === 0 ? undefined : random.pick(fields)
  const kind = field === undefined ? 'add' : random.pick(['add', 'rename', 'type'] as const)
  if (kind === 'add' || field === undefined)
    return { there: { add: [`${name}:${random.pick(TYPES)}`] }, back: { remove: [name] } }
  const key = field.wire ?? field.name
  if (kind === 'rename')
    return { there: { rename: [`${key}:${name}`] }, back: { rename: [`${name}:${key}`] } }
  const isSayable = !/unknown|object/.test(JSON.stringify(field.type))
  if (!isSayable) return undefined
  return {
    there: { setType: [`${key}:${random.pick(PLAIN)}`] },
    back: { setType: [`${key}:${printField(field)}`] },
  }
}

/** What a change leaves; undefined where it is refused, which is always right. */
function attempt(opened: Opened, channel: ChannelOf, event: string, asked: Asked): Changed | undefined {
  const result = refusing(() => change(opened, channel, event, asked))
  if (result instanceof Failure) {
    expect([event, asked, result.exitCode === 5 ? result.problems : undefined]).toEqual([
      event,
      asked,
      undefined,
    ])
    return undefined
  }
  if (result.plan.isBlocked) return undefined
  for (const { after } of result.plan.files)
    expect([event, asked, result.repository.file(after.path)?.module.syntaxErrors]).toEqual([
      event,
      asked,
      [],
    ])
  return result
}

/** The fields of an event as all of its places show them. */
function shapeOf({ repository, layout }: Opened, channel: ChannelOf, event: string): string {
  const { rows } = surveyChannel(repository, layout, channel)
  const shapes = SITES.flatMap((site) =>
    rows.of(event, siteKey(site)).map(({ shape }) => [siteKey(site), shape]),
  )
  return JSON.stringify(shapes, (key, value: unknown) =>
    ['start', 'value', 'raw', 'file', 'parameter', 'default'].includes(key) ? undefined : value,
  )
}

function isSaid(opened: Opened, said: readonly string[]): boolean {
  return tokens(opened).join('\n') === said.join('\n')
}

function eventsOf({ repository, layout }: Opened) {
  return layout.channels.flatMap((channel) =>
    surveyChannel(repository, layout, channel)
      .rows.events()
      .map((event) => ({ channel, event })),
  )
}

/** Everything that code says, without white space and the commas by which lists are broken. */
function tokens({ repository }: Opened): string[] {
  return ['.py', '.ts', '.tsx'].flatMap((extension) =>
    repository
      .files('', [extension])
      .map(
        (path) =>
          `${path} ${repository.workspace.read(path).text.replace(/,?\s+(?=[)\]}])|\s+|,(?=[)\]}])/g, '')}`,
      ),
  )
}

function readCheckout(root: string): ReadonlyMap<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && /\.(py|tsx?|toml|json|dart)$/.test(one.name))
    .map((one) => join(one.parentPath, one.name).slice(root.length + 1))
    .filter((path) => !/(^|\/)(node_modules|\.git|dist)\//.test(path))
  return new Map(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

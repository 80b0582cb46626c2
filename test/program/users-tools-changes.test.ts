import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { collectFindings, newFindings, userTools } from '../../scripts/user-tools.mjs'
import { fieldsOf } from '../../src/engine/change/resolve.js'
import { Failure } from '../../src/errors.js'
import { directionOf } from '../../src/ledger/direction.js'
import { surveyChannel } from '../../src/ledger/surveyed.js'
import { sourceContent } from '../../src/workspace/source.js'
import { type Asked, change, refusing } from '../support/change.js'
import { copyFixture } from '../support/checkout.js'
import { COUNTS } from '../support/counts.js'
import { FIXTURES, type Opened, open, readFixture } from '../support/fixtures.js'
import { hasPython } from '../support/python.js'
import { VARIANTS } from '../support/variants.js'

/** Fields of every kind, each of which every event is given. */
const ADDED = [
  'walk_on_ms:int?',
  'understudy:str|null',
  'tempo:"slow"|"fast"="slow"',
  'cue_at:datetime?',
  'names:str[]?',
  'remarks:dict?',
  'loud:bool=false',
  'class:str?',
  'a_field_with_a_long_name:float|null',
]

/** What every event is then asked, one after the other; what does not go is refused and leaves it as it is. */
const THEN: readonly Asked[] = [
  { rename: ['walk_on_ms:walk_on'] },
  { rename: ['names:called'] },
  { setType: ['walk_on:float?'] },
  { setType: ['understudy:str?'] },
  { setType: ['tempo:"slow"|"fast"|"still"="still"'] },
  { setType: ['remarks:any?'] },
  { remove: ['loud'] },
  { remove: ['cue_at'] },
  {
    description:
      'It says """rise""" and */ and goes on for so many words that no line of any file holds it all.',
  },
]

/** For a busy machine: every tool reads the whole checkout twice. */
const TIMEOUT = 900_000

describe.skipIf(!hasPython).each(FIXTURES)('%s', (fixture) => {
  const roots: string[] = []
  afterAll(() => {
    for (const root of roots) rmSync(join(root, '..'), { recursive: true, force: true })
  })

  function written(opened: Opened): string {
    const root = copyFixture(fixture, { modules: true, keep: true })
    roots.push(root)
    for (const path of opened.repository.files('', ['.py', '.ts', '.tsx'])) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), sourceContent(opened.repository.workspace.read(path)))
    }
    return root
  }

  async function findingsOf(opened: Opened, isWanted: (tool: string) => boolean) {
    const root = written(opened)
    const { tools, missing } = userTools({
      root,
      backend: fixture === 'reference' ? 'src/cachibot' : 'cachibot',
    })
    expect(missing).toEqual([])
    return collectFindings(
      tools.filter(({ tool }) => isWanted(tool)),
      root,
    )
  }

  // mypy reads meaning and no bytes: it is asked once, on the fixture as written.
  test.each(
    VARIANTS.slice(0, COUNTS.tooledVariants).map((variant, index) => ({ ...variant, isFirst: index === 0 })),
  )(
    '$name: the tools find nothing new in an event that was changed in every way',
    async ({ transform, isFirst }) => {
      const start = await open(
        new Map([...readFixture(fixture)].map(([path, text]) => [path, transform(path, text)])),
      )
      const { now, made, refused } = changeAll(start)
      expect(made).toBeGreaterThan(refused * 4)
      const isWanted = (tool: string): boolean => isFirst || tool !== 'mypy --strict'
      const before = await findingsOf(start, isWanted)
      for (const [tool, after] of await findingsOf(now, isWanted)) {
        const found = newFindings(before.get(tool) ?? [], after)
        // Every line of a file that is indented with tabs has that finding, so every new line has it too.
        expect([tool, found.filter((finding) => !finding.includes(' W191 '))]).toEqual([tool, []])
      }
    },
    TIMEOUT,
  )
})

/** Every event of a checkout, changed in every way, and then its own fields. */
function changeAll(start: Opened): { readonly now: Opened; readonly made: number; readonly refused: number } {
  let [now, made, refused] = [start, 0, 0]
  for (const channel of start.layout.channels) {
    const surveyed = surveyChannel(start.repository, start.layout, channel)
    for (const event of surveyed.rows.events()) {
      for (const asked of [{ add: ADDED }, ...THEN]) {
        const next = tryChange(now, channel, event, asked)
        if (next === undefined) refused++
        else [now, made] = [next, made + 1]
      }
      const direction = directionOf(surveyed.rows, event)?.direction ?? 'server-to-client'
      const keys = fieldsOf(surveyed, event, direction).map((one) => one.wire ?? one.name)
      // What reads a field of its own stands in the way of most, and what does not is worth a try.
      for (const asked of keys.flatMap((key, index) => ofOwn(key, index)))
        now = tryChange(now, channel, event, asked) ?? now
    }
  }
  return { now, made, refused }
}

/** What is asked of a field that people wrote. */
function ofOwn(key: string, index: number): readonly Asked[] {
  const types = ['any', 'str|null', 'float?', 'str', 'str?', 'dict|null']
  return [
    ...types.map((_, turn) => ({ setType: [`${key}:${types[(index + turn) % types.length]}`] })),
    index % 2 === 0 ? { rename: [`${key}:own_${index}`] } : { remove: [key] },
    { remove: [`own_${index}`] },
  ]
}

function tryChange(...args: Parameters<typeof change>): Opened | undefined {
  const next = refusing(() => change(...args))
  return next instanceof Failure || next.plan.isBlocked ? undefined : next
}

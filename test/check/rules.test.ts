import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RULE_IDS } from '../../src/rules/catalogue.js'
import { BY_EFFECT } from '../../src/rules/effects.js'
import { RULES } from '../../src/rules/registry.js'
import { checkEvents } from '../support/check.js'
import { open, project, readFixture } from '../support/fixtures.js'
import { applySplices, readSplices } from '../support/splices.js'

const folder = join(project, 'docs', 'rules')

test('every rule has a page and a file of its name, and every page a rule', () => {
  const ids = RULES.map((one) => one.id).toSorted()
  expect(new Set(ids).size).toBe(ids.length)
  expect(readdirSync(folder).toSorted()).toEqual(RULE_IDS.map((id) => `${id}.md`))
  const files = readdirSync(join(project, 'src', 'rules'))
  for (const id of ids) expect(files).toContain(`${id}.ts`)
})

test('every rule has its place by effect', () => {
  expect(RULE_IDS.filter((id) => !BY_EFFECT.includes(id))).toEqual([])
  expect(new Set(BY_EFFECT).size).toBe(BY_EFFECT.length)
})

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  // Read by each test, so that a page that is missing fails its own tests and no others.
  const read = (): string => readFileSync(join(folder, `${id}.md`), 'utf8')

  test('is named after the defect, in kebab case, and says in one sentence what it checks', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/)
    expect(rule.title).toMatch(/^[A-Z`].*\.$/)
    const page = read()
    expect(page.startsWith(`# ${id}\n\n${rule.title}\n`)).toBe(true)
    expect(page.match(/^## .*/gm)).toEqual(['## Why it matters', '## Bad', '## Good', '## How to fix'])
  })

  test('finds the bad example and nothing else', async () => {
    expect(await findNew(read(), 'Bad')).toEqual([id])
  })

  test('finds nothing in the good example', async () => {
    expect(await findNew(read(), 'Good')).toEqual([])
  })
})

/** The rules of what is found in the fixture with the examples of a section, and not without. */
async function findNew(page: string, section: string): Promise<string[]> {
  const texts = readFixture('cachibot')
  const splices = readSplices(page, section)
  expect(splices.length).toBeGreaterThan(0)
  const known = await fingerprints(texts)
  return [...(await fingerprints(applySplices(texts, splices)))]
    .filter(([print]) => !known.has(print))
    .map(([, rule]) => rule)
}

async function fingerprints(texts: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const { repository, layout } = await open(texts)
  const { findings } = checkEvents(repository, layout, {})
  return new Map(
    findings.map((one) => [JSON.stringify([one.rule, one.event, one.subject, one.place.file]), one.rule]),
  )
}

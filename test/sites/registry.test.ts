import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildChecklist } from '../../src/engine/checklist.js'
import { SITE_IDS, SITES } from '../../src/sites/registry.js'
import { siteKey } from '../../src/sites/site.js'
import { FIXTURES, open, project, readFixture } from '../support/fixtures.js'

const keys = SITES.map(siteKey)

test('every id has a site, every site an id, and every key is one', () => {
  expect(new Set(SITES.map((site) => site.id))).toEqual(new Set(SITE_IDS))
  expect(new Set(keys).size).toBe(keys.length)
})

test('sites of one id have one column, and every column a letter of its own', () => {
  const columns = SITES.map(({ id, listed }) => JSON.stringify([id, listed.letter, listed.column]))
  expect(new Set(columns).size).toBe(SITE_IDS.length)
  expect(new Set(SITES.map((site) => site.listed.letter)).size).toBe(SITE_IDS.length)
})

test('every item of the checklist has one main site', () => {
  const items = new Set(SITES.map((site) => site.listed.item))
  const main = SITES.filter((site) => site.listed.isMain).map((site) => site.listed.item)
  expect(main.toSorted()).toEqual([...items].toSorted())
})

test('a keyed site that has one direction makes its messages, or takes them', () => {
  for (const { linked, direction, role } of SITES)
    if (linked === undefined) expect(role === 'declares').toBe(direction === undefined)
})

describe.each(SITES.map((site) => [siteKey(site), site] as const))('%s', (key, site) => {
  test('has a template of its own', () => {
    expect(existsSync(join(project, 'templates', `${site.template}.hbs`))).toBe(true)
    expect(SITES.filter((other) => other.template === site.template)).toEqual([site])
  })

  test('needs only sites that there are', () => {
    for (const need of site.needs) expect(keys).toContain(need)
  })

  test.each(FIXTURES)('has a golden for %s', (fixture) => {
    expect(existsSync(join(project, 'test', 'goldens', fixture, `${key.replace('/', '-')}.diff`))).toBe(true)
  })

  test('fills an item of the checklist', async () => {
    const { layout } = await open(readFixture('reference'))
    const channel = layout.channels[0]
    if (channel === undefined) throw new Error('no channel')
    const items = buildChecklist(channel, [{ site: site.id, event: 'seat_taken', status: 'blocked' }])
    expect(items.filter((item) => item.status === 'blocked')).toHaveLength(1)
  })
})

test("every template is a site's or a new file's, flush left and indented with tabs", () => {
  const templates = [...SITES.map((site) => site.template), 'ts-store']
    .map((name) => `${name}.hbs`)
    .toSorted()
  expect(readdirSync(join(project, 'templates')).toSorted()).toEqual(templates)
  for (const name of templates)
    expect(readFileSync(join(project, 'templates', name), 'utf8')).not.toMatch(/^ /m)
})

test("no file of the project names a person's machine", () => {
  for (const name of readdirSync(join(project, 'docs'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.md')) continue
    expect(readFileSync(join(project, 'docs', name), 'utf8')).not.toMatch(/\/(home|root|work|tmp)\//)
  }
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SITE_IDS, SITES } from '../src/sites/registry.js'
import { siteKey } from '../src/sites/site.js'
import { FIXTURES, project } from './support/fixtures.js'

const page = readFileSync(join(project, 'docs', 'add-a-site.md'), 'utf8')
const steps = page.split(/^(?=\d+\. )/m).slice(1)
const read = (path: string): string => readFileSync(join(project, path), 'utf8')

test('the steps are numbered without a gap, and name only what there is', () => {
  expect(steps.map((step) => Number.parseInt(step, 10))).toEqual(steps.map((_, index) => index + 1))
  for (const [, path = ''] of page.matchAll(/`((?:src|test|docs|templates)\/[\w./-]+\w)`/g))
    expect([path, existsSync(join(project, path))]).toEqual([path, true])
  for (const [, variable = ''] of page.matchAll(/([A-Z]+_[A-Z]+)=1/g))
    expect(read('test/goldens.test.ts')).toContain(variable)
})

// Every site was added by these steps: what one of them asks for is there for each.
describe.each(SITES.map((site) => [siteKey(site), site] as const))('following them for %s', (key, site) => {
  const modules = readdirSync(join(project, 'src/sites')).filter((file) => file.endsWith('.ts'))
  const module =
    modules.find((file) => file === `${site.id}.ts`) ??
    modules.find((file) => site.id.startsWith(file.replace('.ts', '')))

  test('1. it is named in SITE_IDS', () => {
    expect(SITE_IDS).toContain(site.id)
    expect(steps[0]).toContain('SITE_IDS')
  })

  test('2. its module has an example on top, and what the step lists', () => {
    expect(module).toBeDefined()
    expect(read(`src/sites/${module}`)).toMatch(/\/\*\*[\s\S]*?```|\/\*\*[\s\S]*?\n \* {3,}/)
    const listed = [...(steps[1] ?? '').matchAll(/^ {3}- `(\w+)`/gm)].map((found) => found[1] ?? '')
    expect(listed).toEqual(expect.arrayContaining(['direction', 'survey', 'anchor', 'view', 'findTaken']))
    for (const part of listed.filter((one) => one !== 'direction')) expect(Object.keys(site)).toContain(part)
  })

  test('3. its template is there', () => {
    expect(existsSync(join(project, 'templates', `${site.template}.hbs`))).toBe(true)
  })

  test('4. it stands behind the sites whose names it writes, or they are planned with it', () => {
    expect(site.needs.every((need) => SITES.some((one) => siteKey(one) === need))).toBe(true)
    expect(read('src/engine/checklist.ts')).toContain(`'${site.id}'`)
  })

  test.each(FIXTURES)('5. its golden for %s is there', (fixture) => {
    expect(existsSync(join(project, 'test/goldens', fixture, `${key.replace('/', '-')}.diff`))).toBe(true)
  })
})

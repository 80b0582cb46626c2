import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RULES } from '../../src/rules/registry.js'
import { project } from '../support/fixtures.js'
import { readSplices } from '../support/splices.js'

const read = (path: string): string => readFileSync(join(project, path), 'utf8')
const page = read('docs/add-a-rule.md')
const steps = page.split(/^(?=\d+\. )/m).slice(1)

test('the steps are numbered without a gap, and name only what there is', () => {
  expect(steps.map((step) => Number.parseInt(step, 10))).toEqual(steps.map((_, index) => index + 1))
  for (const [, path = ''] of page.matchAll(/`((?:src|test|docs|fixtures)\/[\w./-]+\w)`/g))
    expect([path, existsSync(join(project, path))]).toEqual([path, true])
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  for (const [, script = ''] of page.matchAll(/`npm run (\w+)`/g))
    expect(Object.keys(scripts)).toContain(script)
})

test('step 2 lists every part of a rule', () => {
  const listed = [...(steps[1] ?? '').matchAll(/^ {3}- `(\w+)`/gm)].map((found) => found[1])
  expect(['id', ...listed]).toEqual(Object.keys(RULES[0] ?? {}))
})

test('step 6: mutants seed drift of every kind', () => {
  expect(readdirSync(join(project, 'test/mutants')).length).toBeGreaterThan(1)
})

// Every rule was added by these steps: what one of them asks for is there for each.
describe.each(RULES)('following them for $id', ({ id, kind, severity, title }) => {
  const camel = id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

  test('1. and 2. its module is named like it, and has a sentence on top', () => {
    expect(read(`src/rules/${id}.ts`)).toMatch(new RegExp(`\\*/\\nexport const ${camel}: Rule = \\{`))
    for (const word of [kind, severity]) expect(steps[1]).toContain(`\`${word}\``)
  })

  test('3. it stands in the registry once', () => {
    expect(read('src/rules/registry.ts').match(new RegExp(`^  ${camel},$`, 'gm'))).toHaveLength(1)
  })

  test('4. its page has examples of the fixture the step names', () => {
    const text = read(`docs/rules/${id}.md`)
    expect(text.startsWith(`# ${id}\n\n${title}\n`)).toBe(true)
    for (const heading of text.match(/^## .*/gm) ?? []) expect(steps[3]).toContain(`\`${heading.slice(3)}\``)
    for (const { path } of [...readSplices(text, 'Bad'), ...readSplices(text, 'Good')])
      expect([path, existsSync(join(project, 'fixtures/cachibot', path))]).toEqual([path, true])
  })

  test('5. a config may name it', () => {
    expect(read('schemas/config.schema.json')).toContain(`"${id}"`)
  })
})

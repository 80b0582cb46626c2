import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { explainSchema } from '../../src/report/schemas.js'
import { CATALOGUE, RULE_IDS } from '../../src/rules/catalogue.js'
import { cachibotWs } from '../support/checkout.js'
import { project } from '../support/fixtures.js'
import { schemaErrors } from '../support/schemas.js'

const explain = (...args: string[]) => cachibotWs(['explain', ...args], { cwd: '/' })
const HEADINGS = ['## Why it matters', '## Bad', '## Good', '## How to fix']

describe.each(CATALOGUE)('$id', ({ id, severity, title }) => {
  test('has a page that begins with its title, and the headings that all have', () => {
    const page = readFileSync(join(project, 'docs', 'rules', `${id}.md`), 'utf8')
    expect(page.startsWith(`# ${id}\n\n${title}\n`)).toBe(true)
    expect(page.match(/^## .*/gm)).toEqual(HEADINGS)
    expect(page.split('```').length % 2).toBe(1)
  })

  test('is explained in a terminal without the marks of Markdown', async () => {
    const { exitCode, stdout, stderr } = await explain(id)
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout.startsWith(`${id} (${severity})\n`)).toBe(true)
    expect(stdout).not.toMatch(/^```|^#+ /m)
    expect(stdout).not.toContain('\u001b')
    for (const heading of HEADINGS) expect(stdout).toContain(`\n${heading.slice(3)}\n`)
  })
})

test('without a rule it lists all of them', async () => {
  const { stdout } = await explain()
  for (const { id, severity, title } of CATALOGUE)
    expect(stdout.split('\n').find((line) => line.startsWith(`${id} `))).toMatch(
      new RegExp(`^${id} +${severity} +${title.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&')}$`),
    )
})

test('an unknown rule is exit 2 with what it may mean', async () => {
  const { exitCode, stdout, stderr } = await explain('unused-supression')
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toContain('did you mean `unused-suppression`?')
  expect((await explain('../../README')).exitCode).toBe(2)
})

test('--json holds the pages', async () => {
  const all: unknown = JSON.parse((await explain('--json')).stdout)
  expect(schemaErrors('explain', all)).toEqual([])
  expect(explainSchema.parse(all).rules.map((rule) => rule.id)).toEqual(RULE_IDS)
  const one: unknown = JSON.parse((await explain('unread-file', '--json')).stdout)
  expect(explainSchema.parse(one).rules).toEqual([
    expect.objectContaining({ id: 'unread-file', page: expect.stringContaining('# unread-file') }),
  ])
  const unknown: unknown = JSON.parse((await explain('nothing', '--json')).stdout)
  expect(schemaErrors('run', unknown)).toEqual([])
})

test('colour where it is wanted', async () => {
  const { stdout } = await explain('unread-file', '--color')
  expect(stdout).toContain('\u001b[1munread-file\u001b[22m')
})

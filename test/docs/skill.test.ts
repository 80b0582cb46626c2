import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { EXIT_CODES } from '../../src/cli/exit-codes.js'
import { GLOBAL_OPTIONS } from '../../src/cli/global-options.js'
import { copyFixture } from '../support/checkout.js'
import { commandLines, runLine } from '../support/command-lines.js'
import { project } from '../support/fixtures.js'

const NAME = 'cachibot-websocket-event'
const text = readFileSync(join(project, 'skills', NAME, 'SKILL.md'), 'utf8')
const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? []

test('has the frontmatter that agentskills.io asks for, and fits what an agent reads at once', () => {
  const frontmatter = parse(head) as Record<string, unknown>
  expect(Object.keys(frontmatter)).toEqual(expect.arrayContaining(['name', 'description']))
  const allowed = ['name', 'description', 'license', 'compatibility', 'metadata', 'allowed-tools']
  expect(Object.keys(frontmatter).filter((key) => !allowed.includes(key))).toEqual([])
  expect(frontmatter['name']).toBe(NAME)
  expect(NAME).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  expect(NAME.length).toBeLessThanOrEqual(64)
  expect(String(frontmatter['description']).length).toBeLessThanOrEqual(1024)
  expect(String(frontmatter['compatibility']).length).toBeLessThanOrEqual(500)
  expect(text.split('\n').length).toBeLessThan(120)
})

test('every command line of it runs, one after the other, on a checkout', () => {
  const cwd = copyFixture('cachibot')
  const lines = commandLines(body)
  expect(lines.length).toBeGreaterThan(4)
  for (const line of lines) expect([line, runLine(line, cwd).status]).toEqual([line, 0])
})

test('every flag and exit code in it exists', () => {
  const known = [...GLOBAL_OPTIONS, ...COMMANDS.flatMap((one) => one.options)].flatMap((one) =>
    one.flags.split(/[ ,]+/).filter((word) => word.startsWith('-')),
  )
  const flags = new Set(body.match(/(?<![\w-])--[a-z][a-z-]+/g))
  for (const flag of flags) expect([...known, '--help']).toContain(flag)
  const codes = [...body.matchAll(/^\| (\d+) +\|/gm)].map((found) => found[1])
  expect(codes.length).toBeGreaterThan(4)
  for (const code of codes) expect(Object.keys(EXIT_CODES)).toContain(code)
})

test('the package ships it', () => {
  const { files } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { files: string[] }
  expect(files).toContain('skills')
  expect(existsSync(join(project, 'skills', NAME, 'SKILL.md'))).toBe(true)
})

import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { project } from '../support/fixtures.js'

const clone = mkdtempSync(join(tmpdir(), 'build-'))
afterAll(() => rmSync(clone, { recursive: true, force: true }))
for (const part of ['bin', 'docs', 'scripts', 'src', 'package.json'])
  cpSync(join(project, part), join(clone, part), { recursive: true })
symlinkSync(join(project, 'node_modules'), join(clone, 'node_modules'))
const dist = join(clone, 'dist')

interface Ran {
  readonly code: number | null
  readonly output: string
}

function run(...args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, args, { cwd: clone })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}

const build = () => run(join('scripts', 'build.mjs'))
const explain = () => run(join('bin', 'cachibot-ws.js'), 'explain', 'missing-case')

test('builds at the same time leave one build, and no program misses a file', async () => {
  expect(await build()).toEqual({ code: 0, output: '' })
  const first = await explain()
  expect(first.code).toBe(0)
  const before = readdirSync(dist).toSorted()
  // The second build is of another program.
  const help = join(clone, 'src', 'cli', 'exit-codes.ts')
  writeFileSync(
    help,
    "export const EXIT_CODES = { 0: 'another' } as const\nexport const EXIT_WORDS = EXIT_CODES\n",
  )
  let isBuilding = true
  const builds = Promise.all([build(), build()]).finally(() => {
    isBuilding = false
  })
  let runs = 0
  while (isBuilding) {
    expect(await explain()).toEqual(first)
    runs++
  }
  expect(runs).toBeGreaterThan(2)
  expect((await builds).map(({ code }) => code)).toEqual([0, 0])
  const after = readdirSync(dist)
  expect(after).toEqual(expect.arrayContaining(before))
  expect((await run(join('bin', 'cachibot-ws.js'), '--help')).output).toContain('another')
  expect(readdirSync(clone).filter((name) => name.startsWith('dist'))).toEqual(['dist'])

  for (const name of after) utimesSync(join(dist, name), new Date(0), new Date(0))
  expect((await build()).code).toBe(0)
  expect(readdirSync(dist).length).toBe(before.length)
})

test('a build that fails leaves what was built', async () => {
  expect((await build()).code).toBe(0)
  const before = readdirSync(dist).toSorted()
  writeFileSync(join(clone, 'src', 'cli', 'main.ts'), 'export function (\n')
  expect((await build()).code).not.toBe(0)
  expect(readdirSync(dist).toSorted()).toEqual(before)
  expect(readdirSync(clone).filter((name) => name.startsWith('dist'))).toEqual(['dist'])
  expect((await explain()).code).toBe(0)
})

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { copyFixture, git, snapshot } from './support/checkout.js'
import { project } from './support/fixtures.js'

const readme = readFileSync(join(project, 'README.md'), 'utf8')

/** The block of the README whose first line names a file. */
function block(file: string): string {
  const found = new RegExp(`\`\`\`yaml\\n# ${file.replaceAll('.', '\\.')}\\n([\\s\\S]*?)\`\`\``).exec(readme)
  if (found?.[1] === undefined) throw new Error(`the README has no ${file}`)
  return found[1]
}

/** A checkout in which `npx cachibot-ws` is this project, as after an install. */
function checkout(): string {
  const cwd = copyFixture('cachibot')
  mkdirSync(join(cwd, 'node_modules', '.bin'), { recursive: true })
  symlinkSync(project, join(cwd, 'node_modules', 'cachibot-ws'))
  symlinkSync('../cachibot-ws/bin/cachibot-ws.js', join(cwd, 'node_modules', '.bin', 'cachibot-ws'))
  return cwd
}

const drop = (cwd: string): void => {
  const hook = join(cwd, 'frontend/src/hooks/useWebSocket.ts')
  writeFileSync(hook, readFileSync(hook, 'utf8').replace(/case 'usage'/, "case 'usages'"))
}

test('the job of the README runs check, passes on a clean checkout, and fails on drift with annotations', () => {
  const text = block('.github/workflows/events.yml')
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(10)
  const workflow = parse(text) as {
    on: string[]
    jobs: Record<string, { 'runs-on': string; steps: { uses?: string; run?: string }[] }>
  }
  expect(workflow.on).toContain('pull_request')
  const [job] = Object.values(workflow.jobs)
  expect(job?.steps[0]?.uses).toMatch(/^actions\/checkout@/)
  const commands = (job?.steps ?? []).flatMap((step) => step.run ?? [])
  expect(commands).toHaveLength(1)
  const cwd = checkout()
  const summary = join(cwd, '..', 'summary.md')
  const env = { ...process.env, CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }
  const run = () => spawnSync('bash', ['-e', '-c', commands[0] ?? ''], { cwd, encoding: 'utf8', env })
  const before = snapshot(cwd)
  expect(run()).toMatchObject({ status: 0 })
  expect(snapshot(cwd)).toEqual(before)
  drop(cwd)
  const failed = run()
  expect(failed.status).toBe(1)
  expect(failed.stdout).toMatch(/^::error file=\S+,line=\d+,col=\d+,title=[a-z-]+::.*usage/m)
  expect(readFileSync(summary, 'utf8').match(/^### cachibot-ws check$/gm)).toHaveLength(2)
})

test('the hook runs check on the whole checkout when a file of either side changes', () => {
  const [hook, ...others] = parse(readFileSync(join(project, '.pre-commit-hooks.yaml'), 'utf8')) as {
    id: string
    entry: string
    language: string
    files: string
    pass_filenames: boolean
  }[]
  expect(others).toEqual([])
  expect(hook).toMatchObject({ language: 'system', pass_filenames: false })
  const files = new RegExp(hook?.files ?? '')
  for (const file of ['cachibot/api/websocket.py', 'frontend/src/a.ts', 'frontend/src/A.tsx'])
    expect(file).toMatch(files)
  for (const file of ['README.md', 'a.pyc', 'styles.css']) expect(file).not.toMatch(files)
  const config = parse(block('.pre-commit-config.yaml')) as { repos: { hooks: { id: string }[] }[] }
  expect(config.repos[0]?.hooks).toEqual([{ id: hook?.id }])
  const cwd = checkout()
  const run = () => spawnSync('bash', ['-c', hook?.entry ?? ''], { cwd, encoding: 'utf8' })
  expect(run().status).toBe(0)
  drop(cwd)
  expect(run()).toMatchObject({ status: 1 })
})

test('a commit with drift is stopped by the entry of the hook', () => {
  const cwd = checkout()
  git(cwd, 'init', '-q')
  writeFileSync(join(cwd, '.git', 'info', 'exclude'), 'node_modules\n')
  const hook = join(cwd, '.git', 'hooks', 'pre-commit')
  mkdirSync(join(hook, '..'), { recursive: true })
  writeFileSync(hook, '#!/bin/sh\nexec node_modules/.bin/cachibot-ws check --quiet\n', { mode: 0o755 })
  git(cwd, 'add', '-A')
  git(cwd, 'commit', '-qm', 'Open the house')
  drop(cwd)
  git(cwd, 'add', '-A')
  expect(() => execFileSync('git', ['-C', cwd, 'commit', '-qm', 'Drop usage'], { stdio: 'pipe' })).toThrow(
    /error +missing-case|error +unknown-event|usage/,
  )
})

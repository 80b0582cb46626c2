import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { copyFixture, git, snapshot } from '../support/checkout.js'
import { project } from '../support/fixtures.js'
import { bin } from '../support/terminal.js'

const pages = ['README.md', 'docs/guide.md']
  .map((page) => readFileSync(join(project, page), 'utf8'))
  .join('\n')

/** The block of the README, or of the guide, whose first line names a file. */
function block(file: string): string {
  const found = new RegExp(`\`\`\`yaml\\n# ${file.replaceAll('.', '\\.')}\\n([\\s\\S]*?)\`\`\``).exec(pages)
  if (found?.[1] === undefined) throw new Error(`neither has ${file}`)
  return found[1]
}

const drop = (cwd: string): void => {
  const hook = join(cwd, 'frontend/src/hooks/useWebSocket.ts')
  writeFileSync(hook, readFileSync(hook, 'utf8').replace(/case 'usage'/, "case 'usages'"))
}

interface Action {
  readonly inputs: Record<string, { readonly default: string }>
  readonly runs: {
    readonly using: string
    readonly steps: readonly {
      readonly uses?: string
      readonly run?: string
      readonly shell?: string
      readonly env?: Record<string, string>
      readonly 'working-directory'?: string
    }[]
  }
}

test('the job of the README runs the action of this repository, with a token that only reads', () => {
  const text = block('.github/workflows/events.yml')
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(10)
  const workflow = parse(text) as {
    on: string[]
    permissions: object
    jobs: Record<string, { steps: { uses?: string; run?: string }[] }>
  }
  expect(workflow.on).toContain('pull_request')
  expect(workflow.permissions).toEqual({ contents: 'read' })
  const [job] = Object.values(workflow.jobs)
  expect(job?.steps[0]?.uses).toMatch(/^actions\/checkout@/)
  expect(job?.steps.map(({ uses }) => uses?.split('@')[0])).toEqual(['actions/checkout', 'owner/cachibot-ws'])
})

test('the steps of the action pass on a clean checkout, and fail on drift with annotations and a summary', () => {
  const { inputs, runs } = parse(readFileSync(join(project, 'action.yml'), 'utf8')) as Action
  expect(runs.using).toBe('composite')
  const cwd = copyFixture('cachibot')
  const summary = join(cwd, '..', 'summary.md')
  const expressions: Record<string, string> = {
    'github.action_path': project,
    'inputs.working-directory': '.',
    'inputs.fail-on': inputs['fail-on']?.default ?? '?',
  }
  const scripts = runs.steps.filter(({ run }) => run !== undefined)
  for (const { run, shell } of scripts) {
    expect(run).not.toContain('{{')
    expect(shell).toBe('bash')
  }
  const check = scripts.at(-1)
  const evaluate = (text = ''): string =>
    text.replace(/\$\{\{ (.+?) \}\}/g, (_, name: string) => expressions[name] ?? `?${name}`)
  const run = () => {
    const own = Object.entries(check?.env ?? {}).map(([name, value]) => [name, evaluate(value)])
    const env = { ...process.env, CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }
    return spawnSync('bash', ['-e', '-o', 'pipefail', '-c', check?.run ?? ''], {
      cwd: join(cwd, evaluate(check?.['working-directory'])),
      encoding: 'utf8',
      env: { ...env, ...Object.fromEntries(own) },
    })
  }
  const before = snapshot(cwd)
  expect(run()).toMatchObject({ status: 0 })
  expect(snapshot(cwd)).toEqual(before)
  drop(cwd)
  const failed = run()
  expect(failed.status).toBe(1)
  expect(failed.stdout).toMatch(/^::error file=\S+,line=\d+,col=\d+,title=[a-z-]+::.*usage/m)
  expect(readFileSync(summary, 'utf8').match(/^### cachibot-ws check$/gm)).toHaveLength(2)
  expressions['inputs.fail-on'] = 'error; touch pwned'
  expect(run().status).toBe(2)
  expect(existsSync(join(cwd, 'pwned'))).toBe(false)
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
  expect(hook).toMatchObject({ language: 'script', pass_filenames: false })
  const files = new RegExp(hook?.files ?? '')
  for (const file of ['cachibot/api/websocket.py', 'frontend/src/a.ts', 'frontend/src/A.tsx'])
    expect(file).toMatch(files)
  for (const file of ['README.md', 'a.pyc', 'styles.css']) expect(file).not.toMatch(files)
  const config = parse(block('.pre-commit-config.yaml')) as { repos: { hooks: { id: string }[] }[] }
  expect(config.repos[0]?.hooks).toEqual([{ id: hook?.id }])
  const cwd = copyFixture('cachibot')
  const run = () => spawnSync(join(hookClone(), hook?.entry ?? ''), [], { cwd, encoding: 'utf8' })
  expect(run()).toMatchObject({ status: 0, stderr: '' })
  drop(cwd)
  expect(run()).toMatchObject({ status: 1 })
})

test('hooks that start at the same time build once', async () => {
  const clone = hookClone()
  const script = join(clone, 'scripts', 'pre-commit-hook.mjs')
  const cwd = copyFixture('cachibot')
  const started = [1, 2, 3].map(
    () => new Promise((done) => spawn(script, [], { cwd, stdio: 'ignore' }).on('exit', done)),
  )
  expect(await Promise.all(started)).toEqual([0, 0, 0])
  expect(readFileSync(join(clone, 'builds'), 'utf8')).toBe('built\n')
  expect(readdirSync(clone).filter((name) => name.startsWith('.cachibot-ws-building'))).toEqual([])
})

test('a hook that was killed while it built holds nobody up; one that cannot be built says why', () => {
  const clone = hookClone()
  writeFileSync(join(clone, '.cachibot-ws-building'), String(spawnSync('true').pid))
  const run = () =>
    spawnSync(join(clone, 'scripts', 'pre-commit-hook.mjs'), [], {
      cwd: copyFixture('cachibot'),
      encoding: 'utf8',
    })
  expect(run().status).toBe(0)
  rmSync(join(clone, 'node_modules'), { recursive: true })
  writeFileSync(join(clone, 'scripts', 'prepare.mjs'), "throw new Error('no registry')")
  const failed = run()
  expect(failed.status).toBe(5)
  expect(failed.stderr).toContain('no registry')
  expect(existsSync(join(clone, '.cachibot-ws-building'))).toBe(false)
})

/** A clone as pre-commit makes one, whose build is a copy of this project's. */
function hookClone(): string {
  const clone = mkdtempSync(join(tmpdir(), 'cachibot-ws-hook-'))
  onTestFinished(() => rmSync(clone, { recursive: true, force: true }))
  for (const part of ['bin', 'scripts', 'templates', 'schemas', 'setup', 'package.json'])
    cpSync(join(project, part), join(clone, part), { recursive: true })
  writeFileSync(
    join(clone, 'scripts', 'prepare.mjs'),
    `import { appendFileSync, cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
     appendFileSync('builds', 'built\\n')
     cpSync(${JSON.stringify(join(project, 'dist'))}, 'dist', { recursive: true })
     mkdirSync('node_modules')
     for (const name of readdirSync(${JSON.stringify(join(project, 'node_modules'))}))
       symlinkSync(${JSON.stringify(join(project, 'node_modules'))} + '/' + name, 'node_modules/' + name)`,
  )
  return clone
}

test('a commit with drift is stopped by the entry of the hook', () => {
  const cwd = copyFixture('cachibot')
  git(cwd, 'init', '-q')
  const hook = join(cwd, '.git', 'hooks', 'pre-commit')
  mkdirSync(join(hook, '..'), { recursive: true })
  writeFileSync(hook, `#!/bin/sh\nexec "${process.execPath}" "${bin}" check --quiet\n`, { mode: 0o755 })
  git(cwd, 'add', '-A')
  git(cwd, 'commit', '-qm', 'Open the house')
  drop(cwd)
  git(cwd, 'add', '-A')
  expect(() => execFileSync('git', ['-C', cwd, 'commit', '-qm', 'Drop usage'], { stdio: 'pipe' })).toThrow(
    /error +missing-case|error +unknown-event|usage/,
  )
})

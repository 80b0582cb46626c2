import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openCache } from '../../src/cache/cache.js'
import { MOST_USES, parseEntry, printEntry } from '../../src/start/entry.js'
import { project } from '../support/fixtures.js'

const bin = join(project, 'bin', 'cachibot-ws.js')
const cwd = join(project, 'fixtures', 'cachibot')

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'start-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** So that the engine and the parsers are needed again. */
function forgetResults(env: { readonly XDG_CACHE_HOME: string }): void {
  for (const kind of ['answers', 'trees'])
    rmSync(join(env.XDG_CACHE_HOME, 'cachibot-ws', kind), { recursive: true, force: true })
}

function run(args: readonly string[], env: Record<string, string>, at = cwd): string {
  const ran = spawnSync(process.execPath, [bin, ...args], {
    cwd: at,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 26,
  })
  return `${ran.status}\n${ran.stdout}\n${ran.stderr}`
}

describe('only what a command needs is loaded:', () => {
  /** Says which chunks a run has loaded. */
  function chunksOf(args: readonly string[], env: Record<string, string> = {}): string[] {
    const folder = temporary()
    const [preload, out] = [join(folder, 'preload.cjs'), join(folder, 'out')]
    writeFileSync(
      preload,
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(out)}, Object.keys(require.cache).join('\\n')))`,
    )
    run(args, { ...env, NODE_OPTIONS: `--require ${preload}` })
    const names = readFileSync(out, 'utf8').match(/(?<=[\\/]dist[\\/])\S+/g) ?? []
    return names.map((name) => name.replace(/-[\w-]{8}\.cjs$/, '.cjs')).toSorted()
  }
  const SMALL = ['program.cjs', 'start.cjs']

  test.each([
    [['--help'], SMALL],
    [['check', '--help'], SMALL],
    [['--version'], SMALL],
    [['__complete', 'check', '--fo'], SMALL],
    [['__complete', 'ad'], SMALL],
    [
      ['completion', 'bash'],
      ['engine.cjs', 'program.cjs', 'question.cjs', 'start.cjs'],
    ],
  ])('%j', (args, chunks) => {
    expect(chunksOf(args)).toEqual(chunks)
  })

  test('what was said before is said again by the program alone', () => {
    const env = { XDG_CACHE_HOME: temporary() }
    for (const args of [['check'], ['list', '--json'], ['__complete', 'check', 't']]) {
      expect(chunksOf(args, env)).toContain('engine.cjs')
      expect(chunksOf(args, env)).toEqual(SMALL)
      expect(run(args, env)).toBe(run(args, { CACHIBOT_WS_CACHE: '0' }))
    }
  })

  test('and the chunk that prints help is small', () => {
    const [newest] = readdirSync(join(project, 'dist'))
      .filter((name) => name.startsWith('program-'))
      .map((name) => statSync(join(project, 'dist', name)))
      .toSorted((a, b) => b.mtimeMs - a.mtimeMs)
    expect(newest?.size).toBeLessThan(150_000)
  })
})

describe('what is compiled is kept, and changes no byte of an answer:', () => {
  const COMMANDS: readonly (readonly string[])[] = [
    ['--help'],
    ['--help', '--json'],
    ['nonsense'],
    ['list'],
    ['check', '--json'],
    ['check', '--format', 'sarif'],
    ['info'],
    ['explain', 'missing-case'],
    ['add-event', 'seat_taken', '-f', 'seat_id:str', '--dry-run'],
    ['remove-event', 'usage', '--dry-run'],
    ['init', '--all', '--from', 'github:owner/cachibot-ws', '--dry-run'],
    ['completion', 'zsh'],
    ['__complete', 'check', ''],
  ]
  const without = new Map(COMMANDS.map((args) => [args, run(args, { CACHIBOT_WS_CACHE: '0' })]))

  test('with none, one that is filled, and one that is full', () => {
    const env = { XDG_CACHE_HOME: temporary() }
    for (let round = 0; round < 2; round++)
      for (const args of COMMANDS) expect(run(args, env)).toBe(without.get(args))
    const kept = readdirSync(join(env.XDG_CACHE_HOME, 'cachibot-ws', 'code'))
    // Only of what is named after what is in it: V8 would take the code of one text for another one as long.
    expect(kept.map((name) => name.replace(/-[\w-]{8}\.cjs-v.*/, '')).toSorted()).toEqual([
      'engine',
      'program',
      'question',
      'typescript',
    ])
  })

  const damages: [string, (content: Buffer) => Buffer][] = [
    ['emptied', () => Buffer.alloc(0)],
    ['cut', (content) => content.subarray(0, content.length / 2)],
    [
      'one byte of it changed',
      (content) => {
        content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 255
        return content
      },
    ],
    ['zeros', (content) => content.fill(0)],
  ]
  test.each(damages)('where every entry is %s', (_, damage) => {
    const env = { XDG_CACHE_HOME: temporary() }
    const args = ['list']
    run(args, env)
    const folder = join(env.XDG_CACHE_HOME, 'cachibot-ws', 'code')
    for (const name of readdirSync(folder))
      writeFileSync(join(folder, name), damage(readFileSync(join(folder, name))))
    forgetResults(env)
    expect(run(args, env)).toBe(without.get(COMMANDS[3] ?? []))
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeGreaterThan(500)
  })

  test('where what is kept is whole, and code of no V8', () => {
    const env = { XDG_CACHE_HOME: temporary() }
    run(['list'], env)
    const folder = join(env.XDG_CACHE_HOME, 'cachibot-ws')
    const cache = openCache('code', folder)
    for (const key of readdirSync(join(folder, 'code'))) {
      const { code, uses } = parseEntry(cache.read(key)) ?? { code: Buffer.alloc(0), uses: [] }
      expect(uses).toEqual(['list'])
      cache.write(key, printEntry({ code: Buffer.from(code).fill(0, 0, 64), uses }))
    }
    forgetResults(env)
    expect(run(['list'], env)).toBe(without.get(COMMANDS[3] ?? []))
    for (const key of readdirSync(join(folder, 'code')))
      expect(parseEntry(cache.read(key))?.code.subarray(0, 64)).not.toEqual(Buffer.alloc(64))
  })

  test('where its folder is in the way or closed', () => {
    const env = { XDG_CACHE_HOME: temporary() }
    writeFileSync(join(env.XDG_CACHE_HOME, 'cachibot-ws'), '')
    expect(run(['--help'], env)).toBe(without.get(COMMANDS[0] ?? []))
    const closed = join(env.XDG_CACHE_HOME, 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0o500)
    expect(run(['--help'], { XDG_CACHE_HOME: closed })).toBe(without.get(COMMANDS[0] ?? []))
  })

  test('by runs at the same time', () => {
    const env = { XDG_CACHE_HOME: temporary() }
    const script = `for i in 1 2 3 4; do "${process.execPath}" "${bin}" info & done; wait`
    const ran = spawnSync('bash', ['-c', script], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, ...env },
      maxBuffer: 1 << 26,
    })
    const [status, ...info] = run(['info'], env).split('\n')
    expect([status, ran.status, ran.stderr]).toEqual(['0', 0, ''])
    const once = info.join('\n').replace(/\n$/, '')
    expect(ran.stdout.length).toBe(4 * once.length)
  })

  test('once for each use, and not by a run that fails', () => {
    const env = { XDG_CACHE_HOME: temporary() }
    const folder = join(env.XDG_CACHE_HOME, 'cachibot-ws', 'code')
    const identities = () => readdirSync(folder).map((name) => statSync(join(folder, name)).ino)
    run(['add-event'], env)
    expect(readdirSync(env.XDG_CACHE_HOME)).toEqual([])
    run(['--help'], env)
    const first = identities()
    expect(first).toHaveLength(1)
    run(['--help'], env)
    run(['nonsense'], env)
    expect(identities()).toEqual(first)
    run(['--version'], env)
    expect(identities()).not.toEqual(first)
  })
})

test('an entry is read as it was written', () => {
  const uses = Array.from({ length: MOST_USES }, (_, index) => `check --flag-${index}`)
  const code = Buffer.from([1, 2, 3, 0, 255])
  expect(parseEntry(printEntry({ code, uses }))).toEqual({ code, uses })
  expect(parseEntry(undefined)).toBeUndefined()
})

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { World } from '../../src/cli/context.js'
import { createPainter } from '../../src/report/color.js'
import { showDiff } from '../../src/report/shown/diff.js'
import { shownOf } from '../../src/report/shown/shown.js'
import { shell } from '../../src/shell.js'
import { cachibotWs } from '../support/checkout.js'
import { project, readFixture } from '../support/fixtures.js'
import { HOSTILE } from '../support/hostile-texts.js'
import { MemoryDisk } from '../support/memory-disk.js'

const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u115f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\u{e0000}-\u{e01ef}\ud800-\udfff]|\ufe0f/u

/** What no output may hold: what is not seen, and lines that a runner takes for commands. */
function faultsOf(text: string, own = /^$/): string[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029\u0085]/)
    .filter((line) => UNSEEN.test(line) || (/^\s*::/.test(line) && !own.test(line)) || line.includes('##['))
}

const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
/** As it is, where it may stand in a comment or a string of source code. */
const raw = (text: string): string => text.replace(/[\n\r\u2028\u2029\u0085\0"\\]/g, ' ').replaceAll('*/', '')
const name = (text: string): string => text.replaceAll('/', ':').slice(0, 200)

/** A case for every second text, and here and there one for what nobody sends. */
function caseOf(text: string, at: number): string {
  const label = at % 2 === 0 ? text : at % 7 === 0 ? `${text}4` : undefined
  if (label === undefined) return ''
  return `case ${quoted(label)}: { const p = msg.payload as Evil${at}Payload; console.log(p[${quoted(`${text}2`)}]); break }\n`
}

/** A checkout that has every text in every place that can hold one. */
function hostileCheckout(isWhole: boolean): Map<string, string> {
  const texts = new Map(readFixture('reference'))
  const edit = (path: string, pattern: RegExp, make: (found: string) => string): void => {
    const text = texts.get(path) ?? ''
    expect(text, `${path} ${pattern}`).toMatch(pattern)
    texts.set(path, text.replace(pattern, make))
  }
  const each = (make: (text: string, index: number) => string): string => HOSTILE.map(make).join('')
  const models = 'src/cachibot/models/websocket.py'
  edit(
    models,
    /^ {4}CHAT = .*\n/m,
    (found) => found + each((text, at) => `    EVIL_${at} = ${quoted(text)}  # ${raw(text)}\n`),
  )
  edit(
    models,
    /^ {4}@classmethod\n/m,
    (found) =>
      each(
        (text, at) =>
          `    @classmethod\n    def evil_${at}(cls, x: str) -> "WSMessage":\n        ${quoted(text)}\n        return cls(type=WSMessageType.EVIL_${at}, payload={${quoted(text)}: x, "kind": ${quoted(text)}})\n\n`,
      ) + found,
  )
  const types =
    [...texts].find(([path, text]) => path.endsWith('.ts') && /WSMessageType\s*=/.test(text))?.[0] ?? ''
  edit(types, /WSMessageType\s*=/, (found) => `${found}${each((text) => ` | ${quoted(text)}\n`)}`)
  texts.set(
    types,
    `${texts.get(types)}\n${each((text, at) => `/** ${raw(text)} */\nexport interface Evil${at}Payload { ${quoted(`${text}2`)}: string; kind: ${quoted(`${text}3`)} }\n`)}`,
  )
  const hook =
    [...texts].find(([path, text]) => path.includes('/hooks/') && /switch \(/.test(text))?.[0] ?? ''
  edit(hook, /\n( *)case 'thinking'/, (found) => `\n${each((text, at) => caseOf(text, at))}${found}`)
  for (const [at, text] of HOSTILE.entries()) {
    const service = `import asyncio\nfrom cachibot.models.websocket import WSMessage, WSMessageType\n\n\nasync def send_it(manager):  # cachibot-ws: ignore[${raw(text)}] ${raw(text)}\n    await manager.send("x", WSMessage.evil_${at}(1))\n    await manager.send("x", WSMessage.gone_${at}("x"))\n    await manager.send("x", WSMessage(type=WSMessageType.EVIL_${at}, payload={"a": object()}))\n`
    texts.set(`src/cachibot/${name(text)}/${name(text)}.py`, service)
    // A file that does not parse silences the rules that would need it.
    if (!isWhole) texts.set(`src/cachibot/broken/${name(text)}.py`, 'WSMessage.thinking(\n')
    texts.set(
      `frontend/src/${name(text)}.ts`,
      `export const evil = (ws: WebSocket) => ws.send(JSON.stringify({ type: ${quoted(`${text}5`)}, payload: {} }))\n`,
    )
    texts.set(
      `frontend/src/stores/${name(text)}.ts`,
      `import { create } from 'zustand'\ninterface S { a: string }\nexport const useEvil${at}Store = create<S>(() => ({ a: ${quoted(text)} }))\n`,
    )
  }
  return texts
}

const checkout = hostileCheckout(true)
const brokenCheckout = hostileCheckout(false)
const run = (
  args: readonly string[],
  more: { env?: Record<string, string>; stdin?: string; texts?: ReadonlyMap<string, string> } = {},
) => {
  const disk = MemoryDisk.of('/checkout', more.texts ?? checkout)
  const { env = {}, stdin = '' } = more
  return cachibotWs(args, { cwd: '/checkout', env, stdin, disk }).then((ran) => ({ ...ran, disk }))
}

/** Every command that reads a checkout, in every form. */
const COMMANDS: readonly (readonly string[])[] = [
  ['check', '--verbose'],
  ['check', '--format', 'github', '--verbose'],
  ['check', '--format', 'sarif'],
  ['check', '--json'],
  ['list'],
  ['list', '--format', 'markdown'],
  ['list', '--json'],
  ['info', '--verbose'],
  ['info', '--json'],
  ['add-event', 'seat_taken', '-f', 'seat_id:str', '--verbose'],
  ['add-event', 'seat_taken', '-f', 'seat_id:str', '--json'],
  ['remove-event', 'thinking', '--force', '--verbose'],
  ['remove-event', HOSTILE[0] ?? '', '--verbose'],
  ['remove-event', 'nothing'],
  ['init', '--all'],
]

describe.each([
  ['whole', checkout],
  ['with files that do not parse', brokenCheckout],
])('a checkout that is hostile in every place, %s', (_, texts) => {
  test.each(COMMANDS)('%s %s %s', async (...args) => {
    const own = args.includes('github')
      ? /^::(error|warning|notice) (file=[^:,]*,)?(line=\d+,)?(col=\d+,)?title=[\w-]+::[^:]/
      : /^$/
    const { exitCode, stdout, stderr } = await run(args, { texts })
    expect([args, exitCode]).not.toEqual([args, 5])
    expect(faultsOf(stdout, own).slice(0, 3)).toEqual([])
    expect(faultsOf(stderr).slice(0, 3)).toEqual([])
    if (args.includes('--json') || args.includes('sarif')) JSON.parse(stdout)
  })
})

describe('what is hostile everywhere', () => {
  test('the texts are there: JSON gives each of them back', async () => {
    const { events } = JSON.parse((await run(['list', '--json'])).stdout) as { events: { name: string }[] }
    const names = events.map((one) => one.name)
    for (const text of HOSTILE.filter((one) => !/\ud800/.test(one))) expect(names).toContain(text)
  })

  test('the table in Markdown keeps its cells, and holds no HTML, link or mention', async () => {
    const { stdout } = await run(['list', '--format', 'markdown'])
    const rows = stdout.split('\n').filter((line) => line.startsWith('|'))
    expect(rows.length).toBeGreaterThan(HOSTILE.length)
    for (const row of rows) expect([row, row.split('|').length]).toEqual([row, 5])
    expectInert(rows)
  })

  test('so does the summary of a step', async () => {
    const { disk } = await run(['check', '--format', 'github'], {
      env: { GITHUB_STEP_SUMMARY: '/summary.md' },
    })
    const text = disk.snapshot().get('/summary.md') ?? ''
    const rows = text.split('\n').filter((line) => line.startsWith('|'))
    expect(rows.length).toBeGreaterThan(HOSTILE.length)
    for (const row of rows) expect([row, row.split('|').length]).toEqual([row, 6])
    expect(faultsOf(text)).toEqual([])
    expectInert(rows)
  })

  test('a command line that is shown does nothing but what it says', async () => {
    const { findings } = JSON.parse((await run(['check', '--json'])).stdout) as {
      findings: { fix: string }[]
    }
    const lines = findings.flatMap(
      ({ fix }) =>
        /(?:`cachibot-ws (add-event .*)`|cachibot-ws (add-event .*))$/s.exec(fix)?.slice(1).find(Boolean) ??
        [],
    )
    expect(lines.length).toBeGreaterThan(HOSTILE.length / 3)
    const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-shell-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    for (const line of [...lines, ...lines.map((one) => String(shownOf(one)))]) {
      if (line.includes('\0')) continue
      const words = execFileSync('sh', ['-c', `printf '%s\\1' ${line}`], {
        cwd: folder,
        encoding: 'utf8',
      }).split('\u0001')
      expect(words[0]).toBe('add-event')
    }
    expect(readdirSync(folder)).toEqual([])
  })

  test('a shell completes only names that do nothing there', async () => {
    const { stdout } = await run(['__complete', 'remove-event', ''])
    const words = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t')[0] ?? '')
    expect(words).toContain('thinking')
    for (const word of words) expect(word).toMatch(/^[\w%.][\w.:=/@%+,-]*$/)
  })

  test('a dry run is to the byte for git, silent for a runner, and visible for a person', async () => {
    const args = ['add-event', 'seat_taken', '-f', 'seat_id:str', '--dry-run']
    const plain = (await run(args)).stdout
    expect(plain).toMatch(/^--- a\//)
    const silent = (await run(args, { env: { GITHUB_ACTIONS: 'true' } })).stdout
    const token = /^::stop-commands::([0-9a-f-]{36})\n/.exec(silent)?.[1]
    expect(silent).toBe(`::stop-commands::${token}\n${plain}::${token}::\n`)
  })
})

/** Takes code and entities out of rows; nothing that Markdown or HTML reads may be left. */
function expectInert(rows: readonly string[]): void {
  for (const row of rows) {
    const rest = row
      .replace(/<code>[^<>`]*<\/code>/g, '')
      .replace(/`[^`<>]*`/g, '')
      .replace(/&#\d+;/g, ' ')
    expect([row, /[<>&`[\]]|\w:\/\/|@\w|#\w|www\./.exec(rest)?.[0]]).toEqual([row, undefined])
  }
}

/** The ways in which a text comes from the command line or a file that it names. */
const GIVEN: Readonly<Record<string, (text: string) => [args: readonly string[], stdin?: string]>> = {
  command: (text) => [[text]],
  option: (text) => [['check', `--${text}`]],
  name: (text) => [['add-event', '--', text]],
  field: (text) => [['add-event', 'seat_taken', '-f', `${text}:str`]],
  type: (text) => [['add-event', 'seat_taken', '-f', `a:${text}`]],
  default: (text) => [['add-event', 'seat_taken', '-f', `a:int=${text}`]],
  rule: (text) => [['explain', '--', text]],
  shell: (text) => [['completion', '--', text]],
  format: (text) => [['check', `--format=${text}`]],
  spec: (text) => [['add-event', `--spec=${text}`]],
  'spec text': (text) => [
    ['add-event', '--spec', '-'],
    JSON.stringify({ name: text, description: text, [text]: text }),
  ],
  'spec that does not parse': (text) => [['add-event', '--spec', '-'], `name: [${text}\n{`],
  folder: (text) => [['check', `--cwd=${text}`]],
}

describe.each(Object.entries(GIVEN))('a text as %s', (_, make) => {
  test('is told in an error, and does nothing there', async () => {
    for (const text of HOSTILE) {
      const [args, stdin = ''] = make(text)
      for (const more of [[], ['--json']]) {
        const ran = await run([...more, ...args], { stdin, texts: new Map() })
        expect([args, faultsOf(ran.stdout + ran.stderr)]).toEqual([args, []])
        expect([args, ran.exitCode]).not.toEqual([args, 5])
      }
    }
  })
})

const READ: readonly (readonly [what: string, file: string, make: (text: string) => string])[] = [
  [
    'a config',
    'cachibot-ws.config.json',
    (text) => JSON.stringify({ rules: { [text]: 'off' }, failOn: text, [text]: 1 }),
  ],
  ['a baseline name', 'cachibot-ws.config.json', (text) => JSON.stringify({ baseline: name(text) })],
  [
    'a baseline',
    'cachibot-ws.baseline.json',
    (text) =>
      JSON.stringify({
        schemaVersion: 1,
        findings: [{ rule: text, channel: text, event: text, file: text, subject: text, count: 1 }],
      }),
  ],
]

test.each(READ)('%s', async (_, file, make) => {
  for (const text of HOSTILE) {
    const texts = new Map([...readFixture('reference'), [file, make(text)]])
    const ran = await run(['check', '--verbose'], { texts })
    expect([text, faultsOf(ran.stdout + ran.stderr)]).toEqual([text, []])
  }
})

describe('the type', () => {
  test('a raw string does not compile where text is shown', () => {
    const stream: World['stdout'] = { write: () => undefined }
    // @ts-expect-error: a stream takes Shown alone
    stream.write('raw')
    // @ts-expect-error: and so does what is made of one
    stream.write(`${shownOf('shown')} and raw`)
    stream.write(shownOf('raw'))
  })

  test('only its own folder and the painter make one past the sinks, and only two files have the streams', () => {
    const files = readdirSync(join(project, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    )
    const saying = (word: RegExp): string[] =>
      files
        .filter((file) => word.test(readFileSync(join(project, 'src', file), 'utf8')))
        .map((file) => file.replaceAll('\\', '/'))
    expect(saying(/Shown\.safe\(/).filter((file) => !file.startsWith('report/shown/'))).toEqual([
      'report/color.ts',
    ])
    expect(saying(/process\.std(out|err)\b|console\./).toSorted()).toEqual([
      'cli/main.ts',
      'cli/wizard/ask.ts',
    ])
  })

  test('a diff for a person keeps its lines and shows the rest', () => {
    const diff = '--- a/x\n+++ b/x\n@@ -1 +1 @@\n ::error::a\n+\tb\u001b[31m\r\n'
    expect(String(showDiff(diff, 'person'))).toBe(
      'x  +1 −0\n\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n./ ::error::a\n+\tb\\u{1b}[31m\\u{d}\n',
    )
    expect(String(showDiff(diff, 'program'))).toBe(diff)
  })

  test('colour comes behind escaping', () => {
    const painted = String(createPainter(true).red('\u001b[32mgreen'))
    expect(painted).toBe('\u001b[31m\\u{1b}[32mgreen\u001b[39m')
    expect(createPainter(true).red('ab').width).toBe(2)
  })

  test('a word of a command line is one word in a real shell', () => {
    for (const text of HOSTILE.filter((one) => !/\0|\ud800/.test(one)))
      expect(execFileSync('sh', ['-c', shell`printf %s ${text}`], { encoding: 'utf8' })).toBe(text)
  })
})

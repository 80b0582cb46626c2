import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { renderCommandHelp, renderProgramHelp } from '../../src/cli/help.js'
import { helpSchema, versionSchema } from '../../src/report/program-schemas.js'
import { cachibotWs, copyFixture, git } from '../support/checkout.js'
import { commandLines, hasProgram, runLine } from '../support/command-lines.js'
import { project } from '../support/fixtures.js'

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(project, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]
const read = (page: string): string => readFileSync(join(project, page), 'utf8')

describe('the command blocks of README and docs', () => {
  const lines = [...new Set(pages.flatMap((page) => commandLines(read(page))))]

  /** How a line ends where nobody can be asked and nothing is wrong. */
  const exitCodeOf = (line: string): number => (/^cachibot-ws (add-event|init) +(#|$)/.test(line) ? 4 : 0)

  test('are many, and show every command', () => {
    for (const { name } of COMMANDS)
      expect(lines.filter((line) => line.includes(`cachibot-ws ${name}`))).not.toEqual([])
  })

  test.each(lines)('%s', async (line) => {
    const cwd = copyFixture('cachibot')
    git(cwd, 'init', '-q')
    mkdirSync(join(cwd, 'docs'), { recursive: true })
    writeFileSync(join(cwd, 'seat_taken.yaml'), 'name: seat_taken\npayload: { seat_id: str }\n')
    if (/(remove-event|check|list) seat_taken/.test(line))
      await cachibotWs(['add-event', 'seat_taken', '-f', 'seat_id:str'], { cwd })
    const ran = runLine(hasProgram('jq') ? line : line.replace(/ \| jq .*/, ''), cwd)
    expect([ran.status, ran.status === exitCodeOf(line) ? '' : ran.stderr]).toEqual([exitCodeOf(line), ''])
  })
})

test.each(pages)('every link of %s leads to a file', (page) => {
  for (const [, target = ''] of read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
    if (/^[a-z]+:/.test(target)) continue
    expect([target, existsSync(join(project, dirname(page), target))]).toEqual([target, true])
  }
})

describe('help', () => {
  test.each([
    ['the program', renderProgramHelp(COMMANDS), 24] as const,
    ...COMMANDS.map((one) => [one.name, renderCommandHelp(one), 45] as const),
  ])('of %s says what it does, gives examples, and fits a screen', (_, help, rows) => {
    const [what, ...lines] = help.trimEnd().split('\n')
    expect([what, lines[0]]).toEqual([expect.stringMatching(/^\w[^`]*[^,:]$/), ''])
    const example = lines.findIndex((line) => line.startsWith('  cachibot-ws '))
    expect(example).toBeGreaterThan(-1)
    expect(example).toBeLessThan(lines.findIndex((line) => line.startsWith('Usage:')))
    // The shell's prompt takes the last row.
    expect(lines.length + 1).toBeLessThan(rows)
    expect(lines.filter((line) => line.length > 80)).toEqual([])
  })

  test('and version are JSON as well, with flags before or after a command', async () => {
    const all = helpSchema.parse(JSON.parse((await cachibotWs(['--help', '--json'], { cwd: '/' })).stdout))
    expect(all.commands.map((one) => one.name)).toEqual(COMMANDS.map((one) => one.name))
    const one = helpSchema.parse(
      JSON.parse((await cachibotWs(['--json', 'info', '--help'], { cwd: '/' })).stdout),
    )
    expect(one.commands.map(({ name }) => name)).toEqual(['info'])
    const { version } = JSON.parse(read('package.json')) as { version: string }
    const said = await cachibotWs(['--version', '--json'], { cwd: '/' })
    expect(versionSchema.parse(JSON.parse(said.stdout)).version).toBe(version)
  })

  test.each([
    [['add'], 'did you mean `add-event`?'],
    [['inof'], 'did you mean `info`?'],
    [['add-event', '--filed'], 'did you mean `--field`?'],
    [['info', '--jsno'], 'did you mean `--json`?'],
    [['info', '--xyzzy'], 'see cachibot-ws info --help'],
  ])('says for %j what was meant', async (args, words) => {
    const ran = await cachibotWs(args, { cwd: '/' })
    expect(ran.exitCode).toBe(2)
    expect(ran.stderr).toContain(words)
  })
})

test.each([
  ['before', (flags: string[]) => [...flags, 'info']],
  ['after', (flags: string[]) => ['info', ...flags]],
])('the flags of every command stand %s it', async (_, place) => {
  const cwd = copyFixture('reference')
  const json = await cachibotWs(place(['-C', cwd, '--json', '--no-input', '--quiet', '--verbose']), {
    cwd: '/',
  })
  expect((JSON.parse(json.stdout) as { command: string }).command).toBe('info')
  const colored = await cachibotWs(place(['--cwd', cwd, '--color']), { cwd: '/' })
  expect(colored.stdout).toContain('\u001b[')
  const plain = await cachibotWs(place(['--cwd', cwd, '--no-color', '--yes']), {
    cwd: '/',
    env: { FORCE_COLOR: '1' },
  })
  expect([plain.exitCode, plain.stdout.includes('\u001b[')]).toEqual([0, false])
})

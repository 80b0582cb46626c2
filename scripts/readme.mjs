/** Makes the README's pictures and `docs/example.md` from a real run on a fixture; `--check` only compares. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { terminalPicture } from './terminal-picture.mjs'

const project = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-readme-'))
const checkout = join(folder, 'cachibot')
cpSync(join(project, 'fixtures', 'cachibot'), checkout, { recursive: true })
const args = ['add-event', 'seat_taken', '-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?']
const run = (...more) =>
  spawnSync(process.execPath, [join(project, 'bin', 'cachibot-ws.js'), ...args, ...more, '--cwd', checkout], {
    encoding: 'utf8',
  }).stdout
const diff = run('--dry-run', '--no-color')
const report = run('--color')
/** What people forget by hand: a case, the name of a key, that a value can be missing. */
const DRIFTS = [
  ['frontend/src/hooks/useWebSocket.ts', "case 'script_delta'", "case 'script_deltas'"],
  ['frontend/src/types/index.ts', 'lineCount?: number', 'lines?: number'],
  ['frontend/src/types/index.ts', 'code: string | null', 'code: string'],
]
cpSync(join(project, 'fixtures', 'cachibot'), checkout, { recursive: true, force: true })
for (const [file, from, to] of DRIFTS) {
  const text = readFileSync(join(checkout, file), 'utf8')
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`)
  writeFileSync(join(checkout, file), text.replace(from, to))
}
const checked = spawnSync(
  process.execPath,
  [join(project, 'bin', 'cachibot-ws.js'), 'check', '--color', '--cwd', checkout],
  { encoding: 'utf8' },
).stdout
rmSync(folder, { recursive: true, force: true })

const command = `cachibot-ws ${args.map((word) => (word.includes('?') ? `'${word}'` : word)).join(' ')}`
const files = diff.split('\n').filter((line) => line.startsWith('+++ ')).length
const title = `${command}: the event is written into ${files} files, and each of the eight places is named with its line`
const fence = '```'
const example = `# An example

<!-- Written by \`npm run readme\`: a real run on fixtures/cachibot. -->

${fence}sh
${command}
${fence}

prints

${fence}text
${stripVTControlCharacters(report).trimEnd()}
${fence}

and this is what it wrote:

${fence}diff
${diff.trimEnd()}
${fence}
`
const made = {
  'docs/example.md': example,
  'docs/terminal.svg': terminalPicture(command, report, title),
  'docs/check.svg': terminalPicture(
    'cachibot-ws check',
    checked,
    'cachibot-ws check: it finds where backend and frontend disagree, with the places and the fix',
  ),
}
for (const [path, text] of Object.entries(made)) {
  const file = join(project, path)
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${path} is stale: npm run readme`)
    process.exitCode = 1
  }
}

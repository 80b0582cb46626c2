/**
 * Tries the tool on a copy of any checkout: events of every direction one after the other, each a pure
 * insertion, then the checkout's own tools before and after.
 *
 *     npm run try -- <checkout> [--keep]
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { isSubsequence } from './subsequence.mjs'
import { collectFindings, newFindings, userTools } from './user-tools.mjs'

const bin = resolve(import.meta.dirname, '..', 'bin', 'cachibot-ws.js')
const EVENTS = [
  ['seat_taken', '-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?'],
  ['curtain_up', '--description', 'The "curtain" rises — every line of \\ this text stays a text.'],
  [
    'scene_changed',
    '-f',
    'scene:str',
    '-f',
    'act:int=1',
    '-f',
    'props:str[]=[]',
    '-f',
    'mood:"calm"|"tense"',
    '-f',
    'changed_at:datetime',
  ],
  [
    'applause_measured',
    '-f',
    'level:float|null',
    '-f',
    'loud:bool=false',
    '-f',
    'details:dict?',
    '-f',
    'raw_samples:any[]',
    '-f',
    'class:str',
  ],
  [
    'understudy_called_for_the_evening_performance',
    '-f',
    'understudy_identifier:str',
    '-f',
    'replaced_actor_identifier:str',
    '-f',
    'minutes_until_entrance:int?',
    '-f',
    'reason_for_absence:str|null',
    '--emit',
    'all',
  ],
  ['seat_claim', '--direction', 'c2s', '-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?'],
  ['curtain_stop', '--direction', 'c2s'],
  ['curtain_call', '--direction', 'both', '-f', 'scene:str', '-f', 'bows:int=1', '-f', 'encore:str?'],
  [
    'scene_asked',
    '--direction',
    'both',
    '--request',
    'ask_scene',
    '-f',
    'scene:str',
    '-f',
    'changed_at:datetime',
    '-f',
    'cues:datetime[]',
    '-f',
    'last:datetime?',
    '-f',
    'mood:"calm"|"tense"',
    '--request-field',
    'scene:str',
    '--request-field',
    'changed_at:datetime',
    '--request-field',
    'cues:datetime[]',
    '--request-field',
    'last:datetime?',
    '--request-field',
    'mood:"calm"|"tense"',
    '--request-field',
    'ask_id:str',
  ],
]

/** What the other channels are tried with; a wire name begins as all of the channel's do. */
const OF_CHANNELS = [
  ['seat_taken', '-f', 'seat_id:str', '-f', 'row:int=1', '-f', 'note:str?', '-f', 'begins_at:datetime'],
  ['curtain_up'],
  ['seat_claim', '--direction', 'c2s', '-f', 'seat_id:str', '-f', 'details:any', '-f', 'at:datetime?'],
  ['curtain_call', '--direction', 'both', '-f', 'scene:str', '-f', 'bows:int=1', '-f', 'at:datetime'],
]

const [checkout, ...rest] = process.argv.slice(2)
if (checkout === undefined || !existsSync(checkout)) {
  console.error('usage: npm run try -- <checkout> [--keep]')
  process.exit(2)
}
const keep = rest.includes('--keep')
const source = resolve(checkout)
const copy = join(mkdtempSync(join(tmpdir(), 'cachibot-ws-try-')), 'checkout')
cpSync(source, copy, {
  recursive: true,
  filter: (path) =>
    !/[\\/](node_modules|\.venv|\.git)$/.test(path) &&
    (lstatSync(path).isFile() || lstatSync(path).isDirectory()),
})
const modules = join(source, 'frontend', 'node_modules')
if (existsSync(modules)) symlinkSync(modules, join(copy, 'frontend', 'node_modules'))

let failures = 0
const info = JSON.parse(cachibotWs(['info', '--json']).stdout)
const { tools, missing } = userTools({ root: copy, backend: info.backend.folder })
for (const one of missing) console.log(`SKIPPED ${one}`)
const before = await collectFindings(tools, copy)

git('init', '-q')
git('add', '-A')
git('-c', 'user.name=try', '-c', 'user.email=try@example.invalid', 'commit', '-qm', 'before')
const ofChannels = info.channels
  .filter((channel) => channel.id !== 'main')
  .flatMap(({ id }) =>
    OF_CHANNELS.map(([name, ...args]) => [id === 'room' ? `room_${name}` : name, ...args, '--channel', id]),
  )
for (const args of [...EVENTS, ...ofChannels]) {
  const old = snapshot()
  const dry = cachibotWs(['add-event', ...args, '--dry-run'])
  const run = cachibotWs(['add-event', ...args, '--json'])
  const result = JSON.parse(run.stdout)
  const statuses = result.changes.map((change) => change.status)
  const inserted = statuses.filter((status) => status === 'inserted').length
  expect(run.status === 0, `${args.at(-1)} ${args[0]}: exit ${run.status} ${JSON.stringify(result.error)}`)
  expect(
    !statuses.includes('blocked'),
    `${args[0]}: blocked ${JSON.stringify(result.changes.filter((change) => change.status === 'blocked'))}`,
  )
  for (const [path, text] of snapshot()) {
    const was = old.get(path)
    expect(was !== undefined && isSubsequence(was, text), `${args[0]}: ${path} is no pure insertion`)
  }
  expect(dry.stdout === result.diff, `${args[0]}: the dry run shows another diff`)
  const again = JSON.parse(cachibotWs(['add-event', ...args, '--json']).stdout)
  expect(again.exitCode === 0 && again.diff === '', `${args[0]}: a second run is not empty`)
  console.log(
    `${args[0]}: exit ${run.status}, ${inserted} inserted, ${statuses.filter((status) => status === 'not-needed').length} not needed`,
  )
}
const after = await collectFindings(tools, copy)
for (const { tool } of tools) {
  const found = newFindings(before.get(tool) ?? [], after.get(tool) ?? [])
  console.log(`${tool}: ${before.get(tool)?.length} findings before, ${found.length} new`)
  for (const one of found) expect(false, `${tool}: ${one}`)
}
console.log(git('diff', '--stat'))
if (keep) console.log(`kept: ${copy}`)
else rmSync(resolve(copy, '..'), { recursive: true, force: true })
console.log(failures === 0 ? 'no failure' : `${failures} failures`)
process.exitCode = failures === 0 ? 0 : 1

function cachibotWs(args) {
  return spawnSync(process.execPath, [bin, ...args, '--cwd', copy], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
}

function git(...args) {
  return execFileSync('git', ['-c', 'core.autocrlf=false', ...args], { cwd: copy, encoding: 'utf8' })
}

/** Every tracked file as bytes in Latin-1, so that a byte is a character. */
function snapshot() {
  const files = git('ls-files', '-z')
    .split('\0')
    .filter((path) => /\.(py|tsx?)$/.test(path))
  return new Map(files.map((path) => [path, readFileSync(join(copy, path), 'latin1')]))
}

function expect(holds, message) {
  if (holds) return
  failures++
  console.log(`FAILED ${message}`)
}

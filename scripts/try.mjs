/**
 * Tries the tool on a copy of any checkout: events of every direction on every channel one after the other, then
 * one from every place that sends already. Each has to be a pure insertion; the checkout's own tools run before
 * and after. Then all of them are taken out again, in another order, until every file is as it was; the tools run once more.
 *
 *     npm run try -- <checkout> [--keep]
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { run } from '../build/cli/program.js'
import { nodeDisk } from '../build/workspace/disk.js'
import { isSubsequence } from './subsequence.mjs'
import { eventsOf } from './try-events.mjs'
import { findPlaces } from './try-places.mjs'
import { collectFindings, newFindings, userTools } from './user-tools.mjs'

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
/** Sites by channel and direction: `main server-to-client` → what is there of what is needed. */
const table = new Map()
const info = JSON.parse((await cachibotWs(['info', '--json'])).stdout)
const { tools, missing } = userTools({ root: copy, backend: info.backend.folder })
for (const one of missing) console.log(`SKIPPED ${one}`)
const before = await collectFindings(tools, copy)

git('init', '-q')
git('add', '-A')
git('-c', 'user.name=try', '-c', 'user.email=try@example.invalid', 'commit', '-qm', 'before')
const python = [...snapshot().keys()].filter(
  (path) => path.startsWith(`${info.backend.folder}/`) && path.endsWith('.py'),
)
const first = snapshot()
/** The events that were added, with their channels. */
const added = []
const placesOf = new Map(info.channels.map(({ id, parts }) => [id, findPlaces(copy, python, parts)]))
for (const { id } of info.channels) {
  const prefix = id === 'room' ? 'room_' : ''
  for (const args of eventsOf(id, prefix)) await add(id, args)
  for (const [index, place] of (placesOf.get(id) ?? []).entries()) await addIn(id, prefix, place, index)
}

const found = findNew(await collectFindings(tools, copy), 'added')
await removeAll(first)
findNew(await collectFindings(tools, copy), 'taken out again')
console.log('\nsites present / needed')
for (const [row, { events, present, needed }] of table)
  console.log(`  ${row.padEnd(28)} ${present}/${needed} in ${events} events`)
const channels = info.channels.map((one) => one.id).join(', ')
console.log(`  channels: ${channels}; every other is not there`)
console.log('new findings (before)')
for (const { tool, lines } of found)
  console.log(`  ${tool.padEnd(28)} ${lines.length} (${before.get(tool)?.length})`)
if (keep) console.log(`kept: ${copy}`)
else rmSync(resolve(copy, '..'), { recursive: true, force: true })
console.log(failures === 0 ? 'no failure' : `${failures} failures`)
process.exitCode = failures === 0 ? 0 : 1

/** What the tools find that they did not find before, each of which is a failure. */
function findNew(now, when) {
  return tools.map(({ tool }) => {
    const lines = newFindings(before.get(tool) ?? [], now.get(tool) ?? [])
    for (const one of lines) expect(false, `${when}: ${tool}: ${one}`)
    return { tool, lines }
  })
}

/** Takes every event out again, in another order than they came, and the requests that stay; every file is as it was. */
async function removeAll(first) {
  let state = 20261125
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const left = [...added]
  while (left.length > 0) {
    const [one] = left.splice(Math.floor(random() * left.length), 1)
    const { exitCode, stdout } = await cachibotWs([
      'remove-event',
      one.name,
      '--channel',
      one.channel,
      '--json',
    ])
    const { changes, headline } = JSON.parse(stdout)
    if (one.request !== undefined && !headline?.includes(`its request \`${one.request}\``))
      left.push({ channel: one.channel, name: one.request })
    const blocked = changes.filter((change) => change.status === 'blocked')
    expect(
      exitCode === 0,
      `remove ${one.name} of ${one.channel}: exit ${exitCode} ${JSON.stringify(blocked)}`,
    )
  }
  const now = snapshot()
  for (const path of new Set([...first.keys(), ...now.keys()]))
    expect(first.get(path) === now.get(path), `${path} is not as it was`)
  expect(git('status', '--porcelain') === '', `git status: ${git('status', '--porcelain')}`)
  console.log(`taken out again: ${added.length} events`)
}

/** Adds an event and counts its sites. */
async function add(channel, args, row) {
  const old = snapshot()
  const dry = await cachibotWs(['add-event', ...args, '--dry-run'])
  const ran = await cachibotWs(['add-event', ...args, '--diff', '--json'])
  const result = JSON.parse(ran.stdout)
  const title = args.join(' ')
  expect(ran.exitCode === 0, `${title}: exit ${ran.exitCode} ${JSON.stringify(result.error)}`)
  count(`${channel} ${row ?? result.event?.direction ?? 'no event'}`, result, title)
  if (ran.exitCode === 0) added.push({ channel, name: args[0], request: requestOf(args) })
  for (const [path, text] of snapshot()) {
    const was = old.get(path) ?? ''
    expect(isSubsequence(was, text), `${title}: ${path} is no pure insertion`)
  }
  expect(dry.stdout === result.diff, `${title}: the dry run shows another diff`)
  const again = JSON.parse((await cachibotWs(['add-event', ...args, '--diff', '--json'])).stdout)
  expect(again.exitCode === 0 && again.diff === '', `${title}: a second run is not empty`)
}

/** The wire name of the request that a command line writes, if it does. */
function requestOf(args) {
  if (!args.includes('both')) return undefined
  return args.includes('--request') ? args[args.indexOf('--request') + 1] : `${args[0]}_request`
}

/** Adds an event that is sent from a place; one that cannot be sent there is refused with words, and nothing is written. */
async function addIn(channel, prefix, place, index) {
  const field = place.field === undefined ? [] : ['-f', `${place.field}:str`]
  const args = [
    `${prefix}cue${index}`,
    ...field,
    '-f',
    'note:str?',
    '--emit-in',
    place.in,
    '--channel',
    channel,
  ]
  const old = snapshot()
  const dry = await cachibotWs(['add-event', ...args, '--dry-run', '--json'])
  const { exitCode, error } = JSON.parse(dry.stdout)
  if (exitCode === 0) {
    expect(place.kind !== 'stream', `${place.in}: a case for what the repository does not define`)
    console.log(`in ${place.kind} ${place.in}${field.length > 0 ? ` ${field[1]}` : ''}`)
    await add(channel, args, 'emit-in')
    return
  }
  console.log(`refused ${place.kind} ${place.in}: exit ${exitCode}, ${error?.what}; ${error?.fix}`)
  const isSaid = [2, 3].includes(exitCode) && error?.what && error?.fix
  expect(isSaid, `${place.in}: exit ${exitCode} ${JSON.stringify(error)}`)
  const now = snapshot()
  expect(
    now.size === old.size && [...now].every(([path, text]) => old.get(path) === text),
    `${place.in}: something was written`,
  )
}

function count(row, { changes }, title) {
  const sums = table.get(row) ?? { events: 0, present: 0, needed: 0 }
  sums.events++
  for (const change of changes) {
    if (change.status === 'not-needed') continue
    sums.needed++
    if (change.status !== 'blocked' && change.file !== undefined) sums.present++
    else expect(false, `${title}: ${JSON.stringify(change)}`)
  }
  table.set(row, sums)
}

/** Runs the program in this process, as `bin` does in its own. */
async function cachibotWs(args) {
  let stdout = ''
  const exitCode = await run([...args, '--cwd', copy], {
    cwd: copy,
    env: {},
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: () => undefined },
    stdinIsTTY: false,
    disk: nodeDisk,
    signals: { protect: async (write) => write(), atEnd: () => () => undefined, hasWritten: () => false },
    readStdin: async () => Buffer.alloc(0),
  })
  return { exitCode, stdout }
}

function git(...args) {
  return execFileSync('git', ['-c', 'core.autocrlf=false', ...args], { cwd: copy, encoding: 'utf8' })
}

/** Every file of the checkout as bytes in Latin-1, so that a byte is a character. */
function snapshot() {
  const files = git('ls-files', '-z', '--cached', '--others', '--exclude-standard')
    .split('\0')
    .filter((path) => /\.(py|tsx?)$/.test(path))
  return new Map(files.map((path) => [path, readFileSync(join(copy, path), 'latin1')]))
}

function expect(holds, message) {
  if (holds) return
  failures++
  console.log(`FAILED ${message}`)
}

import { expect, test } from 'vitest'
import { runSchema } from '../../src/report/schemas.js'
import { cachibotWs } from '../support/checkout.js'
import { readFixture } from '../support/fixtures.js'
import { MemoryDisk } from '../support/memory-disk.js'

const ROOT = '/checkout'
const ADD = ['add-event', 'seat_taken', '-f', 'seat_id:str']
const JOURNAL = `${ROOT}/.cachibot-ws/journal`

/** A checkout in which a run was killed after it had replaced a file or two, and what it was before. */
async function wreck(
  args: readonly string[] = ADD,
): Promise<{ disk: MemoryDisk; before: Map<string, string> }> {
  const disk = MemoryDisk.of(ROOT, readFixture('cachibot'))
  const before = disk.snapshot()
  let published = 0
  disk.fault = ({ name, path }) =>
    name === 'rename' && path !== JOURNAL && !path.includes('.cachibot-ws') && ++published === 3
      ? 'kill before'
      : undefined
  await cachibotWs(args, { cwd: ROOT, disk })
  expect(disk.isDead).toBe(true)
  return { disk: disk.clone(), before }
}

const run = (disk: MemoryDisk, ...args: string[]) => cachibotWs(args, { cwd: ROOT, disk })

test.each([
  [['check']],
  [['check', '--json']],
  [['list']],
  [['list', '--json']],
  [[...ADD, '--dry-run']],
  [['remove-event', 'seat_taken', '--dry-run']],
  [['init', '--all', '--dry-run']],
])('%j says nothing of a mixed tree: exit 3 that names what mends it', async (args) => {
  const { disk } = await wreck()
  const before = disk.snapshot()
  const ran = await run(disk, ...args)
  expect(ran.exitCode).toBe(3)
  expect(ran.stdout + ran.stderr).toMatch(
    /cut short while it wrote[\s\S]*cachibot-ws add-event seat_taken -f seat_id:str/,
  )
  expect(disk.snapshot()).toEqual(before)
})

test.each([[['info']], [['explain']], [['completion', 'bash']]])('%j goes on', async (args) => {
  expect((await run((await wreck()).disk, ...args)).exitCode).toBe(0)
})

test('the same command again puts everything back, says so, and writes', async () => {
  const { disk } = await wreck()
  const { exitCode, stderr, stdout } = await run(disk, ...ADD, '--json')
  expect(exitCode).toBe(0)
  expect(stderr).toMatch(/cut short while it wrote; put back what it left in 2 files: /)
  expect(runSchema.parse(JSON.parse(stdout)).recovered).toHaveLength(2)
  const whole = MemoryDisk.of(ROOT, readFixture('cachibot'))
  await run(whole, ...ADD)
  expect(disk.snapshot()).toEqual(whole.snapshot())
  expect((await run(disk, 'check')).exitCode).toBe(0)
  expect((await run(disk, 'remove-event', 'seat_taken')).exitCode).toBe(0)
})

test('another command that writes puts everything back as well', async () => {
  const { disk, before } = await wreck()
  expect((await run(disk, 'remove-event', 'seat_taken')).exitCode).toBe(2)
  expect(disk.snapshot()).toEqual(before)
  const other = await wreck()
  expect((await run(other.disk, 'init', '--config-file')).exitCode).toBe(0)
  const left = new Map(other.disk.snapshot())
  for (const name of ['cachibot-ws.config.json', 'cachibot-ws.config.schema.json'])
    left.delete(`${ROOT}/${name}`)
  expect(left).toEqual(other.before)
})

test('a file that changed after the kill is kept, and so is what it was: exit 6 once, and the next run works', async () => {
  const { disk, before } = await wreck()
  const path = [...before.keys()].find((one) => disk.snapshot().get(one) !== before.get(one)) ?? ''
  disk.files.set(path, Buffer.from('# by hand\n'))
  const { exitCode, stderr } = await run(disk, ...ADD)
  expect(exitCode).toBe(6)
  expect(stderr).toContain('neither as it was nor as it was written')
  const copy = /diff (\S+)/.exec(stderr)?.[1] ?? ''
  expect(disk.files.get(copy)?.toString('utf8')).toBe(before.get(path))
  const left = [...disk.snapshot()].filter(([one]) => !one.includes('.cachibot-ws'))
  expect(new Map(left)).toEqual(new Map([...before, [path, '# by hand\n']]))
  expect((await run(disk, 'init', '--config-file')).exitCode).toBe(0)
  expect(disk.files.get(copy)?.toString('utf8')).toBe(before.get(path))
})

test('a journal that cannot be read is put aside: exit 6 once', async () => {
  const { disk } = await wreck()
  disk.files.set(JOURNAL, Buffer.from('{"version": 2}'))
  expect((await run(disk, 'init', '--config-file')).exitCode).toBe(6)
  expect((await run(disk, 'init', '--config-file')).exitCode).toBe(0)
})

test('a journal that somebody put there writes nowhere but where a commit does', async () => {
  for (const path of ['../outside.py', '.git/hooks/pre-commit', 'a/../../outside.py']) {
    const { disk } = await wreck()
    const journal = JSON.parse(disk.files.get(JOURNAL)?.toString('utf8') ?? '')
    const [file] = journal.files
    journal.files = [{ ...file, path, after: null }]
    disk.files.set(JOURNAL, Buffer.from(JSON.stringify(journal)))
    const before = disk.files.keys().filter((one) => !one.includes('.cachibot-ws'))
    expect((await run(disk, ...ADD)).exitCode).toBe(6)
    expect(disk.files.keys().filter((one) => !one.includes('.cachibot-ws'))).toEqual(before)
  }
})

test('a run that is writing is told from one that was killed', async () => {
  const { disk } = await wreck()
  const lock = `${ROOT}/.cachibot-ws/lock`
  const holder = JSON.parse(disk.files.get(lock)?.toString('utf8') ?? '')
  disk.files.set(lock, Buffer.from(JSON.stringify({ ...holder, pid: process.ppid })))
  for (const args of [['check'], ADD]) {
    const ran = await run(disk, ...args)
    expect([ran.exitCode, ran.stderr]).toEqual([3, expect.stringMatching(/run .*for \d+ s/)])
  }
})

test('the state lies in the git folder that a worktree names, and at the root where that cannot be written', async () => {
  const texts = new Map([...readFixture('cachibot'), ['.git', 'gitdir: /main/.git/worktrees/x\n']])
  const disk = MemoryDisk.of(ROOT, texts)
  disk.files.set('/main/.git/worktrees/x/HEAD', Buffer.from(''))
  expect((await run(disk, ...ADD)).exitCode).toBe(0)
  expect(disk.writes.some((one) => one.endsWith(' /main/.git/worktrees/x/cachibot-ws/journal'))).toBe(true)
  const closed = MemoryDisk.of(ROOT, texts)
  closed.files.set('/main/.git/worktrees/x/HEAD', Buffer.from(''))
  closed.fault = ({ path, isWrite }) => (isWrite && path.startsWith('/main') ? { code: 'EROFS' } : undefined)
  expect((await run(closed, ...ADD)).exitCode).toBe(0)
  expect(closed.writes.some((one) => one.endsWith(` ${JOURNAL}`))).toBe(true)
  expect(closed.files.keys().filter((one) => one.includes('.cachibot-ws'))).toEqual([])
})

test('a commit that was cut short is found in either folder', async () => {
  const { disk, before } = await wreck()
  disk.files.set(`${ROOT}/.git/HEAD`, Buffer.from(''))
  expect((await run(disk, 'check')).exitCode).toBe(3)
  expect((await run(disk, 'remove-event', 'seat_taken')).exitCode).toBe(2)
  expect(disk.snapshot()).toEqual(new Map([...before, [`${ROOT}/.git/HEAD`, '']]))
})

test('a checkout that cannot be written can be checked', async () => {
  const disk = MemoryDisk.of(ROOT, readFixture('cachibot'))
  disk.fault = ({ isWrite }) => (isWrite ? { code: 'EROFS' } : undefined)
  expect((await run(disk, 'check')).exitCode).toBe(0)
  expect((await run(disk, ...ADD)).exitCode).toBe(5)
})

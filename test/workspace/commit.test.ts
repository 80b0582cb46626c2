import { expect, test } from 'vitest'
import { Failure } from '../../src/errors.js'
import { WRITABLE } from '../../src/lang/languages.js'
import { openTransaction } from '../../src/workspace/transaction.js'
import { buildSpec, planAddEvent } from '../support/asked.js'
import { open, readFixture } from '../support/fixtures.js'

const NEW_STORE = '/checkout/frontend/src/stores/seat-plan.ts'

async function planned() {
  const opened = await open(readFixture('cachibot'))
  // Files that are there, and one that is new.
  const spec = buildSpec({
    name: 'seat_taken',
    payload: { seat_id: 'str' },
    store: { hook: 'new:seat_plan' },
  })
  const plan = planAddEvent(opened.repository, opened.layout, spec, { partial: false })
  const before = opened.disk.snapshot()
  const write = (): void => {
    const transaction = openTransaction(opened.disk, '/checkout', 'cachibot-ws add-event seat_taken')
    try {
      transaction.commit(plan.files, { edits: 'insertions', extensions: WRITABLE })
    } finally {
      transaction.close()
    }
  }
  return { ...opened, plan, before, write }
}

function failure(run: () => unknown): Failure {
  try {
    run()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

test('writes every file, and leaves nothing else behind', async () => {
  const { disk, plan, before, write } = await planned()
  write()
  const after = disk.snapshot()
  expect([...after.keys()].filter((path) => !before.has(path))).toEqual([NEW_STORE])
  const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path)
  expect(changed.toSorted()).toEqual(plan.files.map((file) => `/checkout/${file.after.path}`).toSorted())
})

test('a file that came to be where a new one goes is left alone, and so are all others', async () => {
  const { disk, plan, before, write } = await planned()
  disk.onWrite = (call) => {
    if (call === plan.files.length) disk.files.set(NEW_STORE, Buffer.from('somebody was faster'))
  }
  expect(failure(write).exitCode).toBe(3)
  expect(disk.snapshot()).toEqual(new Map([...before, [NEW_STORE, 'somebody was faster']]))
})

test('a file that changed since it was read is left alone, and so are all others', async () => {
  const { disk, plan, before, write } = await planned()
  const path = `/checkout/${plan.files[2]?.after.path}`
  disk.files.set(path, Buffer.from('an editor saved this'))
  expect(failure(write).exitCode).toBe(3)
  expect(disk.snapshot()).toEqual(new Map([...before, [path, 'an editor saved this']]))
})

test('a file that changes while the others are staged is left alone', async () => {
  const { disk, plan, before, write } = await planned()
  const path = `/checkout/${plan.files[0]?.after.path}`
  disk.onWrite = (call) => {
    if (call === plan.files.length) disk.files.set(path, Buffer.from('an editor saved this'))
  }
  expect(failure(write).exitCode).toBe(3)
  expect(disk.snapshot()).toEqual(new Map([...before, [path, 'an editor saved this']]))
})

test('a read-only file is refused before anything is written', async () => {
  const { disk, plan, before, write } = await planned()
  disk.modes.set(`/checkout/${plan.files[1]?.after.path}`, 0o444)
  expect(failure(write).exitCode).toBe(3)
  expect(disk.writes.filter((write) => !write.includes('/.cachibot-ws'))).toEqual([])
  expect(disk.snapshot()).toEqual(before)
})

test('the mode of a file is kept', async () => {
  const { disk, plan, write } = await planned()
  const path = `/checkout/${plan.files[0]?.after.path}`
  disk.modes.set(path, 0o755)
  write()
  expect(disk.modes.get(path)).toBe(0o755)
})

test.each([
  ['/outside/websocket.py', /leads out of the repository/],
  ['/checkout/node_modules/x/websocket.py', /no file that is edited here/],
  ['/checkout/.git/websocket.py', /no file that is edited here/],
  ['/checkout/README.md', /no file that is edited here/],
])('a link to %s is refused', async (target, message) => {
  const { disk, plan, before, write } = await planned()
  const path = `/checkout/${plan.files[0]?.after.path}`
  disk.realpath = (asked) => (asked === path ? target : asked)
  const thrown = failure(write)
  expect(thrown.exitCode).toBe(2)
  expect(thrown.message).toMatch(message)
  expect(disk.snapshot()).toEqual(before)
})

test('a file with a second hard link is refused, and so is an owner that cannot be kept', async () => {
  const linked = await planned()
  const path = `/checkout/${linked.plan.files[0]?.after.path}`
  linked.disk.link(path, '/checkout/second.name')
  expect(failure(linked.write).message).toMatch(/has 2 hard links/)
  const owned = await planned()
  owned.disk.giveTo(path, 4711)
  owned.disk.fault = ({ name }) => (name === 'chown' ? { code: 'EPERM' } : undefined)
  const refused = failure(owned.write)
  expect([refused.exitCode, refused.message]).toEqual([3, expect.stringMatching(/belongs to user 4711/)])
  expect(owned.disk.snapshot()).toEqual(owned.before)
})

test('an owner that can be kept is kept', async () => {
  const { disk, plan, write } = await planned()
  const path = `/checkout/${plan.files[0]?.after.path}`
  disk.giveTo(path, 4711)
  write()
  expect(disk.lstat(path)?.uid).toBe(4711)
})

test('a plan that does more than its command may is not written', async () => {
  const { disk, plan, before } = await planned()
  const transaction = openTransaction(disk, '/checkout', 'cachibot-ws remove-event seat_taken')
  const thrown = failure(() => transaction.commit(plan.files, { edits: 'deletions', extensions: WRITABLE }))
  expect([thrown.exitCode, thrown.message]).toEqual([5, expect.stringMatching(/no pure deletion/)])
  transaction.close()
  expect(disk.snapshot()).toEqual(before)
})

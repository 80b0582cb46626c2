import { describe, expect, test } from 'vitest'
import { planAddEvent } from '../src/engine/add-event.js'
import { Failure } from '../src/errors.js'
import { buildSpec } from '../src/spec/event-spec.js'
import { commit } from '../src/workspace/commit.js'
import { open, readFixture } from './support/fixtures.js'
import { diskError } from './support/memory-disk.js'

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
  return { ...opened, plan, before, write: () => commit(opened.repository.workspace, plan.files) }
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

describe('an error at any write leaves the tree as it was', async () => {
  const probe = await planned()
  probe.write()
  const calls = probe.disk.writes.length
  expect(calls).toBeGreaterThan(probe.plan.files.length)
  const errors = ['EIO', 'ENOSPC', 'EACCES', 'EPERM', 'EBUSY', 'EMFILE']
  test.each(Array.from({ length: calls }, (_, index) => index + 1))('call %i', async (call) => {
    for (const code of errors) {
      const { disk, before, write } = await planned()
      disk.onWrite = (number, _, path) => {
        if (number === call) throw diskError(code, path)
      }
      const thrown = failure(write)
      expect(thrown.exitCode).toBe(5)
      expect(disk.snapshot()).toEqual(before)
    }
  })
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
  expect(disk.writes).toEqual([])
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

import { posix } from 'node:path'
import { pathOf } from '../../src/workspace/diff.js'
import type { Disk } from '../../src/workspace/disk.js'
import type { Call, MemoryDisk } from './memory-disk.js'
import { attempt, ROOT, STATE, type Tally, type Trial } from './trial.js'

const MARK = '\n# saved by an editor\n'

/** How an editor saves: into the file, or a new file in its place; what it read before the run, or reads now. */
const WAYS = ['in place', 'by rename'] as const
const READ = ['before', 'now'] as const

/** An editor saves every file at every call of a run. */
export function saveEverywhere(trial: Trial, wrap = (disk: MemoryDisk): Disk => disk): Tally {
  const probe = trial.disk()
  attempt(trial, probe, wrap(probe))
  const tally: Tally = { tried: 0, wrong: [] }
  const files = trial.changes.filter(({ before }) => before !== undefined)
  for (const path of files.map((file) => `${ROOT}/${pathOf(file)}`))
    for (let at = 1; at <= probe.calls; at++)
      for (const way of WAYS)
        for (const read of READ) {
          const disk = trial.disk()
          const stale = disk.files.get(path)
          let where: Call | undefined
          let isBack = false
          disk.fault = (call) => {
            // A file that goes is not there any more: what is saved then is a new one.
            if (call.number !== at || (read === 'now' && !disk.files.has(path))) return undefined
            where = call
            isBack = !disk.files.has(path)
            const text = Buffer.concat([
              (read === 'now' ? disk.files.get(path) : stale) ?? Buffer.alloc(0),
              Buffer.from(MARK),
            ])
            if (way === 'in place' && !isBack) disk.saveInPlace(path, text)
            else disk.files.set(path, text)
            return undefined
          }
          const { exitCode } = attempt(trial, disk, wrap(disk))
          if (where === undefined || isUnprotected(where, path, way)) continue
          tally.tried++
          const wrong = wrongOf(trial, disk, path, exitCode)
          if (wrong !== undefined)
            tally.wrong.push(
              `${trial.name}: ${path} saved ${way}, read ${read}, at ${where.name} ${where.path}: ${wrong}`,
            )
        }
  return tally
}

/** The one moment that no call of Node can close: another file is put there between the last look and the rename. */
function isUnprotected(call: Call, path: string, way: (typeof WAYS)[number]): boolean {
  return way === 'by rename' && call.name === 'rename' && call.path === path
}

function wrongOf(
  trial: Trial,
  disk: MemoryDisk,
  path: string,
  exitCode: number | undefined,
): string | undefined {
  const holds = (file: string): boolean => disk.files.get(file)?.includes(MARK) === true
  const isKept =
    holds(path) || (exitCode === 6 && disk.files.keys().some((one) => one.startsWith(STATE) && holds(one)))
  if (!isKept) return `exit ${exitCode}, and the save is lost`
  const wanted = exitCode === 0 ? trial.new.files : trial.old.files
  const paths = new Set([...trial.old.files.keys(), ...trial.new.files.keys()])
  const mixed = [...paths].find(
    (one) => one !== path && String(disk.files.get(one)) !== String(wanted.get(one)),
  )
  if (mixed !== undefined) return `exit ${exitCode}, and ${mixed} is not as it should be`
  const left = disk.files.keys().find((one) => posix.basename(one).startsWith('.cachibot-ws-'))
  return left === undefined ? undefined : `left behind: ${left}`
}

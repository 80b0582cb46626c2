import { collision, type Failure } from '../errors.js'
import type { Disk } from './disk.js'
import { ageOf } from './holder.js'
import { hasJournal, readJournal } from './journal.js'
import { findHolder } from './lock.js'
import { stateFolders } from './state-folder.js'

/**
 * Makes sure that no commit is going on or was cut short, so that what is read is no mixture of old and new.
 *
 * @param root absolute, symbolic links resolved
 * @throws Failure 3 that names what ends it
 */
export function assertFinished(disk: Disk, root: string): void {
  const folder = stateFolders(disk, root).find((one) => hasJournal(disk, one))
  if (folder !== undefined) throw unfinished(disk, folder)
}

function unfinished(disk: Disk, folder: string): Failure {
  const holder = findHolder(disk, folder)
  if (holder !== undefined)
    return collision({
      code: 'locked',
      what: `a run is writing, for ${ageOf(holder.since)}: \`${holder.command}\``,
      why: `process ${holder.pid} on \`${holder.host}\` is not done, and some files are old and others new`,
      fix: 'wait for it, then run the command again',
    })
  const command = readJournal(disk, folder)?.command
  return collision({
    code: 'unfinished-run',
    what: `a run was cut short while it wrote${command === undefined ? '' : `: \`${command}\``}`,
    why: 'some files are old and others new, so nothing that is said of them would be true',
    fix: `run it again, or any command that writes: it puts everything back first${command === undefined ? '' : `: ${command}`}`,
  })
}

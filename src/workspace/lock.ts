import { dirname, join } from 'node:path'
import { collision, type Failure, internalError } from '../errors.js'
import { shell } from '../shell.js'
import type { Disk } from './disk.js'
import { cannotLink, cannotWrite, codeOf, reasonOf } from './errno.js'
import { ageOf, type Holder, isDead, parseHolder, thisProcess } from './holder.js'
import { hideStateFolder, leaveStateFolder, makeStateFolder, stateFolders } from './state-folder.js'
import { discard, tempName, writeFile } from './write-file.js'

const LOCK = 'lock'

/** How often a lock that changes hands meanwhile is tried anew. */
const TRIES = 20

/** The lock of a checkout, held by this run. */
export interface Lock {
  /** The state folder that it is in. */
  readonly folder: string
  /** The other folders in which a run may have left something. */
  readonly others: readonly string[]
  readonly holder: Holder
  release(): void
}

/** A lock file, and who holds it: undefined where that cannot be read. */
interface Found {
  readonly path: string
  readonly holder: Holder | undefined
}

/**
 * Takes the lock of a checkout. One whose holder is dead is taken over; another's never is.
 *
 * @param command the words that the run was started with, for those who have to wait
 * @throws Failure 3 where another run holds it, 5 where none can be made
 */
export function acquireLock(disk: Disk, root: string, command: string): Lock {
  const self = thisProcess(disk, command)
  const folders = stateFolders(disk, root)
  const folder = folders.find((one, index) => tryFolder(disk, one, self, index === folders.length - 1))
  if (folder === undefined) throw internalError({ code: 'io', what: `\`${root}\` cannot be locked` })
  const others = folders.filter((one) => one !== folder)
  const lock: Lock = { folder, others, holder: self, release: () => release(disk, folder, self) }
  try {
    for (const other of others) {
      const last = readChain(disk, other).at(-1)
      if (last !== undefined && !isGone(disk, last, self)) throw isHeld(last, self)
    }
    hideStateFolder(disk, folder)
    return lock
  } catch (error) {
    lock.release()
    throw error
  }
}

/** The holder of a checkout's lock that is not known to be dead, if there is one. */
export function findHolder(disk: Disk, folder: string): Holder | undefined {
  const last = readChain(disk, folder).at(-1)
  const self = thisProcess(disk, '')
  return last === undefined || isGone(disk, last, self) ? undefined : last.holder
}

/** Whether a name in a state folder is one of a lock. */
export function isLockName(name: string): boolean {
  return name === LOCK || /^lock-after-[0-9a-f]{16}$/.test(name)
}

/** @returns false where the folder cannot be written and another one is to be tried */
function tryFolder(disk: Disk, folder: string, self: Holder, isLast: boolean): boolean {
  try {
    takeLock(disk, folder, self)
    return true
  } catch (error) {
    if (codeOf(error) === '') throw error
    if (cannotWrite(error) && !isLast) return false
    throw internalError({
      code: 'io',
      what: `no lock can be made in \`${folder}\`: ${reasonOf(error)}`,
      why: 'nothing is written without one, and nothing was written',
    })
  }
}

function takeLock(disk: Disk, folder: string, self: Holder): void {
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      makeStateFolder(disk, folder)
      if (createWhole(disk, join(folder, LOCK), self)) return
      const chain = readChain(disk, folder)
      const last = chain.at(-1)
      if (last === undefined) continue
      if (!isGone(disk, last, self)) throw isHeld(last, self)
      if (takeOver(disk, folder, chain, self)) return
    } catch (error) {
      // The run before took its folder away, or what stood in it.
      if (codeOf(error) !== 'ENOENT') throw error
    }
  }
  throw collision({
    code: 'locked',
    what: `the lock in \`${folder}\` changes hands all the time`,
    fix: 'run the command again, alone',
  })
}

/**
 * Follows a dead holder: the file that names it as the one before can be made by one run only, and takes its place.
 *
 * @returns false where the lock changed meanwhile
 */
function takeOver(disk: Disk, folder: string, chain: readonly Found[], self: Holder): boolean {
  let mine = join(folder, `${LOCK}-after-${chain.at(-1)?.holder?.id}`)
  if (!createWhole(disk, mine, self)) return false
  const now = readChain(disk, folder).map(({ holder }) => holder?.id)
  const wanted = [...chain.map(({ holder }) => holder?.id), self.id]
  if (now.join() !== wanted.join()) {
    disk.remove(mine)
    return false
  }
  for (const { path } of chain.toReversed()) {
    disk.rename(mine, path)
    mine = path
  }
  return true
}

/** The lock, and those that followed a dead holder and did not come to take its place. */
function readChain(disk: Disk, folder: string): readonly Found[] {
  const chain: Found[] = []
  for (let name = LOCK; ; ) {
    const path = join(folder, name)
    if (disk.lstat(path) === undefined) return chain
    let holder: Holder | undefined
    try {
      holder = parseHolder(disk.read(path).toString('utf8'))
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return chain
      throw error
    }
    chain.push({ path, holder })
    if (holder === undefined) return chain
    name = `${LOCK}-after-${holder.id}`
  }
}

/** Makes a file whose content appears whole; false where it is there. Where links cannot be made it may be seen half. */
function createWhole(disk: Disk, path: string, holder: Holder): boolean {
  const content = Buffer.from(`${JSON.stringify(holder)}\n`)
  const temp = join(dirname(path), tempName())
  try {
    writeFile(disk, temp, content)
    disk.link(temp, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (!cannotLink(error) || disk.lstat(temp) === undefined) throw error
    return createAlone(disk, path, content)
  } finally {
    discard(disk, temp)
  }
}

function createAlone(disk: Disk, path: string, content: Buffer): boolean {
  if (disk.lstat(path) !== undefined) return false
  try {
    writeFile(disk, path, content)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    discard(disk, path)
    throw error
  }
}

function isGone(disk: Disk, { holder }: Found, self: Holder): boolean {
  return holder !== undefined && isDead(disk, holder, self)
}

/** Gives a lock back. Where that fails, the next run finds that its holder is dead. */
function release(disk: Disk, folder: string, self: Holder): void {
  try {
    const mine = readChain(disk, folder).find(({ holder }) => holder?.id === self.id)
    if (mine !== undefined) leaveStateFolder(disk, folder, mine.path.slice(folder.length + 1))
  } catch {}
}

function isHeld({ path, holder }: Found, self: Holder): Failure {
  if (holder === undefined)
    return collision({
      code: 'locked',
      what: 'another run seems to be going on: its lock cannot be read',
      fix: shell`if there is none, take the lock away: rm ${path}`,
      place: { file: path },
    })
  const isNear = holder.host === self.host && holder.namespace === self.namespace
  return collision({
    code: 'locked',
    what: `another run of cachibot-ws is going on, for ${ageOf(holder.since)}: \`${holder.command}\``,
    why: `process ${holder.pid} ${isNear ? '' : `on \`${holder.host}\`, which cannot be asked from here, `}holds \`${path}\``,
    fix: isNear
      ? 'wait for it, then run the command again'
      : shell`if it has ended, take its lock away: rm ${path}`,
  })
}

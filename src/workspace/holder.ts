import { hostname } from 'node:os'
import type { Disk } from './disk.js'
import { codeOf } from './errno.js'
import { randomId } from './write-file.js'

/** Who holds a lock. What a system does not tell is not there. */
export interface Holder {
  /** Of this lock, no other. */
  readonly id: string
  readonly pid: number
  /** When the process began, as the system counts it. */
  readonly started?: string | undefined
  /** Of this start of the machine. */
  readonly boot?: string | undefined
  readonly host: string
  /** In which the pid means something. */
  readonly namespace?: string | undefined
  readonly command: string
  /** Milliseconds since 1970. */
  readonly since: number
}

/** This process, as the holder of a new lock. */
export function thisProcess(disk: Disk, command: string): Holder {
  return {
    id: randomId(),
    pid: process.pid,
    started: startOf(disk, process.pid),
    boot: tell(() => disk.read('/proc/sys/kernel/random/boot_id').toString('utf8').trim()),
    host: hostname(),
    namespace: tell(() => disk.stat('/proc/self/ns/pid')?.identity),
    command,
    since: Date.now(),
  }
}

/** Whether a holder is surely gone. One of another machine or namespace is not known to be. */
export function isDead(disk: Disk, holder: Holder, self: Holder): boolean {
  if (holder.host !== self.host || holder.namespace !== self.namespace) return false
  // The machine was started anew; or a process has this number now that is another one.
  if (holder.boot !== self.boot || holder.pid === self.pid) return true
  if (!isRunning(holder.pid)) return true
  const started = startOf(disk, holder.pid)
  return started !== undefined && holder.started !== undefined && started !== holder.started
}

/** @returns undefined for a text that is no holder */
export function parseHolder(text: string): Holder | undefined {
  const value = tell(() => JSON.parse(text) as Partial<Holder>)
  const isHolder =
    typeof value === 'object' &&
    value !== null &&
    /^[0-9a-f]{16}$/.test(String(value.id)) &&
    Number.isSafeInteger(value.pid) &&
    typeof value.host === 'string' &&
    typeof value.command === 'string' &&
    typeof value.since === 'number'
  return isHolder ? (value as Holder) : undefined
}

/** How long something has been so: `12 s`, `3 min`, `2 h`, `5 d`. */
export function ageOf(since: number): string {
  const seconds = Math.max(0, Math.round((Date.now() - since) / 1000))
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`
}

/** The 22nd field of the process's line; the second one, a name in parentheses, may hold anything. */
function startOf(disk: Disk, pid: number): string | undefined {
  return tell(() => {
    const line = disk.read(`/proc/${pid}/stat`).toString('latin1')
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19]
  })
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) !== 'ESRCH'
  }
}

/** What can be told, or undefined. */
function tell<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

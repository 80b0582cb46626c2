import type { Disk } from './disk.js'
import { codeOf } from './errno.js'

/** The calls of a disk that change nothing. */
const ASKING = ['read', 'stat', 'lstat', 'list', 'realpath'] as const

/** A question that a disk was asked, and can be asked again. */
export type DiskQuestion = readonly [call: (typeof ASKING)[number], path: string, limit?: number]

/** What hears of a disk. */
export interface Observer {
  asked(question: DiskQuestion, answer: Buffer | string): void
  /** Something was done to it, or tried. */
  changed(): void
}

/**
 * Asks a disk.
 *
 * @returns the same for two times only where the disk answers the same; an error is its code
 */
export function askDisk(disk: Disk, question: DiskQuestion): Buffer | string {
  try {
    return printed(call(disk, question))
  } catch (error) {
    return failed(error)
  }
}

/** A disk that tells what it is asked and what it answers. Every call that is no question counts as a change. */
export function observeDisk(disk: Disk, observer: Observer): Disk {
  const ask = (question: DiskQuestion): unknown => {
    try {
      const answer = call(disk, question)
      observer.asked(question, printed(answer))
      return answer
    } catch (error) {
      observer.asked(question, failed(error))
      throw error
    }
  }
  return new Proxy(disk, {
    get(_, name) {
      const asking = ASKING.find((one) => one === name)
      if (asking !== undefined)
        return (path: string, ...more: [limit?: number]) => ask([asking, path, ...more])
      observer.changed()
      const change: unknown = Reflect.get(disk, name)
      return typeof change === 'function' ? change.bind(disk) : change
    },
  })
}

function call(disk: Disk, [name, path, limit]: DiskQuestion): unknown {
  return name === 'read' ? disk.read(path, limit) : disk[name](path)
}

function printed(answer: unknown): Buffer | string {
  return Buffer.isBuffer(answer) ? answer : (JSON.stringify(answer) ?? '')
}

function failed(error: unknown): string {
  return `! ${codeOf(error) || String(error)}`
}

import { posix } from 'node:path'
import { cachibotWs, type Ran } from './checkout.js'
import { type FixtureName, readFixture } from './fixtures.js'
import { MemoryDisk } from './memory-disk.js'

/** By path: the text of a new file, or what becomes of the text that is there. */
export type Edits = Readonly<Record<string, string | ((text: string) => string)>>

/** A fixture with edits, in memory. */
export interface Edited {
  /** Runs the program on it, as it is by then. */
  run(...args: readonly string[]): Promise<Ran>
  read(path: string): string
  /** Every text, by path. */
  texts(): Map<string, string>
}

/** Makes a fixture with edits. An edit that changes nothing is a mistake of the test. */
export function edited(fixture: FixtureName, edits: Edits): Edited {
  const texts = applyEdits(readFixture(fixture), edits)
  const disk = MemoryDisk.of('/checkout', texts)
  const all = (): Map<string, string> =>
    new Map([...disk.snapshot()].map(([path, text]) => [posix.relative('/checkout', path), text]))
  return {
    run: (...args) => cachibotWs(args, { cwd: '/checkout', disk }),
    read: (path) => all().get(path) ?? '',
    texts: all,
  }
}

/** The texts with edits. */
export function applyEdits(texts: ReadonlyMap<string, string>, edits: Edits): Map<string, string> {
  const result = new Map(texts)
  for (const [path, edit] of Object.entries(edits)) {
    const before = texts.get(path)
    const after = typeof edit === 'string' ? edit : edit(before ?? '')
    if (after === before) throw new Error(`the edit of ${path} changes nothing`)
    result.set(path, after)
  }
  return result
}

/** An edit that puts one text in place of another, which must be there. */
export function replace(before: string, after: string): (text: string) => string {
  return (text) => {
    if (!text.includes(before)) throw new Error(`there is no ${before}`)
    return text.replace(before, () => after)
  }
}

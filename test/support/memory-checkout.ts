import type { Trees } from '../../src/lang/trees.js'
import { cachibotWs, type Ran, type TestWorld } from './checkout.js'
import { MemoryDisk } from './memory-disk.js'

/** A checkout in memory that commands run on. */
export interface MemoryCheckout {
  /** Every file's text, by its path in the checkout. */
  tree(): Map<string, string>
  /** Takes a file away. */
  remove(path: string): void
  /** Another text for a file that is there, or a new file. */
  write(path: string, change: (text: string) => string): void
  run(...args: readonly string[]): Promise<Ran>
  /** Runs the program in another world. */
  runIn(world: Partial<TestWorld>, ...args: readonly string[]): Promise<Ran>
}

export function memoryCheckout(texts: ReadonlyMap<string, string>, trees?: Trees): MemoryCheckout {
  const disk = MemoryDisk.of(ROOT, texts)
  return {
    tree: () => new Map([...disk.snapshot()].map(([path, text]) => [path.slice(ROOT.length + 1), text])),
    write(path, change) {
      const before = disk.files.get(`${ROOT}/${path}`)?.toString('utf8') ?? ''
      const after = change(before)
      if (after === before) throw new Error(`${path} is as it was`)
      disk.files.set(`${ROOT}/${path}`, Buffer.from(after, 'utf8'))
    },
    remove: (path) => disk.remove(`${ROOT}/${path}`),
    run: async (...args) => cachibotWs(args, { cwd: ROOT, disk, ...(trees === undefined ? {} : { trees }) }),
    runIn: async (world, ...args) => cachibotWs(args, { cwd: ROOT, disk, ...world }),
  }
}

const ROOT = '/checkout'

/** The files that are not the same in two trees, with both texts. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly (readonly [string, string | undefined, string | undefined])[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => [path, before.get(path), after.get(path)] as const)
}

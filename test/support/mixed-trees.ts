import { runSchema } from '../../src/report/schemas.js'
import { cachibotWs, type Ran } from './checkout.js'
import { type FixtureName, readFixture } from './fixtures.js'
import { MemoryDisk } from './memory-disk.js'
import { randomFrom } from './random.js'

/** An event as it is asked for on the command line. */
export interface Asked {
  readonly fixture: FixtureName
  readonly channel: string
  readonly name: string
  readonly flags: readonly string[]
}

/** Texts of a checkout, by path. */
export type Tree = ReadonlyMap<string, string>

const ROOT = '/checkout'

/** Runs a command on a tree in memory. */
export async function runOn(tree: Tree, ...args: readonly string[]): Promise<Ran & { readonly tree: Tree }> {
  const disk = MemoryDisk.of(ROOT, tree)
  const ran = await cachibotWs(args, { cwd: ROOT, disk })
  const after = [...disk.snapshot()].map(([path, text]) => [path.slice(ROOT.length + 1), text] as const)
  return { ...ran, tree: new Map(after) }
}

/** The trees before and after an event, and the files it touches. */
export async function touchedBy(asked: Asked): Promise<{ old: Tree; full: Tree; files: readonly string[] }> {
  const old = readFixture(asked.fixture)
  const { tree: full, exitCode, stderr } = await runOn(old, ...addLine(asked))
  if (exitCode !== 0) throw new Error(stderr)
  return { old, full, files: [...full.keys()].filter((path) => full.get(path) !== old.get(path)).sort() }
}

/** The tree with these of the event's files. */
export function mix(old: Tree, full: Tree, files: readonly string[], written: readonly string[]): Tree {
  const tree = new Map(full)
  for (const file of files) {
    if (written.includes(file)) continue
    const text = old.get(file)
    if (text === undefined) tree.delete(file)
    else tree.set(file, text)
  }
  return tree
}

/** Proper subsets of the files: all of them, or this many by a seed. */
export function subsetsOf(files: readonly string[], count: number, seed: number): string[][] {
  const all = Array.from({ length: 2 ** files.length - 2 }, (_, index) =>
    files.filter((_file, at) => ((index + 1) >> at) % 2 === 1),
  )
  return randomFrom(seed).shuffle(all).slice(0, count)
}

/** The command line that adds the event. */
export function addLine({ name, channel, flags }: Asked): string[] {
  return ['add-event', name, '--channel', channel, ...flags]
}

/** The paths at which two trees differ. */
export function differences(one: Tree, other: Tree): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path))
}

/** What `check` finds in a tree, infos apart; the key tells findings apart without their lines. */
export async function findingsOf(tree: Tree): Promise<{ rule: string; severity: string; key: string }[]> {
  const { findings } = runSchema.parse(JSON.parse((await runOn(tree, 'check', '--json')).stdout))
  return findings
    .filter((one) => one.severity !== 'info')
    .map(({ rule, severity, event, file }) => ({ rule, severity, key: JSON.stringify([rule, event, file]) }))
}

/** What a run in JSON says it inserted. */
export function insertedIn(stdout: string): unknown[] {
  const { changes } = runSchema.parse(JSON.parse(stdout))
  return changes
    .filter((one) => one.status === 'inserted')
    .map(({ site, file, line, reason }) => ({ site, file, line, reason }))
}

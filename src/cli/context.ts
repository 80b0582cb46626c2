import { resolve } from 'node:path'
import { loadPython } from '../lang/python/parser.js'
import { discoverLayout } from '../layout/discover.js'
import type { Layout } from '../layout/layout.js'
import { Repository } from '../layout/repository.js'
import { findRoot } from '../layout/root.js'
import type { Disk } from '../workspace/disk.js'
import { Workspace } from '../workspace/workspace.js'

/** A stream that text is written to. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
}

/** Everything of the outside world that a command uses; `bin` gives the process's own. */
export interface World {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Output
  readonly stderr: Output
  readonly stdinIsTTY: boolean
  readonly disk: Disk
  /** All of stdin, or as much as shows that it is too large. */
  readStdin(): Promise<Buffer>
}

/** The flags that every command has. */
export interface GlobalFlags {
  readonly cwd?: string
  readonly config?: string
  readonly json?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly color?: boolean
  readonly input?: boolean
  readonly yes?: boolean
}

/** Whether a question can be asked: a person is at a terminal that can draw one, and did not say otherwise. */
export function canAsk(world: World, flags: GlobalFlags): boolean {
  const isCi = world.env['CI'] !== undefined && world.env['CI'] !== '' && world.env['CI'] !== 'false'
  const isTerminal = world.stdinIsTTY && world.stderr.isTTY === true && world.env['TERM'] !== 'dumb'
  return isTerminal && !isCi && flags.json !== true && flags.yes !== true && flags.input !== false
}

/** Whether a stream gets colour: `--color` and `--no-color`, then `NO_COLOR` and `FORCE_COLOR`, then a terminal that can. */
export function wantsColor(world: World, flags: GlobalFlags, stream: Output): boolean {
  if (flags.color !== undefined) return flags.color
  if (world.env['NO_COLOR'] !== undefined && world.env['NO_COLOR'] !== '') return false
  if (world.env['FORCE_COLOR'] !== undefined)
    return world.env['FORCE_COLOR'] !== '0' && world.env['FORCE_COLOR'] !== 'false'
  return stream.isTTY === true && world.env['TERM'] !== 'dumb'
}

/** The checkout that a command works on. */
export interface Checkout {
  readonly root: string
  readonly repository: Repository
  readonly layout: Layout
}

/**
 * Finds and reads the checkout.
 *
 * @throws Failure with exit code 2 when there is none
 */
export async function openCheckout(world: World, flags: GlobalFlags): Promise<Checkout> {
  const { root, backend } = findRoot(world.disk, resolve(world.cwd, flags.cwd ?? '.'))
  await loadPython()
  const repository = new Repository(new Workspace(root, world.disk))
  return { root, repository, layout: discoverLayout(repository, backend) }
}

import type { Trees } from '../lang/trees.js'
import type { KeptWords } from '../lang/word-index.js'
import type { Shown } from '../report/shown/shown.js'
import type { Disk } from '../workspace/disk.js'
import type { Progress } from './progress.js'
import type { Signals } from './signals.js'

/** A stream that text is written to: nothing raw, so that no file of a repository can speak to a terminal or a runner. */
export interface Output {
  write(text: Shown): unknown
  readonly isTTY?: boolean | undefined
  /** How wide a terminal is. */
  readonly columns?: number | undefined
}

/** What commands that only read said before. */
export interface Answers {
  /**
   * Runs a command, or says again what it said where everything that it asked for is as it was.
   *
   * @param run writes nothing, and knows nothing but what the world and `argv` tell it
   * @returns the exit code
   */
  give(world: World, argv: readonly string[], run: (world: World) => Promise<number>): Promise<number>
}

/** Everything of the outside world that a command uses; `bin` gives the process's own. */
export interface World {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Output
  readonly stderr: Output
  readonly stdinIsTTY: boolean
  readonly disk: Disk
  readonly signals: Signals
  readonly answers: Answers
  readonly progress: Progress
  /** The trees of what is parsed. */
  readonly trees: Trees
  /** Which words stand in its texts. */
  readonly words: KeptWords
  /** The arguments that the program was started with. */
  readonly argv?: readonly string[]
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

/** A report is made for no less. */
const LEAST_WIDTH = 40

/**
 * How many characters a line of a stream may have.
 *
 * @param otherwise those of a file, and of a terminal that does not say
 */
export function columnsOf({ isTTY, columns }: Output, otherwise: number): number {
  return isTTY === true && columns !== undefined && columns > 0 ? Math.max(columns, LEAST_WIDTH) : otherwise
}

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pythonBin } from '../../scripts/user-tools.mjs'
import { project } from './fixtures.js'

export const bin = join(project, 'bin', 'cachibot-ws.js')

/** A text to wait for, and the keys to press then; `<hangup>` closes the terminal. */
export type Keys = readonly [text: string, keys: string]

export interface Session {
  /** Undefined where a signal ended it. */
  readonly exit: number | null
  readonly output: string
  /** The steps whose text never came. */
  readonly left: readonly unknown[]
  /** How much of the output there was when each step typed its keys. */
  readonly marks: readonly number[]
}

/** How a terminal is. */
interface Shape {
  readonly columns?: number
  readonly rows?: number
  /** What is typed before the program begins. */
  readonly early?: string
}

/** Runs the program in a pseudo-terminal, of 60 columns and 20 rows where nothing else is said. */
export function session(
  cwd: string,
  args: readonly string[],
  steps: readonly Keys[],
  env: Record<string, string> = {},
  shape: Shape = {},
): Session {
  return type([process.execPath, bin, ...args], cwd, steps, env, shape)
}

/** Runs any program in such a terminal. */
export function type(
  argv: readonly string[],
  cwd: string,
  steps: readonly Keys[],
  env: Record<string, string> = {},
  { columns = 60, rows = 20, early = '' }: Shape = {},
): Session {
  const unset = ['CI', 'NO_COLOR', 'FORCE_COLOR'].filter((name) => env[name] === undefined)
  const task = { argv, cwd, env: { TERM: 'xterm', ...env }, unset, steps, columns, rows, early }
  const driver = join(project, 'test', 'support', 'terminal.py')
  const output = execFileSync(join(pythonBin() ?? '', 'python'), [driver], {
    input: JSON.stringify(task),
    encoding: 'utf8',
    timeout: 90_000,
  })
  return JSON.parse(output) as Session
}

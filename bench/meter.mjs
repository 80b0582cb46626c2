import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * @typedef {{ cpu: number, wall: number, mib: number, over: boolean }} Sample milliseconds, and the most memory it had
 * @typedef {{ argv: string[], cwd: string, env?: Record<string, string>, limit?: number, until?: string, answer?: string, exits?: number[], isBare?: boolean }} Job
 *   `limit`: may be stopped then, in seconds of CPU time; `isBare`: without what the shell says
 */

/** How long a program may take that is to end, in seconds. */
const LIMIT = 60

/**
 * Starts `measure.py`, which runs one program after the other.
 *
 * @param {string} folder for what they print
 * @returns what a job took; throws where it did not do what it was to do
 */
export function openMeter(folder) {
  const python = resolve(import.meta.dirname, '..', '.venv', 'bin', 'python')
  const program = existsSync(python) ? python : 'python3'
  const meter = spawn(program, ['-I', join(import.meta.dirname, 'measure.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const answers = createInterface({ input: meter.stdout })[Symbol.asyncIterator]()
  const [stdout, stderr] = ['stdout', 'stderr'].map((name) => join(folder, name))

  /** @param {Job} job @returns {Promise<Sample>} */
  const measure = async ({ argv, cwd, env = {}, limit, until, answer, exits = [0], isBare = false }) => {
    const shell = isBare ? { PATH: SHELL.PATH } : SHELL
    const job = {
      argv,
      cwd,
      env: { ...shell, TERM: 'xterm-256color', HOME: folder, ...env },
      limit: limit ?? LIMIT,
      until,
      answer,
      stdout,
      stderr,
    }
    meter.stdin.write(`${JSON.stringify(job)}\n`)
    const { value, done } = await answers.next()
    if (done) throw new Error('measure.py ended')
    const { exit, ...sample } = JSON.parse(value)
    const isShown = until !== undefined && answer === undefined
    const isDone = sample.over ? limit !== undefined : isShown || exits.includes(exit)
    if (!isDone) throw new Error(`${argv.join(' ')}: exit ${exit}\n${readFileSync(stderr, 'utf8')}`)
    return sample
  }
  return { measure, close: () => meter.stdin.end() }
}

/** What a program finds of the shell that the bench runs in: not what changes what it does, nor what npm adds for scripts. */
const SHELL = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(CI|NO_COLOR|FORCE_COLOR|GITHUB_|CACHIBOT_WS_|XDG_|npm_)/.test(name),
  ),
)

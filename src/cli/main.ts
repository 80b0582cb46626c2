import { isatty } from 'node:tty'
import { openCache } from '../cache/cache.js'
import { cacheFolder } from '../cache/folder.js'
import { Trees } from '../lang/trees.js'
import { KeptWords } from '../lang/word-index.js'
import { type Shown, say } from '../report/shown/shown.js'
import { nodeDisk } from '../workspace/disk.js'
import { MAX_BYTES } from '../workspace/read-text.js'
import { watchTerminals } from '../workspace/terminal.js'
import { KeptAnswers } from './answers.js'
import { COMPLETE } from './completion/words.js'
import type { Output, World } from './context.js'
import { asksForJson, commandIn, run } from './program.js'
import { Progress } from './progress.js'
import { type Signals, watchSignals } from './signals.js'

export { useOf } from './use.js'

/**
 * Runs the program in this process. The exit code is set and the process ends by itself, so that no output is cut.
 *
 * @param build names what the program is made of
 */
export async function main(build: string): Promise<void> {
  process.on('exit', watchTerminals())
  const argv = process.argv.slice(2)
  const signals = watchSignals((exitCode) => sayInterrupted(argv, exitCode, stdout))
  const folder = cacheFolder()
  const answers = new KeptAnswers(openCache('answers', folder), build)
  const progress = new Progress(canShowProgress() ? (text) => void process.stderr.write(text) : undefined)
  process.on('exit', () => progress.stop())
  const trees = new Trees(openCache('trees', folder), () => progress.beat())
  const words = new KeptWords(openCache('words', folder))
  const stdout = outputTo('stdout', 1, signals, progress)
  const world: World = {
    cwd: process.cwd(),
    env: process.env,
    stdout,
    stderr: outputTo('stderr', 2, signals, progress),
    stdinIsTTY: isatty(0),
    disk: progress.watch(nodeDisk),
    progress,
    signals,
    answers,
    trees,
    words,
    readStdin,
  }
  process.exitCode = await run(argv, world)
  trees.keep()
  words.keep()
  answers.keep()
}

/** Says in JSON, where that was asked for, that a signal ended the run. */
async function sayInterrupted(
  argv: readonly string[],
  exitCode: number,
  stdout: Output & { readonly isUsed: boolean },
): Promise<void> {
  if (!asksForJson(argv)) return
  const { renderRunJson } = await import('../report/json.js')
  const problems = [{ code: 'interrupted', what: 'a signal ended the run; nothing was written' }] as const
  // The answer was out already: there is one value.
  if (stdout.isUsed) return
  stdout.write(renderRunJson({ command: commandIn(argv), exitCode, dryRun: false, problems }))
}

/** Whether a line can be shown that goes away again: at a terminal, to a person who did not ask for quiet. */
function canShowProgress(): boolean {
  const { CI, TERM } = process.env
  const isQuiet = process.argv.some((word) => word === '--quiet' || word === COMPLETE)
  return isatty(2) && TERM !== 'dumb' && !CI && !isQuiet
}

/** A stream of this process, which is made when it is written to: that costs more than to print a page of help. */
function outputTo(
  name: 'stdout' | 'stderr',
  fd: number,
  signals: Signals,
  progress: Progress,
): Output & { readonly isUsed: boolean } {
  let isUsed = false
  let made: NodeJS.WriteStream | undefined
  const open = (): NodeJS.WriteStream => {
    made ??= process[name].on('error', (error: NodeJS.ErrnoException) => endWith(error, name, signals))
    return made
  }
  const isTTY = isatty(fd)
  // A terminal is written to by the wizard as well.
  if (isTTY) open()
  return {
    write(text: Shown) {
      progress.stop()
      isUsed = true
      const stream = open()
      return stream.write(isTTY ? text.fitted(stream.columns) : String(text))
    },
    isTTY,
    get isUsed() {
      return isUsed
    },
    get columns() {
      return open().columns
    },
  }
}

/** Ends the process where its output cannot be written. */
function endWith(error: NodeJS.ErrnoException, name: 'stdout' | 'stderr', signals: Signals): never {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
  if (error.code === 'EIO' && process[name].isTTY)
    process.exit(signals.hasWritten() ? (process.exitCode ?? 0) : 129)
  if (name === 'stdout')
    process.stderr.write(
      String(
        say`error: the output could not be written: ${error.message}${signals.hasWritten() ? '; the files are written' : ''}\n`,
      ),
    )
  process.exit(5)
}

/** Ends where more came than is read of any file. */
async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer)
    length += (chunk as Buffer).length
    if (length > MAX_BYTES) break
  }
  return Buffer.concat(chunks)
}

import { openCache } from '../cache/cache.js'
import { cacheFolder } from '../cache/folder.js'
import { Trees } from '../lang/trees.js'
import { type Shown, say } from '../report/shown/shown.js'
import { nodeDisk } from '../workspace/disk.js'
import { MAX_BYTES } from '../workspace/read-text.js'
import { watchTerminals } from '../workspace/terminal.js'
import type { Output, World } from './context.js'
import { run } from './program.js'
import { watchSignals } from './signals.js'

/** Runs the program in this process. The exit code is set and the process ends by itself, so that no output is cut. */
export async function main(): Promise<void> {
  process.on('exit', watchTerminals())
  const signals = watchSignals()
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
      if (error.code === 'EIO' && stream.isTTY)
        process.exit(signals.hasWritten() ? (process.exitCode ?? 0) : 129)
      if (stream === process.stdout)
        outputTo(process.stderr).write(
          say`error: the output could not be written: ${error.message}${signals.hasWritten() ? '; the files are written' : ''}\n`,
        )
      process.exit(5)
    })
  }
  const world: World = {
    cwd: process.cwd(),
    env: process.env,
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    stdinIsTTY: process.stdin.isTTY === true,
    disk: nodeDisk,
    signals,
    trees: new Trees(openCache('trees', cacheFolder())),
    readStdin,
  }
  process.exitCode = await run(process.argv.slice(2), world)
  world.trees.keep()
}

function outputTo(stream: NodeJS.WriteStream): Output {
  return { write: (text: Shown) => stream.write(String(text)), isTTY: stream.isTTY, columns: stream.columns }
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

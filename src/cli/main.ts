import { nodeDisk } from '../workspace/disk.js'
import { MAX_BYTES } from '../workspace/read-text.js'
import { watchTerminals } from '../workspace/terminal.js'
import type { World } from './context.js'
import { run } from './program.js'

/** Runs the program in this process. The exit code is set and the process ends by itself, so that no output is cut. */
export async function main(): Promise<void> {
  process.on('exit', watchTerminals())
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))
  process.on('SIGTERM', () => process.exit(143))
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
      if (error.code === 'EIO' && stream.isTTY) process.exit(130)
      if (stream === process.stdout)
        process.stderr.write(`error: the output could not be written: ${error.message}\n`)
      process.exit(5)
    })
  }
  const world: World = {
    cwd: process.cwd(),
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    stdinIsTTY: process.stdin.isTTY === true,
    disk: nodeDisk,
    readStdin,
  }
  process.exitCode = await run(process.argv.slice(2), world)
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

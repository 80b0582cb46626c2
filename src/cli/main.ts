import { type Shown, say } from '../report/shown/shown.js'
import { nodeDisk } from '../workspace/disk.js'
import { watchTerminals } from '../workspace/terminal.js'
import type { Output, World } from './context.js'
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
        outputTo(process.stderr).write(say`error: the output could not be written: ${error.message}\n`)
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
    readStdin,
  }
  process.exitCode = await run(process.argv.slice(2), world)
}

function outputTo(stream: NodeJS.WriteStream): Output {
  return { write: (text: Shown) => stream.write(String(text)), isTTY: stream.isTTY }
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

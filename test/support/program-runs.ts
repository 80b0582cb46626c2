import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { project } from './fixtures.js'

const bin = join(project, 'bin', 'cachibot-ws.js')

/** A run of the program in a process of its own. */
export interface Running {
  readonly child: ChildProcess
  /** The exit code, null for one that was killed, and what it said. */
  readonly ended: Promise<{ readonly exitCode: number | null; readonly stderr: string }>
}

/** Starts the program. */
export function start(cwd: string, args: readonly string[]): Running {
  return startNode(cwd, [bin, ...args])
}

/** Starts no more than the commit of a plan that a file holds. */
export function startCommit(cwd: string, plan: string): Running {
  return startNode(cwd, [join(import.meta.dirname, 'commit-plan.mjs'), cwd, plan])
}

function startNode(cwd: string, args: readonly string[]): Running {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr?.on('data', (text) => {
    stderr += text
  })
  const ended = new Promise<{ exitCode: number | null; stderr: string }>((done) =>
    child.once('close', (exitCode) => done({ exitCode, stderr })),
  )
  return { child, ended }
}

/** Waits until a file is there or the run has ended, looking every millisecond. */
export async function seen(path: string, { child }: Running): Promise<boolean> {
  while (!existsSync(path)) {
    if (child.exitCode !== null || child.signalCode !== null) return false
    await new Promise((again) => setTimeout(again, 1))
  }
  return true
}

/** Does nothing for some microseconds, and lets nothing else happen. */
export function pass(microseconds: number): void {
  const end = process.hrtime.bigint() + BigInt(Math.round(microseconds * 1_000))
  while (process.hrtime.bigint() < end);
}

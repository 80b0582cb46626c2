import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { bin } from './terminal.js'

/** The command lines of the shell blocks of a document: those that call the program. */
export function commandLines(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```(?:sh|bash|console)\n([\s\S]*?)^```/gm)].map(
    (found) => found[1] ?? '',
  )
  return blocks
    .join('\n')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.replace(/^\$ /, ''))
    .filter((line) => /(^|\| |\()cachibot-ws /.test(line))
}

/** Runs a line as a shell does, with the program on the path and nobody to ask. */
export function runLine(line: string, cwd: string): SpawnSyncReturns<string> {
  const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-bin-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const command = join(folder, 'cachibot-ws')
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`)
  chmodSync(command, 0o755)
  mkdirSync(join(folder, '.config', 'fish', 'completions'), { recursive: true })
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}`, HOME: folder, GITHUB_ACTIONS: '' }
  return spawnSync('bash', ['-o', 'pipefail', '-c', line], { cwd, encoding: 'utf8', env, timeout: 60_000 })
}

/** Whether a program is on the path. */
export function hasProgram(name: string): boolean {
  return spawnSync('bash', ['-c', `command -v ${name}`]).status === 0
}

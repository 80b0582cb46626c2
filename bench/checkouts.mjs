import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isSource } from './generate.mjs'

/** The file that is edited between two runs: of the channel, and of the language whose parser takes longest to load. */
const EDITED = 'frontend/src/hooks/useWebSocket.ts'
const NOT_COPIED = new Set(['.git', '.venv', 'node_modules', '__pycache__', 'dist', 'build'])

const git = (folder, ...args) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' })

/** Copies a checkout, or writes texts, into a folder that git can put back. */
export function makeCheckout(folder, source) {
  if (typeof source === 'string')
    cpSync(source, folder, { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) })
  else source(folder)
  git(folder, 'init', '-q')
  git(folder, 'add', '-A')
  git(folder, '-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '-qm', 'As it was')
  return folder
}

/** Puts back what a run wrote. */
export function undo(folder) {
  git(folder, 'reset', '-q', '--hard')
  git(folder, 'clean', '-fdq')
}

/** The lines that were added since, without blank ones; a line that is gone begins with `-`. */
export function changedLines(folder) {
  const diff = git(folder, 'diff', '-U0', '--no-color', '--no-ext-diff')
  return diff
    .split('\n')
    .filter((line) => /^[-+](?!--|\+\+)/.test(line))
    .map((line) => (line.startsWith('+') ? line.slice(1) : line).trim())
    .filter((line) => line !== '')
}

/** A harmless line at the end of a file, another one each time. */
export function edit(folder, turn) {
  const file = join(folder, EDITED)
  const [text] = readFileSync(file, 'utf8').split('\n// bench ')
  writeFileSync(file, `${text}\n// bench ${turn}\n`)
}

/** Which revision is checked out, where git knows one. @returns {{ revision?: string }} */
export function revisionOf(folder) {
  if (!existsSync(join(folder, '.git'))) return {}
  return { revision: git(folder, 'rev-parse', '--short=10', 'HEAD').trim() }
}

/** How many source files there are. */
export const sourcesIn = (folder) => git(folder, 'ls-files').split('\n').filter(isSource).length

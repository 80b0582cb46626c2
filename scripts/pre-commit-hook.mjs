#!/usr/bin/env node
/**
 * The hook as pre-commit runs it from its clone: builds once, with the versions of the lock file, then runs `check`.
 * Two commits at the same time build one after the other.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const project = resolve(import.meta.dirname, '..')
const built = join(project, 'node_modules', '.cachibot-ws-built')
const lock = join(project, '.cachibot-ws-building')

while (!existsSync(built)) {
  if (takeLock()) buildOnce()
  else await setTimeout(200)
}
const bin = join(project, 'bin', 'cachibot-ws.js')
const ran = spawnSync(process.execPath, [bin, 'check', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = ran.status ?? 1

/** Whether this process is the one that builds; a lock whose process is gone is taken away. */
function takeLock() {
  const own = `${lock}-${process.pid}`
  writeFileSync(own, String(process.pid))
  try {
    // Its content appears with it.
    linkSync(own, lock)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (isHolderGone()) rmSync(lock, { force: true })
    return false
  } finally {
    rmSync(own, { force: true })
  }
}

function isHolderGone() {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** What building says is shown only where it fails: pre-commit prints all that a failing hook prints. */
function buildOnce() {
  if (existsSync(built)) return rmSync(lock, { force: true })
  const prepare = join(project, 'scripts', 'prepare.mjs')
  const ran = spawnSync(process.execPath, [prepare], { cwd: project, encoding: 'utf8' })
  if (ran.status === 0) writeFileSync(built, '')
  rmSync(lock, { force: true })
  if (ran.status === 0) return
  process.stderr.write(`${ran.stdout}${ran.stderr}\ncachibot-ws could not be built in ${project}\n`)
  process.exit(5)
}

/** Runs the program with the Node that runs this: an event in, listed, and out again, on a copy of a fixture. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const project = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-smoke-'))
const checkout = join(folder, 'cachibot')
cpSync(join(project, 'fixtures', 'cachibot'), checkout, { recursive: true })
const RUNS = [
  ['--version'],
  ['info'],
  ['add-event', 'seat_taken', '-f', 'seat_id:str', '-f', 'note:str?'],
  ['add-event', 'curtain_call', '--direction', 'both', '-f', 'scene:str', '--store', 'new:curtain'],
  ['list'],
  ['init', '--all', '--from', 'github:owner/cachibot-ws#v0.1.0'],
  ['remove-event', 'seat_taken'],
]
for (const args of RUNS) {
  const bin = join(project, 'bin', 'cachibot-ws.js')
  const ran = spawnSync(process.execPath, [bin, ...args, '--json', '--cwd', checkout], { encoding: 'utf8' })
  const isGood = ran.status === 0 && ran.stderr === '' && JSON.parse(ran.stdout).ok
  console.log(
    `${process.version} ${args.join(' ')}: exit ${ran.status}${ran.stderr === '' ? '' : `, ${ran.stderr}`}`,
  )
  if (!isGood) process.exitCode = 1
}
rmSync(folder, { recursive: true, force: true })

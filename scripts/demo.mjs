/** Adds an event to a copy of a fixture and shows what comes of it: the diff, then the run with its checklist. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const project = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-demo-'))
const checkout = join(folder, 'cachibot')
cpSync(join(project, 'fixtures', 'cachibot'), checkout, { recursive: true })

const args = ['add-event', 'seat_taken', '-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?']
let failed = false
for (const more of [['--dry-run'], []]) {
  console.log(
    `$ cachibot-ws ${[...args, ...more].map((word) => (/[?|[\]]/.test(word) ? `'${word}'` : word)).join(' ')}`,
  )
  const { status } = spawnSync(
    process.execPath,
    [join(project, 'bin', 'cachibot-ws.js'), ...args, ...more, '--yes', '--cwd', checkout],
    {
      stdio: ['ignore', 'inherit', more.length > 0 ? 'ignore' : 'inherit'],
    },
  )
  failed ||= status !== 0
  console.log()
}
rmSync(folder, { recursive: true, force: true })
process.exitCode = failed ? 1 : 0

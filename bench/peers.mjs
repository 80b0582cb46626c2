import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { changedLines, undo } from './checkouts.mjs'

const exec = promisify(execFile)
const folder = import.meta.dirname
const modules = (peer, ...path) => join(folder, peer, 'node_modules', ...path)
const FILES = ['models/websocket.py', 'types/index.ts', 'hooks/useWebSocket.ts', 'api/websocket.ts'].map(
  (path) => join(path.endsWith('.py') ? 'cachibot' : 'frontend/src', path),
)

/** How each of them is asked for the event, in a checkout. */
export const PEERS = {
  hygen: {
    argv: [
      process.execPath,
      modules('hygen', 'hygen', 'dist', 'bin.js'),
      'event',
      'new',
      '--name',
      'curtain_call',
    ],
    env: { HYGEN_TMPLS: join(folder, 'hygen', '_templates') },
  },
  plop: {
    argv: [
      ...[process.execPath, modules('plop', 'plop', 'bin', 'plop.js')],
      ...['--plopfile', join(folder, 'plop', 'plopfile.js'), '--dest', '.', 'event', 'curtain_call'],
    ],
  },
  'ast-grep': {
    argv: [
      modules('ast-grep', '@ast-grep', 'cli', 'ast-grep'),
      ...['scan', '--rule', join(folder, 'ast-grep', 'event.yml'), '--update-all', ...FILES],
    ],
  },
}

/** What all of them write. */
const INSERTED = `CURTAIN_CALL = "curtain_call"
@classmethod
def curtain_call(cls, scene: str) -> "WSMessage":
"""Create a curtain_call message."""
return cls(type=WSMessageType.CURTAIN_CALL, payload={"scene": scene})
sendCurtainCall(scene: string): void {
this.send('curtain_call', { scene })
}
case 'curtain_call': {
const payload = msg.payload as { scene: string }
console.info(payload.scene)
break
}
| 'curtain_call'`

/** Installs the versions of their lock files. */
export async function installPeers() {
  for (const peer of Object.keys(PEERS))
    await exec('npm', ['ci', '--silent', '--no-audit', '--no-fund', '--prefix', join(folder, peer)])
}

/** @returns {import('./scenarios.mjs').Scenario[]} */
export function peerScenarios(cwd) {
  return Object.entries(PEERS).map(([peer, job]) => ({
    id: `peer ${peer}`,
    before: () => {},
    job: () => ({ ...job, cwd }),
    after: () => undo(cwd),
  }))
}

/** Runs each once, and throws where one did not write the five places. */
export async function provePeers(cwd, measure) {
  for (const { id, job, after } of peerScenarios(cwd)) {
    await measure(job())
    const lines = changedLines(cwd)
    // Sorted, as git may begin the same change a line earlier.
    const isSame = lines.toSorted().join('\n') === INSERTED.split('\n').toSorted().join('\n')
    if (!isSame) throw new Error(`${id} wrote something else:\n${lines.join('\n')}`)
    after()
  }
}

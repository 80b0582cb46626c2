import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { pythonBin } from '../../scripts/user-tools.mjs'
import type { FixtureName } from './fixtures.js'

/** A fixture on stage: its backend under uvicorn serves its built frontend to a real browser. */
export interface Stage {
  readonly page: Page
  /** Where the backend listens. */
  readonly origin: string
  /** What the backend printed. */
  readonly log: () => string
  close(): Promise<void>
}

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser of this machine; undefined where there is none, which CI does not accept. */
export function findBrowser(): string | undefined {
  const found = BROWSERS.find((path) => existsSync(path))
  if (found === undefined && process.env['CI'])
    throw new Error(
      `CI needs a browser and there is none of ${BROWSERS.join(', ')}: apt-get install chromium`,
    )
  return found
}

/** What a fixture needs so that its own code is reached from outside. */
interface Part {
  /** The folder that the Python package stands in. */
  readonly backend: string
  /** The attribute of main's manager that holds the connections. */
  readonly connections: string
  /** By channel: the component that uses the hook, and what stands before the place for more buttons. */
  readonly components: Readonly<Record<string, readonly [path: string, heading: string]>>
}

const PARTS: Readonly<Record<FixtureName, Part>> = {
  reference: {
    backend: 'src',
    connections: 'connections',
    components: { main: ['frontend/src/App.tsx', '</h1>'] },
  },
  cachibot: {
    backend: '.',
    connections: 'active_connections',
    components: {
      main: ['frontend/src/components/chat/ChatView.tsx', '</h2>'],
      room: ['frontend/src/components/rooms/RoomView.tsx', '</h2>'],
      voice: ['frontend/src/components/voice/VoicePanel.tsx', '</h2>'],
    },
  },
}

/** Writes what the tool leaves to people: a button for each callback, which sends what the page holds as `asked`. */
export function addButtons(
  root: string,
  fixture: FixtureName,
  channel: string,
  callbacks: readonly { readonly name: string; readonly isEmpty: boolean }[],
): void {
  const [component, heading] = PARTS[fixture].components[channel] ?? ['', '']
  const names = callbacks.map((one) => one.name).join(', ')
  const buttons = callbacks.map(({ name, isEmpty }) => {
    const argument = isEmpty ? '' : '(window as unknown as { asked: never }).asked'
    return `<button data-testid="${channel}-${name}" onClick={() => ${name}(${argument})}>${name}</button>`
  })
  edit(root, component, [
    [/const \{ ([^}]*) \} = use(WebSocket|RoomWebSocket|Voice)\(/, `const { $1, ${names} } = use$2(`],
    [heading, `${heading}${buttons.join('')}`],
  ])
}

/** Writes a route that calls the send helper for every connection of main. */
export function addRoute(root: string, fixture: FixtureName, helper: string): void {
  const { backend, connections } = PARTS[fixture]
  edit(root, join(backend, 'cachibot/api/server.py'), [
    [
      /^if FRONTEND/m,
      `@app.post("/sent/${helper}")
async def send_from_outside(fields: dict[str, Any]) -> None:
    for client_id in list(websocket_module.manager.${connections}):
        await websocket_module.${helper}(
            client_id,
            **{
                ("class_" if key == "class" else key): [datetime.fromisoformat(one) for one in value]
                if key.endswith("_list")
                else datetime.fromisoformat(value)
                if key.endswith("_at") and value is not None
                else value
                for key, value in fields.items()
            },
        )


if FRONTEND`,
    ],
    [
      'from fastapi import',
      'from datetime import datetime\nfrom typing import Any\nimport cachibot.api.websocket as websocket_module\nfrom fastapi import',
    ],
  ])
}

/** Builds the frontend, starts the backend and opens the page. */
export async function openStage(root: string, fixture: FixtureName): Promise<Stage> {
  const frontend = join(root, 'frontend')
  const vite = join(frontend, 'node_modules', 'vite', 'bin', 'vite.js')
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: frontend, stdio: 'pipe' })
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const server = spawn(
    join(pythonBin() ?? '', 'python'),
    ['-m', 'uvicorn', 'cachibot.api.server:app', '--port', String(port), '--app-dir', PARTS[fixture].backend],
    { cwd: root, env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } },
  )
  let log = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (data) => (log += String(data)))
  await untilListening(origin, server, () => log)
  const profile = mkdtempSync(join(tmpdir(), 'cachibot-ws-browser-'))
  const context = await openBrowser(profile)
  const page = await context.newPage()
  await page.goto(origin)
  return {
    page,
    origin,
    log: () => log,
    close: async () => {
      await context.close()
      server.kill()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

async function openBrowser(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: findBrowser() ?? '',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

function edit(root: string, path: string, changes: readonly (readonly [string | RegExp, string])[]): void {
  const file = join(root, path)
  let text = readFileSync(file, 'utf8')
  for (const [pattern, replacement] of changes) {
    const changed = text.replace(pattern, replacement)
    if (changed === text) throw new Error(`${path} has no ${pattern}`)
    text = changed
  }
  writeFileSync(file, text)
}

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null ? done(address.port) : fail(address),
      )
    })
  })
}

async function untilListening(origin: string, server: ChildProcess, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (server.exitCode !== null) throw new Error(`the backend ended:\n${log()}`)
    const isUp = await fetch(origin).then(
      () => true,
      () => false,
    )
    if (isUp) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`the backend does not listen:\n${log()}`)
}

/**
 * What npm runs as `prepare`: builds, and installs before it what building needs where that is not there. So it is
 * behind `npm install -g git+…`: npm prepares the clone as if it were global, without its dependencies (npm/cli#8440).
 */
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const project = resolve(import.meta.dirname, '..')
const require = createRequire(import.meta.url)

/** Flags beat what the environment says of an outer, global install. */
const INSTALL = [
  'ci',
  '--global=false',
  `--prefix=${project}`,
  '--workspaces=false',
  '--include=dev',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
]

if (!['rolldown', 'zod', 'tree-sitter-python/LICENSE'].every(isInstalled)) {
  const npm = process.env.npm_execpath
  const [program, args] = npm?.endsWith('npm-cli.js') ? [process.execPath, [npm]] : ['npm', []]
  execFileSync(program, [...args, ...INSTALL], { cwd: project, stdio: 'inherit' })
}
await import('./build.mjs')

function isInstalled(module) {
  try {
    require.resolve(module)
    return true
  } catch {
    return false
  }
}

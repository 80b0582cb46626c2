/**
 * Builds the package where it is installed from git, as pre-commit does. `npm install -g` of a git repository prepares
 * it without its devDependencies (npm/cli#8440), so they are installed here if they are missing.
 */
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const project = resolve(import.meta.dirname, '..')
const require = createRequire(import.meta.url)

function isInstalled(name) {
  try {
    require.resolve(name)
    return true
  } catch {
    return false
  }
}

if (!isInstalled('typescript/package.json')) {
  const args = ['ci', '--include=dev', '--ignore-scripts', '--workspaces=false', '--no-audit', '--no-fund']
  const env = { ...process.env, npm_config_global: 'false', npm_config_location: 'project' }
  execFileSync('npm', args, { cwd: project, env, stdio: ['ignore', 'ignore', 'inherit'] })
}
await import('./build.mjs')

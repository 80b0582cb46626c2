/** Compiles `src` to `dist` and puts the Python grammar beside it. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

const project = resolve(import.meta.dirname, '..')
const require = createRequire(import.meta.url)
rmSync(join(project, 'dist'), { recursive: true, force: true })
execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', project], { stdio: 'inherit' })
for (const file of ['tree-sitter-python.wasm', 'LICENSE']) {
  const name = file === 'LICENSE' ? 'tree-sitter-python.LICENSE' : file
  copyFileSync(require.resolve(`tree-sitter-python/${file}`), join(project, 'dist', name))
}

/**
 * Builds and packs `cachibot-ws-<version>.tgz` into the folder that is named, else here. The manifest in it has no scripts, as npm
 * warns of a `prepare` in a tarball, and nothing that only building needs. Prints the path.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { bundle } from './bundle.mjs'

const project = resolve(import.meta.dirname, '..')
const target = resolve(process.argv[2] ?? '.')
const { scripts, workspaces, devDependencies, allowScripts, ...manifest } = JSON.parse(
  readFileSync(join(project, 'package.json'), 'utf8'),
)
const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-tarball-'))
try {
  for (const file of ['README.md', 'LICENSE', ...manifest.files])
    if (file !== 'dist') cpSync(join(project, file), join(folder, file), { recursive: true })
  await bundle(join(folder, 'dist'))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
  const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', target]
  const name = execFileSync('npm', args, { cwd: folder, encoding: 'utf8' }).trim()
  console.log(join(target, name))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { project } from './fixtures.js'
import { findBrowser } from './stage.js'

const venv = join(project, '.venv')
const requirements = join(project, 'fixtures', 'requirements.txt')

/** Makes the `.venv` with the Python tools, once for each state of the requirements. */
export default function setup(): void {
  if (findBrowser() === undefined)
    console.warn('\nSKIPPED: no Chromium here (apt-get install chromium), so no browser witnesses this run\n')
  const stamp = join(venv, 'requirements.sha256')
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  try {
    rmSync(venv, { recursive: true, force: true })
    execFileSync('python3', ['-m', 'venv', venv], { stdio: 'pipe' })
    execFileSync(join(venv, 'bin', 'pip'), ['install', '--quiet', '-r', requirements], { stdio: 'pipe' })
    writeFileSync(stamp, wanted)
  } catch (error) {
    rmSync(venv, { recursive: true, force: true })
    if (process.env['CI'])
      throw new Error('the Python tools could not be installed, and CI needs them', { cause: error })
    console.warn('\nSKIPPED: no Python here, so ruff, mypy and pydantic do not witness this run\n')
  }
}

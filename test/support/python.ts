import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pythonBin } from '../../scripts/user-tools.mjs'

/** Whether the Python witnesses are here. In CI the set-up fails where they are not. */
export const hasPython = pythonBin() !== undefined

/** Runs a Python program with the fixtures' packages and gives what it prints. */
export function python(program: string, options: { cwd: string; path: string }): string {
  return execFileSync(join(pythonBin() ?? '', 'python'), ['-W', 'error', '-c', program], {
    cwd: options.cwd,
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: options.path, PYTHONDONTWRITEBYTECODE: '1' },
  })
}

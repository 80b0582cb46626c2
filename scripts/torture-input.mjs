/**
 * Breaks files of the fixtures, one at a time, and runs every command on each tree: `npm run torture:input -- [seed]
 * [count]`. The seed is printed; the same one gives the same trees.
 */
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const project = resolve(import.meta.dirname, '..')
const [seed = String(Date.now() % 1_000_000), count = '3000'] = process.argv.slice(2)
console.log(`${count} broken trees, seed ${seed}`)
const { status } = spawnSync(
  process.execPath,
  [
    join(project, 'node_modules/vitest/vitest.mjs'),
    'run',
    'test/program/fuzz.test.ts',
    '--testTimeout',
    '3600000',
  ],
  { cwd: project, stdio: 'inherit', env: { ...process.env, FUZZ_SEED: seed, FUZZ_COUNT: count } },
)
process.exitCode = status ?? 1

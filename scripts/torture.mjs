/**
 * Tries what `npm test` tries a little of, in full: faults, kills, editors, power losses, several runs at once, and changes of events at
 * random with their reversal (of a checkout of yours as well: `CHECKOUT=<folder>`). Prints
 * what was tried and how much of it was wrong; ends with 1 where anything was.
 *
 *     SEED=7 npm run torture
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const seed = process.env.SEED ?? '1'
const args = [
  'vitest',
  'run',
  'test/workspace/crash.test.ts',
  'test/workspace/crash-real.test.ts',
  'test/laws/change-seeded.test.ts',
  '--reporter=verbose',
  '--testTimeout=7200000',
]
console.log(`seed ${seed}`)
const child = spawn('npx', args, {
  env: { ...process.env, SEED: seed, CACHIBOT_WS_TORTURE: '1' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const seen = []
for await (const line of createInterface({ input: child.stdout })) {
  const told = /torture: (.*)$/.exec(line)?.[1]
  if (told === undefined) seen.push(line)
  else console.log(told)
}
const exitCode = child.exitCode ?? (await new Promise((done) => child.once('close', done)))
if (exitCode !== 0) console.log(seen.join('\n'))
process.exitCode = exitCode === 0 ? 0 : 1

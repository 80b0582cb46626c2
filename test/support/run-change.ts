import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { cachibotWs, copyFixture, type Ran, snapshot } from './checkout.js'
import type { FixtureName } from './fixtures.js'

/** A text of a file of the fixture, and what it is replaced with. */
export type FixtureEdit = readonly [file: string, from: string, to: string]

/** Runs `change-event` on a copy of a fixture, with texts of it replaced before. */
export async function runChange(
  args: readonly string[],
  edits: readonly FixtureEdit[] = [],
  fixture: FixtureName = 'cachibot',
): Promise<
  Ran & {
    readonly cwd: string
    readonly changed: readonly string[]
    readonly read: (path: string) => string
  }
> {
  const cwd = copyFixture(fixture)
  for (const [file, from, to] of edits) {
    const text = readFileSync(join(cwd, file), 'utf8')
    expect(text).toContain(from)
    writeFileSync(
      join(cwd, file),
      text.replace(from, () => to),
    )
  }
  const before = snapshot(cwd)
  const ran = await cachibotWs(['change-event', ...args], { cwd })
  const after = snapshot(cwd)
  const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path)
  return { cwd, ...ran, changed, read: (path) => after.get(path) ?? '' }
}

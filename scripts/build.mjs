/**
 * Bundles `src` to `dist`. The build is made beside it and renamed into place file by file, with what is always named the
 * same at last: a program that runs, or a second build, finds what it looks for, and a build that fails changes nothing.
 */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { bundle } from './bundle.mjs'

const dist = resolve(import.meta.dirname, '..', 'dist')
/** How long a program may run that an older build began, in milliseconds. */
const LONG = 60 * 60 * 1000

const folder = mkdtempSync(`${dist}-`)
try {
  await bundle(folder)
  mkdirSync(dist, { recursive: true })
  const built = readdirSync(folder).sort((a, b) => isHashed(b) - isHashed(a))
  for (const name of built) {
    utimesSync(join(folder, name), new Date(), new Date())
    renameSync(join(folder, name), join(dist, name))
  }
  for (const name of readdirSync(dist)) if (!built.includes(name)) removeOld(join(dist, name))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Whether a name says what is in the file. */
function isHashed(name) {
  return Number(/-[\w-]{8}\.cjs$/.test(name))
}

function removeOld(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats !== undefined && Date.now() - stats.mtimeMs > LONG) rmSync(path, { recursive: true, force: true })
}

import { lstatSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'

const NAME = 'cachibot-ws'

/**
 * The folder that caches are kept in: `$XDG_CACHE_HOME/cachibot-ws` where that is set, else `~/Library/Caches` on macOS,
 * `%LOCALAPPDATA%` on Windows, `~/.cache` anywhere else. `CACHIBOT_WS_CACHE=0` says that nothing is kept.
 *
 * @returns an absolute path; undefined where nothing is to be kept, or nobody says where
 */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string | undefined {
  if (env['CACHIBOT_WS_CACHE'] === '0') return undefined
  for (const base of [env['XDG_CACHE_HOME'], platform === 'win32' ? env['LOCALAPPDATA'] : undefined])
    if (base !== undefined && isAbsolute(base)) return join(base, NAME)
  const home = homeOf(env)
  if (home === undefined) return undefined
  if (platform === 'win32') return join(home, 'AppData', 'Local', NAME)
  return platform === 'darwin' ? join(home, 'Library', 'Caches', NAME) : join(home, '.cache', NAME)
}

function homeOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  try {
    const home = env['HOME'] ?? homedir()
    return isAbsolute(home) ? home : undefined
  } catch {
    return undefined
  }
}

/** Whether a folder is there that belongs to this user, and that nobody else can write to. */
export function isOwnFolder(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats === undefined || !stats.isDirectory()) return false
  const user = process.getuid?.()
  return user === undefined || (stats.uid === user && (stats.mode & 0o022) === 0)
}

/** Makes a folder for this user alone, if it is not there. Root makes none in a folder of another user (`sudo`). */
export function makeOwnFolder(path: string): void {
  const above = nearestAbove(path)
  if (process.getuid?.() !== 0 || lstatSync(above).uid === 0)
    mkdirSync(path, { recursive: true, mode: 0o700 })
}

function nearestAbove(path: string): string {
  const above = dirname(path)
  const isThere = above === path || lstatSync(above, { throwIfNoEntry: false }) !== undefined
  return isThere ? above : nearestAbove(above)
}

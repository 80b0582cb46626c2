import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Baseline } from '../engine/check/baseline.js'
import { orThrow, wrongInput } from '../errors.js'
import { RULE_IDS } from '../rules/catalogue.js'
import { BASELINE_FILE, parseBaseline } from '../settings/baseline-file.js'
import { CONFIG_FILE, type Config, DEFAULT_CONFIG, parseConfig } from '../settings/config-file.js'
import { readText } from '../workspace/read-text.js'
import { createSource } from '../workspace/source.js'
import { isInside } from '../workspace/workspace.js'
import type { GlobalFlags, World } from './context.js'
import { assertInside, type Named } from './output-policy.js'

/** The config of a checkout, and where its baseline is. */
export interface Settings {
  readonly config: Config
  /** Absolute. */
  readonly baseline: string
  /** The flag or the file that names the baseline; undefined where it is the default. */
  readonly baselineFrom: string | undefined
}

/** The baseline as a file that may be written over; only a flag is of the command line. */
export function namedBaseline({ baseline: path, baselineFrom }: Settings, root: string): Named {
  const by = baselineFrom === BASELINE_FLAG ? 'command line' : 'config'
  return { path, shown: shownFrom(root, path), by }
}

const BASELINE_FLAG = '--baseline'

/**
 * Reads the config that a flag names, or the one at the root if there is one.
 *
 * @throws Failure with exit code 2 for one that is not there or not valid, or names a baseline outside the root
 */
export function readSettings(
  world: World,
  flags: GlobalFlags & { readonly baseline?: string },
  root: string,
): Settings {
  const file = flags.config === undefined ? join(root, CONFIG_FILE) : resolve(world.cwd, flags.config)
  const shown = flags.config ?? CONFIG_FILE
  const text = readOwn(world, file, shown)
  if (text === undefined && flags.config !== undefined)
    throw wrongInput({
      code: 'file-not-found',
      what: `the config file \`${shown}\` does not exist`,
      place: { file: shown },
    })
  const config = text === undefined ? DEFAULT_CONFIG : orThrow(parseConfig(text, shown, RULE_IDS))
  const settings = { config, ...findBaseline(world, flags, config, { file, shown, root }) }
  assertInside(world.disk, root, namedBaseline(settings, root))
  return settings
}

function findBaseline(
  world: World,
  flags: { readonly baseline?: string },
  config: Config,
  { file, shown, root }: { readonly file: string; readonly shown: string; readonly root: string },
): Pick<Settings, 'baseline' | 'baselineFrom'> {
  if (flags.baseline !== undefined)
    return { baseline: resolve(world.cwd, flags.baseline), baselineFrom: BASELINE_FLAG }
  if (config.baseline !== undefined)
    return { baseline: resolve(dirname(file), config.baseline), baselineFrom: shown }
  return { baseline: join(root, BASELINE_FILE), baselineFrom: undefined }
}

/**
 * Reads the baseline; empty where there is none and none was named.
 *
 * @throws Failure with exit code 2 for one that was named and is not there, and for one that is not valid
 */
export function readBaseline(
  world: World,
  { baseline: path, baselineFrom }: Settings,
  root: string,
): Baseline {
  const file = shownFrom(root, path)
  const text = readOwn(world, path, file)
  if (text !== undefined) return orThrow(parseBaseline(text, file))
  if (baselineFrom === undefined) return []
  throw wrongInput({
    code: 'file-not-found',
    what: `the baseline \`${file}\` does not exist`,
    why: `${baselineFrom} names it`,
    fix: 'write it: add --write-baseline',
    place: { file },
  })
}

/** A path as findings show it: from the root where it lies inside. */
export function shownFrom(root: string, path: string): string {
  return isInside(root, path) ? relative(root, path).split(sep).join('/') : path
}

/** A config or a baseline without its byte order mark. */
function readOwn(world: World, path: string, shown: string): string | undefined {
  const content = orThrow(readText(world.disk, path, shown))
  return content === undefined ? undefined : createSource(shown, content).text
}

import { resolve } from 'node:path'
import { accept, acceptAll, type Baseline } from '../engine/check/baseline.js'
import { checkEvents } from '../engine/check/check.js'
import { judgedBy } from '../engine/check/judged.js'
import { isWhole, resolveScope } from '../engine/check/scope.js'
import { readSuppressions } from '../engine/check/suppressions.js'
import { judge, type Verdict } from '../engine/check/verdict.js'
import { Failure } from '../errors.js'
import { plural } from '../report/count.js'
import { say } from '../report/shown/shown.js'
import { RULE_IDS } from '../rules/catalogue.js'
import { printBaseline } from '../settings/baseline-file.js'
import { isAtLeast, SEVERITIES, type Severity } from '../settings/severity.js'
import { choose } from '../spec/reserved.js'
import { writeOutputFile } from '../workspace/output-file.js'
import { reportVerdict } from './check-report.js'
import { type Checkout, openWhole, type World } from './context.js'
import { type CheckFlags, chooseFormat, FORMATS, type Format } from './formats.js'
import { assertBaselineOrNothing, assertNoSource } from './output-policy.js'
import { namedBaseline, readBaseline, readSettings, type Settings, shownFrom } from './settings.js'

/**
 * Runs `check`. Nothing is written but what `--output` and `--write-baseline` ask for.
 *
 * @returns 1 where a finding reaches the bar, else 0
 * @throws Failure for everything that is expected to go wrong
 */
export async function check(world: World, names: readonly string[], flags: CheckFlags): Promise<number> {
  const format = chooseFormat(flags, FORMATS) ?? usualFormat(world)
  const failOn = flags.failOn === undefined ? undefined : choose('severity', flags.failOn, SEVERITIES)
  const checkout = openWhole(world, flags)
  const settings = readSettings(world, flags, checkout.root)
  const bar = failOn ?? settings.config.failOn
  if (flags.output !== undefined) {
    const path = resolve(world.cwd, flags.output)
    assertNoSource(world.disk, { path, shown: flags.output, by: 'command line' })
  }
  if (flags.writeBaseline === true)
    assertBaselineOrNothing(world.disk, namedBaseline(settings, checkout.root))
  const verdict = await decide(world, checkout, settings, names, flags, bar)
  return await reportVerdict(world, flags, { verdict, bar, format, root: checkout.root })
}

/** What the place wants where nothing was asked for. */
function usualFormat(world: World): Format {
  return world.env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'text'
}

/** Checks, and applies what the team decided; writes the baseline first where that is asked for. */
async function decide(
  world: World,
  { root, repository, layout }: Checkout,
  settings: Settings,
  names: readonly string[],
  flags: CheckFlags,
  bar: Severity,
): Promise<Verdict> {
  const scope = resolveScope(repository, layout, names, flags.channel)
  const isRewritten = flags.writeBaseline === true && (isWhole(scope) || !exists(world, settings.baseline))
  const baseline = isRewritten ? readOld(world, settings, root) : readBaseline(world, settings, root)
  const checked = checkEvents(repository, layout, scope)
  const isJudged = judgedBy(checked, { repository, layout, scope })
  const suppressions = readSuppressions(repository, layout)
  const decisions = { rules: RULE_IDS, severities: settings.config.rules, suppressions, scope, isJudged }
  if (flags.writeBaseline !== true) return judge(checked, { ...decisions, baseline })
  const { findings } = judge(checked, { ...decisions, baseline: [] })
  const known = findings.filter(({ severity }) => isAtLeast(severity, bar === 'info' ? 'info' : 'warning'))
  const unjudged = baseline.filter(({ entry }) => !isJudged(entry))
  const { kept } = accept(known, unjudged, isJudged)
  const entries = [...acceptAll(kept), ...unjudged.map(({ entry }) => entry)]
  const file = shownFrom(root, settings.baseline)
  await world.signals.protect(() =>
    writeOutputFile(world.disk, settings.baseline, file, printBaseline(entries)),
  )
  const accepted = entries.reduce((sum, { count }) => sum + count, 0)
  if (flags.quiet !== true)
    world.stderr.write(say`wrote ${file}, which accepts ${plural(accepted, 'finding')}\n`)
  return judge(checked, { ...decisions, baseline: entries.map((entry) => ({ entry, place: { file } })) })
}

/** A baseline that is written anew; one that cannot be read has nothing to keep. */
function readOld(world: World, settings: Settings, root: string): Baseline {
  try {
    return exists(world, settings.baseline) ? readBaseline(world, settings, root) : []
  } catch (error) {
    if (error instanceof Failure) return []
    throw error
  }
}

function exists(world: World, path: string): boolean {
  return world.disk.stat(path) !== undefined
}

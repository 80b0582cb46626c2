import { relative, resolve, sep } from 'node:path'
import { isFailed, type Verdict } from '../engine/check/verdict.js'
import { createPainter } from '../report/color.js'
import { summarize } from '../report/count.js'
import { renderFindings } from '../report/findings.js'
import { renderAnnotations, renderStepSummary } from '../report/github.js'
import { renderRunJson } from '../report/json.js'
import { renderSarif } from '../report/sarif.js'
import { lines, type Shown, say } from '../report/shown/shown.js'
import { RULE_IDS } from '../rules/catalogue.js'
import { isAtLeast, type Severity } from '../settings/severity.js'
import { writeOutputFile } from '../workspace/output-file.js'
import { isInside } from '../workspace/workspace.js'
import { columnsOf, type World, wantsColor } from './context.js'
import type { CheckFlags, Format } from './formats.js'
import { readRulePages } from './rule-pages.js'
import { readVersion } from './version.js'

/** How wide a line is where no terminal says it, and how narrow it is at most. */
const WIDTH = 120

/**
 * Says a verdict in the form that was asked for, where it was asked for.
 *
 * @returns the exit code: 1 where a finding reaches the bar
 */
export async function reportVerdict(
  world: World,
  flags: CheckFlags,
  result: {
    readonly verdict: Verdict
    readonly bar: Severity
    readonly format: Format
    readonly root: string
  },
): Promise<number> {
  const { verdict, bar, format, root } = result
  const exitCode = isFailed(verdict, bar) ? 1 : 0
  const shown = verdict.findings.filter((one) => isAtLeast(one.severity, leastShown(flags, bar)))
  const prefix = prefixOf(world, root)
  const render: Readonly<Record<Format, () => Shown>> = {
    text: () =>
      renderFindings(verdict, {
        shown,
        verbose: flags.verbose === true,
        quiet: flags.quiet === true,
        width: flags.output === undefined ? columnsOf(world.stdout, WIDTH) : WIDTH,
        paint: createPainter(flags.output === undefined && wantsColor(world, flags, world.stdout)),
      }),
    json: () => renderRunJson({ command: 'check', exitCode, dryRun: false, verdict }),
    github: () => renderAnnotations(verdict, shown, prefix),
    sarif: () => {
      const rules = readRulePages(RULE_IDS)
      return renderSarif(verdict, { shown, rules, version: readVersion(), prefix, exitCode })
    },
  }
  const text = render[format]()
  if (flags.output === undefined) world.stdout.write(text)
  else {
    const file = resolve(world.cwd, flags.output)
    const shown = flags.output
    await world.signals.protect(() => writeOutputFile(world.disk, file, shown, String(text)))
    if (flags.quiet !== true) world.stderr.write(lines([summarize(verdict)]))
  }
  if (format === 'github') writeStepSummary(world, renderStepSummary(verdict, shown))
  return exitCode
}

/** What fails the check is always shown; `info` else only where it is asked for. */
function leastShown(flags: CheckFlags, bar: Severity): Severity {
  if (flags.verbose === true) return 'info'
  return flags.quiet === true || bar === 'info' ? bar : 'warning'
}

/** The way from the repository's root to the checkout, where GitHub says what the root is. */
function prefixOf(world: World, root: string): string {
  const workspace = world.env['GITHUB_WORKSPACE']
  if (workspace === undefined || world.disk.stat(workspace)?.kind !== 'folder') return ''
  const real = world.disk.realpath(workspace)
  return isInside(real, root) ? relative(real, root).split(sep).join('/') : ''
}

/** A summary that cannot be written is no reason to fail a check. */
function writeStepSummary(world: World, markdown: Shown): void {
  const file = world.env['GITHUB_STEP_SUMMARY']
  if (file === undefined || file === '') return
  const path = resolve(world.cwd, file)
  try {
    // A pipe would be waited for, and what writes to a device is nobody's summary.
    const kind = world.disk.stat(path)?.kind ?? 'file'
    if (kind === 'file') world.disk.append(path, Buffer.from(String(markdown), 'utf8'))
    else
      world.stderr.write(
        say`the step summary was not written: GITHUB_STEP_SUMMARY names ${kind === 'folder' ? 'a folder' : 'a pipe or a device'}\n`,
      )
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    world.stderr.write(
      say`the step summary was not written: the file that GITHUB_STEP_SUMMARY names gave ${code ?? 'an error'}\n`,
    )
  }
}

import { dirname, resolve } from 'node:path'
import { planAddEvent } from '../../engine/add/add-event.js'
import { gatherBackend, gatherChannels, gatherStores } from '../../engine/choices.js'
import { Failure, type ProblemWords } from '../../errors.js'
import { createPainter, type Painter } from '../../report/color.js'
import type { Shown } from '../../report/shown/shown.js'
import { renderSummary } from '../../report/summary.js'
import { renderProblems } from '../../report/text.js'
import { buildSpec, type SpecInput } from '../../spec/event-spec.js'
import { renderDiff } from '../../workspace/diff.js'
import type { Checkout } from '../checkout.js'
import { type GlobalFlags, type World, wantsColor } from '../context.js'
import type { Facts, Planned } from './facts.js'

/** The flags that count for the wizard itself and not for the event. */
export interface WizardFlags extends GlobalFlags {
  readonly dryRun?: boolean
  readonly partial?: boolean
}

/** Reads what the wizard has to know of a checkout. */
export function gatherFacts(world: World, checkout: Checkout, flags: WizardFlags): Facts {
  const { repository, layout } = checkout
  const paint = createPainter(wantsColor(world, flags, world.stderr))
  const known = new Map<string, Planned>()
  return {
    channels: gatherChannels(repository, layout),
    stores: gatherStores(repository, layout),
    backend: gatherBackend(repository, layout),
    isDryRun: flags.dryRun === true,
    plan(input) {
      const key = JSON.stringify(input)
      const planned = known.get(key) ?? planInput(checkout, input, flags.partial === true)
      known.set(key, planned)
      return planned
    },
    describe: (planned) => describePlanned(planned, paint),
    findSaveProblem: (path) => findSaveProblem(world, path),
  }
}

/** A plan in words, or what is wrong with it. */
export function describePlanned(planned: Planned, paint: Painter): Shown {
  return 'problems' in planned
    ? renderProblems(planned.problems, paint)
    : renderSummary(planned, renderDiff(planned.files), paint)
}

function findSaveProblem(world: World, path: string): ProblemWords | undefined {
  const full = resolve(world.cwd, path)
  if (path === '') return { what: 'a file name is missing' }
  if (world.disk.stat(full) !== undefined)
    return { what: `${path} is there already`, fix: 'use another name' }
  if (world.disk.stat(dirname(full))?.kind === 'folder') return undefined
  return { what: `there is no folder ${dirname(path)}`, fix: 'use a folder that exists' }
}

function planInput({ repository, layout }: Checkout, input: SpecInput, partial: boolean): Planned {
  const spec = buildSpec(input)
  return spec instanceof Failure ? spec : planAddEvent(repository, layout, spec, { partial })
}

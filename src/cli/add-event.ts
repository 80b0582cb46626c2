import { resolve } from 'node:path'
import type { AddEventPlan } from '../engine/add-event.js'
import { planAddEvent } from '../engine/add-event.js'
import { Failure, type Problem, wrongInput } from '../errors.js'
import { createPainter, paintDiff } from '../report/color.js'
import { type Run, renderRunJson } from '../report/json.js'
import { renderProblems, renderRun } from '../report/text.js'
import { buildSpec, type EventSpec, parseFieldFlags, type SpecInput } from '../spec/event-spec.js'
import { buildSpecFromFile } from '../spec/spec-file.js'
import { commit } from '../workspace/commit.js'
import { renderDiff } from '../workspace/diff.js'
import { createSource } from '../workspace/source.js'
import { canAsk, type GlobalFlags, openCheckout, type World, wantsColor } from './context.js'

/** The flags of `add-event`. */
export interface AddEventFlags extends GlobalFlags {
  readonly field?: readonly string[]
  readonly direction?: string
  readonly request?: string
  readonly requestField?: readonly string[]
  readonly channel?: string
  readonly description?: string
  readonly store?: string
  readonly storeAs?: string
  readonly emit?: string
  readonly emitIn?: string
  readonly spec?: string
  readonly dryRun?: boolean
  readonly partial?: boolean
}

/**
 * Runs `add-event`.
 *
 * @returns the exit code
 * @throws Failure for everything that is expected to go wrong
 */
export async function addEvent(
  world: World,
  name: string | undefined,
  flags: AddEventFlags,
): Promise<number> {
  const given = await readSpec(world, name, flags)
  if (given === undefined && !canAsk(world, flags)) {
    throw new Failure(4, [
      {
        what: 'the name of the event is missing, and there is no terminal to ask at',
        fix: 'give it: cachibot-ws add-event <name> -f <field>:<type>, or --spec <file>',
      },
    ])
  }
  const checkout = await openCheckout(world, flags)
  const spec = given ?? (await (await import('./wizard.js')).askForSpec(checkout, flags))
  const plan = planAddEvent(checkout.repository, checkout.layout, spec, { partial: flags.partial === true })
  const diff = renderDiff(plan.files)
  const isDryRun = flags.dryRun === true
  if (!isDryRun && plan.files.length > 0) {
    if (canAsk(world, flags)) await confirm(world, flags, diff)
    commit(checkout.repository.workspace, plan.files)
  }
  return report(world, flags, plan, diff)
}

/** The spec that flags and file give; undefined when not even a name is given. */
async function readSpec(
  world: World,
  name: string | undefined,
  flags: AddEventFlags,
): Promise<EventSpec | undefined> {
  const store = given({ hook: flags.store, as: flags.storeAs })
  const emit = given({ to: flags.emit, in: flags.emitIn })
  const request =
    flags.request === undefined && flags.requestField === undefined
      ? undefined
      : {
          ...(flags.request === undefined ? {} : { name: flags.request }),
          ...(flags.requestField === undefined
            ? {}
            : { payload: parseFieldFlags(flags.requestField, '--request-field') }),
        }
  const overrides: Partial<SpecInput> = {
    ...(flags.direction === undefined ? {} : { direction: flags.direction }),
    ...(flags.channel === undefined ? {} : { channel: flags.channel }),
    ...(flags.description === undefined ? {} : { description: flags.description }),
    ...(flags.field === undefined ? {} : { payload: parseFieldFlags(flags.field) }),
    ...(request === undefined ? {} : { request }),
    ...(store === undefined ? {} : { store }),
    ...(emit === undefined ? {} : { emit }),
  }
  if (flags.spec === undefined) return name === undefined ? undefined : buildSpec({ name, ...overrides })
  for (const [option, value] of [
    ['--field', flags.field],
    ['--request-field', flags.requestField],
  ] as const) {
    if (value === undefined) continue
    throw wrongInput({
      what: `fields are given both by ${option} and by --spec`,
      fix: 'put them all into the spec file',
    })
  }
  const file = flags.spec === '-' ? 'stdin' : flags.spec
  const spec = buildSpecFromFile(await readSpecText(world, flags.spec), file, overrides)
  if (name !== undefined && name !== spec.names.snake) {
    throw wrongInput({
      what: `the event is named \`${name}\` on the command line and \`${spec.names.snake}\` in the spec`,
      fix: 'give the name in one place',
      place: { file },
    })
  }
  return spec
}

/** What is there of an object; undefined where nothing is. */
function given<T extends object>(object: T): Partial<T> | undefined {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Partial<T>)
}

async function readSpecText(world: World, file: string): Promise<string> {
  if (file === '-') return world.readStdin()
  const path = resolve(world.cwd, file)
  if ((world.disk.stat(path)?.kind ?? 'folder') === 'folder')
    throw wrongInput({ what: `the spec file \`${file}\` does not exist`, place: { file } })
  return createSource(file, world.disk.read(path).toString('utf8')).text
}

/** Shows the diff and asks; anything but yes leaves the tree as it is. */
async function confirm(world: World, flags: GlobalFlags, diff: string): Promise<void> {
  world.stderr.write(paintDiff(diff, createPainter(wantsColor(world, flags, world.stderr))))
  const { askToWrite } = await import('./wizard.js')
  if (!(await askToWrite())) throw new Failure(130, [{ what: 'nothing was written' }])
}

function report(world: World, flags: AddEventFlags, plan: AddEventPlan, diff: string): number {
  const exitCode = plan.isBlocked ? 1 : 0
  const isDryRun = flags.dryRun === true
  if (flags.json === true) {
    const problems = plan.isBlocked ? [blockedProblem(plan)] : []
    const run: Run = { command: 'add-event', exitCode, dryRun: isDryRun, ...plan, diff, problems }
    world.stdout.write(renderRunJson(run))
    return exitCode
  }
  if (isDryRun) world.stdout.write(diff)
  if (flags.quiet === true && exitCode === 0) return exitCode
  const stream = isDryRun ? world.stderr : world.stdout
  const paint = createPainter(wantsColor(world, flags, stream))
  stream.write(renderRun(plan, { verbose: flags.verbose === true, paint }))
  if (plan.isBlocked)
    world.stderr.write(
      renderProblems([blockedProblem(plan)], createPainter(wantsColor(world, flags, world.stderr))),
    )
  return exitCode
}

/** The blocks of a run in one problem; each is told with its site among the changes. */
function blockedProblem(plan: AddEventPlan): Problem {
  const sites = new Set(
    plan.changes.filter((change) => change.status === 'blocked').map((change) => change.site),
  )
  return plan.files.length > 0
    ? { what: `blocked in part, at ${[...sites].join(', ')}; the rest is written` }
    : {
        what: `blocked at ${[...sites].join(', ')}; nothing was written`,
        fix: '--partial writes what can be placed',
      }
}

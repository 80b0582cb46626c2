import { readWireCase } from '../../channel/envelope.js'
import { collision, Failure, type Problem } from '../../errors.js'
import { groupBy } from '../../group.js'
import type { Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { directionOf } from '../../ledger/direction.js'
import { type Surveyed, surveyChannel } from '../../ledger/surveyed.js'
import type { Finding } from '../../rules/finding.js'
import { DESCRIBED, describeAt } from '../../sites/change/description.js'
import type { FieldChange, SiteId } from '../../sites/site.js'
import type { ChangeSpec, PassSpec } from '../../spec/change-spec.js'
import type { Field } from '../../spec/field-type.js'
import type { FileWrite } from '../../workspace/diff.js'
import { buildChecklist } from '../checklist.js'
import { channelOf, surveyChannels } from '../find-event.js'
import { isInMobileApp } from '../mobile.js'
import type { EventPlan } from '../result.js'
import { type Decided, decide } from './decide.js'
import { type Advice, adviceIn, describe, move, moveAdvice, type Told, tell } from './describe.js'
import { findUnplaced, findWrongPass } from './passes.js'
import { newFindings, proveChange } from './prove.js'
import { fieldsOf, resolveStep } from './resolve.js'
import { type Staged, stageChange } from './stage.js'

/**
 * The channel that an event to be changed stands in, surveyed.
 *
 * @throws Failure with exit code 2 where none has it, or several and no channel was asked for
 */
export function findChangeable(
  repository: Repository,
  layout: Layout,
  name: string,
  channelId: string | undefined,
): Surveyed {
  return channelOf(surveyChannels(repository, layout, channelId), name, channelId)
}

/** A change as far as it was made: what was told of it, and the channel as it is then. */
interface Progress {
  readonly context: Surveyed
  readonly told: readonly Told[]
  readonly next: readonly Advice[]
  readonly isBlocked: boolean
}

/**
 * Plans a change of an event's fields, one after the other: each is decided at every place, staged, and proven by
 * surveying the result.
 *
 * @returns a Failure 2 for a field that the event does not have and for callers that lack a value, 3 where `check` would
 *   find an error, 5 when the proof fails
 */
export function planChangeEvent(surveyed: Surveyed, asked: ChangeSpec): EventPlan<FileWrite> | Failure {
  const wrong = findWrongPass(asked.passes)
  if (wrong !== undefined) return wrong
  let progress: Progress = { context: surveyed, told: [], next: [], isBlocked: false }
  for (const step of asked.steps) {
    const change = resolveStep(progress.context, asked.name, step, asked.passes)
    if (change instanceof Failure) return change
    if (change === undefined) continue
    const made = take(progress, change, asked.passes)
    if (made instanceof Failure) return made
    progress = made
    if (progress.isBlocked) break
  }
  const described = progress.isBlocked ? progress : describeEvent(progress, asked)
  return described instanceof Failure ? described : planOf(surveyed, described, asked)
}

function take(progress: Progress, change: FieldChange, passes: readonly PassSpec[]): Progress | Failure {
  const { context } = progress
  const decided = decide(context, change)
  const told = tell(context, change, decided)
  const blocked = decided.some(({ outcome }) => outcome.kind === 'blocked')
  if (blocked) return { ...progress, told: [...progress.told, ...told], isBlocked: true }
  const unplaced = findUnplaced(context, decided, change, passes)
  if (unplaced !== undefined) return unplaced
  const proven = stageProven(context, change, decided)
  if (proven instanceof Failure) return proven
  const { staged, after } = proven
  const found = staged.files.length === 0 ? [] : newFindings(context, after, change)
  const errors = found.filter((one) => one.severity === 'error')
  if (errors.length > 0)
    return collision(
      ...errors.map(
        (one): Problem => ({
          code: 'change-breaks-event',
          what: `it would not fit together: ${one.what}`,
          why: one.why,
          fix: one.fix,
          place: one.place,
        }),
      ),
    )
  return {
    context: after,
    told: move([...progress.told, ...told], staged),
    next: [
      ...moveAdvice(
        [
          ...progress.next,
          ...adviseCallers(decided, change),
          ...decided.flatMap(adviceOf),
          ...adviseMarks(context, change),
          ...adviseMobile(context, change),
        ],
        staged,
      ),
      ...sayFound(found, decided),
    ],
    isBlocked: false,
  }
}

/** Says in docstrings and comments what an event is, where that is asked for. */
function describeEvent(progress: Progress, { name, description }: ChangeSpec): Progress | Failure {
  const { context } = progress
  if (description === undefined) return progress
  const direction = directionOf(context.rows, name)?.direction ?? 'server-to-client'
  const change = {
    ...context,
    event: name,
    direction,
    wireCase: readWireCase(context),
    before: undefined,
    after: undefined,
    passes: [],
  }
  const decided = DESCRIBED.flatMap((site) =>
    describeAt(context, name, site, description).map(
      (outcome): Decided => ({ site: site as SiteId, outcome }),
    ),
  )
  const proven = stageProven(context, change, decided)
  if (proven instanceof Failure) return proven
  const { staged, after } = proven
  return {
    ...progress,
    context: after,
    told: move([...progress.told, ...tell(context, change, decided)], staged),
    next: [
      ...moveAdvice([...progress.next, ...decided.flatMap(adviceOf)], staged),
      ...(decided.length === 0
        ? [anywhere(`no place of \`${name}\` has a description: it is told nowhere`)]
        : []),
    ],
  }
}

/** What an outcome leaves to people. */
function adviceOf({ outcome }: Decided): Advice[] {
  const { file, start, here = [], next = [] } = outcome
  return [...here.map((text) => ({ text, at: { file, start } })), ...next.map(anywhere)]
}

function anywhere(text: string): Advice {
  return { text, at: undefined }
}

/** What `check` will say that the advice does not: a warning that came in with the change, or that an error hid before. */
function sayFound(found: readonly Finding[], decided: readonly Decided[]): Advice[] {
  const isTold = ({ rule }: Finding): boolean =>
    rule === 'parameter-never-passed' && decided.some(({ outcome }) => outcome.lacks !== undefined)
  return found
    .filter((one) => one.severity === 'warning' && !isTold(one))
    .map(({ place, what }) => anywhere(`${place.file}:${place.line}: ${what}`))
}

/** The callers that give nothing for a field that they could give something for. */
function adviseCallers(decided: readonly Decided[], { after }: FieldChange): Advice[] {
  return decided.flatMap(({ outcome: { lacks, file, start } }) =>
    lacks === undefined ? [] : [{ text: `give \`${after?.name}\` where it is known`, at: { file, start } }],
  )
}

/** Branches that say which fields people are to answer with: these may be others from now on. */
function adviseMarks({ rows }: Surveyed, { event, before, after }: FieldChange): Advice[] {
  const isRequired = (field: Field | undefined): boolean => field !== undefined && !field.optional
  if (!isRequired(before) && !isRequired(after) && before?.name === after?.name) return []
  return rows.events().flatMap((other) =>
    rows
      .of(other, 'python-handler-branch')
      .filter(({ links }) => links?.owes === event)
      .map(({ file, start }) => ({
        text: `the mark in the branch of \`${other}\` says what \`${event}\` needs: see that it is true`,
        at: { file, start },
      })),
  )
}

function adviseMobile(context: Surveyed, { event, before, after }: FieldChange): Advice[] {
  if (isInMobileApp(context, event) !== true) return []
  // What the app does not know of, it does without.
  return before === undefined && after !== undefined
    ? [
        anywhere(
          `the mobile app takes \`${event}\` as well, and does not know \`${after.name}\`: read it there by hand if it is to`,
        ),
      ]
    : [anywhere(`the mobile app takes \`${event}\` as well: change it there by hand`)]
}

function planOf(
  surveyed: Surveyed,
  { context, told, next, isBlocked }: Progress,
  asked: ChangeSpec,
): EventPlan<FileWrite> {
  const changes = describe(context.repository, told)
  const direction = directionOf(context.rows, asked.name)?.direction ?? 'server-to-client'
  const shown = isBlocked
    ? changes.map((one) =>
        one.status === 'changed'
          ? { ...one, status: 'advised' as const, reason: 'held back because something is blocked' }
          : one,
      )
    : changes
  const paths = [...new Set(told.map((one) => one.file))]
  const files = paths.flatMap((path): FileWrite[] => {
    const before = surveyed.repository.findAside(path)
    const after = context.repository.findAside(path)
    return before === undefined || after === undefined || before.text === after.text
      ? []
      : [{ before, after }]
  })
  return {
    event: {
      channel: context.channel.id,
      name: asked.name,
      direction,
      fields: fieldsOf(context, asked.name, direction),
    },
    changes: shown,
    checklist: buildChecklist(context.channel, shown),
    files: isBlocked ? [] : files,
    isBlocked,
    next: isBlocked
      ? []
      : [
          ...new Set([
            ...adviceIn(context.repository, next),
            ...[...groupBy(asked.passes, (one) => one.expression)].map(
              ([expression, passes]) =>
                `see that the names in \`${expression}\` are known where it is passed: ${passes.map((one) => `${one.file}:${one.line}`).join(', ')}`,
            ),
          ]),
        ],
  }
}

/** What was decided in memory, and the channel as it is then, once that is proven. */
function stageProven(
  context: Surveyed,
  change: FieldChange,
  decided: readonly Decided[],
): { readonly staged: Staged; readonly after: Surveyed } | Failure {
  const staged = stageChange(
    context,
    change,
    decided.map(({ outcome }) => outcome),
  )
  const after = surveyChannel(staged.repository, context.layout, context.channel)
  return proveChange(context, after, change, staged) ?? { staged, after }
}

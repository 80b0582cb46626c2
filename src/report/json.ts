import type { z } from 'zod'
import type { Verdict } from '../engine/check/verdict.js'
import type { Info } from '../engine/info.js'
import type { ListedEvent } from '../engine/list/list-events.js'
import type { ShownKey, WholeEvent } from '../engine/list/whole-event.js'
import type { EventPlan } from '../engine/result.js'
import type { Problem } from '../errors.js'
import type { Finding } from '../rules/finding.js'
import { type Field, printType } from '../spec/field-type.js'
import { countSeverities } from './count.js'
import type {
  event as eventSchema,
  explainSchema,
  field,
  finding,
  infoSchema,
  listedEvent,
  listSchema,
  runSchema,
  summary,
} from './schemas.js'
import { json } from './shown/json.js'
import type { Shown } from './shown/shown.js'

/** What a run has to say. */
export interface Run {
  readonly command: string
  readonly exitCode: number
  readonly dryRun: boolean
  /** What was done, or would be, to each event that the run is about. */
  readonly plans?: readonly Plan[]
  /** Where it was asked for. */
  readonly diff?: string
  readonly verdict?: Verdict
  readonly problems?: readonly Problem[]
  readonly recovered?: readonly string[]
}

type Plan = Pick<EventPlan, 'event' | 'changes' | 'checklist' | 'headline' | 'next'>

/** One JSON value and a newline. */
export function renderRunJson(run: Run): Shown {
  const { plans = [] } = run
  const [only, ...others] = plans
  const one = others.length > 0 ? undefined : only
  return json({
    schemaVersion: 2,
    command: run.command,
    ok: run.exitCode === 0,
    exitCode: run.exitCode,
    error: errorJson(run.problems ?? []),
    next: plans.flatMap(({ next }) => next),
    event: one === undefined ? null : eventJson(one),
    ...(others.length === 0
      ? {}
      : { events: plans.map((plan) => ({ ...eventJson(plan), checklist: plan.checklist })) }),
    dryRun: run.dryRun,
    changes: plans.flatMap(({ event, changes }) =>
      others.length === 0 ? changes : changes.map((change) => ({ ...change, channel: event.channel })),
    ),
    checklist: one?.checklist ?? [],
    ...(run.command === 'check'
      ? { summary: run.verdict === undefined ? null : summaryJson(run.verdict) }
      : {}),
    findings: run.verdict?.findings.map(findingJson) ?? [],
    ...(one?.headline === undefined ? {} : { headline: one.headline }),
    ...(run.recovered === undefined ? {} : { recovered: run.recovered }),
    ...(run.diff === undefined ? {} : { diff: run.diff }),
  } satisfies z.input<typeof runSchema>)
}

function eventJson({ event }: Plan): z.input<typeof eventSchema> {
  return { ...event, fields: event.fields.map(fieldJson) }
}

/** One JSON value with the pages of rules. */
export function renderExplainJson(rules: z.input<typeof explainSchema>['rules']): Shown {
  const value = { schemaVersion: 2, command: 'explain', ok: true, exitCode: 0, error: null, rules } as const
  return json(value satisfies z.input<typeof explainSchema>)
}

/** One JSON value with everything that discovery found. */
export function renderInfoJson(info: Info): Shown {
  return json({
    schemaVersion: 2,
    command: 'info',
    ok: true,
    exitCode: 0,
    error: null,
    root: info.root,
    backend: info.backend,
    frontend: { folder: info.frontend },
    channels: info.channels,
    stores: info.stores,
    styles: info.styles,
  } satisfies z.input<typeof infoSchema>)
}

/**
 * One JSON value with every event and its sites.
 *
 * @param whole the same events whole, where they were named
 */
export function renderListJson(events: readonly ListedEvent[], whole: readonly WholeEvent[] = []): Shown {
  return json({
    schemaVersion: 2,
    command: 'list',
    ok: true,
    exitCode: 0,
    error: null,
    events: events.map(({ cells, fields, partner, purpose, ...event }) => ({
      ...event,
      partner: partner ?? null,
      purpose: purpose ?? null,
      fields: fields?.map(fieldJson) ?? null,
      sites: cells.map(({ site, status: is, place: at }) => ({ site, status: is, ...at })),
      ...wholeJson(
        whole.find(({ listed }) => listed.name === event.name && listed.channel === event.channel),
      ),
    })),
  } satisfies z.input<typeof listSchema>)
}

/** What is known of an event beyond its row in the table. */
function wholeJson(one: WholeEvent | undefined): Partial<z.input<typeof listedEvent>> {
  if (one === undefined) return {}
  const shapeJson = ({ key, type, optional }: ShownKey) => ({
    key,
    type: printType(type),
    optional: optional ?? null,
  })
  return {
    places: one.places.map(({ site, place: at, shape }) => ({
      site,
      ...at,
      payload: shape?.map(shapeJson) ?? null,
    })),
    senders: one.senders.map(({ place: at, text }) => ({ ...at, text })),
    readers: one.readers.map(({ key, places }) => ({ key, places: places.map((at) => ({ ...at })) })),
    handedOn: one.isHandedOn,
    unread: one.unread.map(({ by, reason, place: at }) => ({ by, reason, ...at })),
  }
}

function findingJson({
  rule,
  severity,
  event: row,
  place: at,
  related,
  what,
  why,
  fix,
}: Finding): z.input<typeof finding> {
  return { rule, severity, event: row ?? null, ...at, related: [...related], what, why, fix }
}

function summaryJson(verdict: Verdict): z.input<typeof summary> {
  return {
    ...countSeverities(verdict.findings),
    accepted: verdict.accepted.length,
    suppressed: verdict.suppressed.length,
    events: verdict.events,
    channels: verdict.channels,
  }
}

function errorJson(problems: readonly Problem[]): z.input<typeof runSchema>['error'] {
  const [first, ...more] = problems.map(({ code, place: at, paste = [], what, why, fix }) => ({
    code,
    what,
    ...(why === undefined ? {} : { why }),
    ...(fix === undefined ? {} : { fix: [fix, ...paste].join('\n') }),
    ...at,
  }))
  return first === undefined ? null : { ...first, more }
}

function fieldJson({ type, default: value, ...rest }: Field): z.input<typeof field> {
  return {
    ...rest,
    type: printType(type),
    ...(value === undefined ? {} : { default: value as z.input<typeof field>['default'] }),
  }
}

import { z } from 'zod'
import type { Verdict } from '../engine/check/verdict.js'
import type { Info } from '../engine/info.js'
import { CELL_STATUSES, type ListedEvent } from '../engine/list/list-events.js'
import { type Change, type ChecklistItem, type EventSummary, SITE_IDS, STATUSES } from '../engine/result.js'
import type { Problem } from '../errors.js'
import type { Finding } from '../rules/finding.js'
import { SEVERITIES } from '../settings/severity.js'
import { DIRECTIONS } from '../spec/event-spec.js'
import { type Field, printType } from '../spec/field-type.js'
import { countSeverities } from './count.js'
import { json } from './shown/json.js'
import type { Shown } from './shown/shown.js'

const place = {
  file: z.string().optional(),
  line: z.int().min(1).optional(),
  column: z.int().min(1).optional(),
}
const status = z.enum(STATUSES)
const problem = z.strictObject({
  what: z.string(),
  why: z.string().optional(),
  fix: z.string().optional(),
  ...place,
})

const field = z.strictObject({
  name: z.string(),
  type: z.string(),
  optional: z.boolean(),
  default: z.json().optional(),
  description: z.string().optional(),
  wire: z.string().optional(),
})

const event = z.strictObject({
  channel: z.string(),
  name: z.string(),
  direction: z.enum(DIRECTIONS),
  fields: z.array(field),
})

/** What every JSON value begins with. */
export const head = {
  schemaVersion: z.literal(1),
  ok: z.boolean(),
  exitCode: z.int(),
  error: problem.extend({ problems: z.array(problem) }).nullable(),
}

const finding = z.strictObject({
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  event: z.strictObject({ channel: z.string(), name: z.string() }).nullable(),
  ...place,
  related: z.array(z.strictObject(place)),
  what: z.string(),
  why: z.string(),
  fix: z.string(),
})

const summary = z.strictObject({
  errors: z.int(),
  warnings: z.int(),
  infos: z.int(),
  accepted: z.int().describe('Known findings that the baseline accepts.'),
  suppressed: z.int().describe('Findings that a comment ignores.'),
  events: z.int(),
  channels: z.array(z.string()).readonly(),
})

/** Of commands that write. */
export const recovered = z
  .array(z.string())
  .readonly()
  .optional()
  .describe('Files that were put back first, because a run had been killed while it wrote.')

/** The JSON that `add-event` and `check` print, and every command on a failure. */
export const runSchema = z.strictObject({
  ...head,
  command: z.string(),
  event: event.nullable(),
  dryRun: z.boolean(),
  changes: z
    .array(
      z.strictObject({
        site: z.enum(SITE_IDS),
        event: z.string(),
        status,
        ...place,
        text: z.string().optional(),
        reason: z.string().optional(),
      }),
    )
    .readonly(),
  checklist: z
    .array(
      z.strictObject({
        item: z.string(),
        status,
        file: z.string().optional(),
        line: z.int().min(1).optional(),
      }),
    )
    .readonly(),
  findings: z.array(finding),
  summary: summary.optional().describe('Only of `check`.'),
  headline: z.string().optional().describe('Only of `remove-event`: what goes, by name.'),
  diff: z.string(),
  next: z.array(z.string()).readonly(),
  recovered,
})

/** What a run has to say. */
export interface Run {
  readonly command: string
  readonly exitCode: number
  readonly dryRun: boolean
  readonly event?: EventSummary
  readonly changes?: readonly Change[]
  readonly checklist?: readonly ChecklistItem[]
  readonly headline?: string
  readonly diff?: string
  readonly next?: readonly string[]
  readonly verdict?: Verdict
  readonly problems?: readonly Problem[]
  readonly recovered?: readonly string[]
}

/** One JSON value and a newline. */
export function renderRunJson(run: Run): Shown {
  return json({
    schemaVersion: 1,
    command: run.command,
    ok: run.exitCode === 0,
    exitCode: run.exitCode,
    event: run.event === undefined ? null : { ...run.event, fields: run.event.fields.map(fieldJson) },
    dryRun: run.dryRun,
    changes: run.changes ?? [],
    checklist: run.checklist ?? [],
    findings: run.verdict?.findings.map(findingJson) ?? [],
    ...(run.verdict === undefined ? {} : { summary: summaryJson(run.verdict) }),
    ...(run.headline === undefined ? {} : { headline: run.headline }),
    diff: run.diff ?? '',
    next: run.next ?? [],
    ...(run.recovered === undefined ? {} : { recovered: run.recovered }),
    error: errorJson(run.problems ?? []),
  } satisfies z.input<typeof runSchema>)
}

const named = z.strictObject({ name: z.string(), file: z.string() })
const style = z.strictObject({ indent: z.string(), quote: z.string(), eol: z.enum(['lf', 'crlf']) })
const part = z.strictObject({
  part: z.string(),
  found: z.string().nullable(),
  file: z.string().nullable(),
  why: z.string(),
})

/** The JSON that `info` prints. */
export const infoSchema = z.strictObject({
  ...head,
  command: z.literal('info'),
  root: z.string(),
  backend: z.strictObject({ folder: z.string(), lineLength: z.int(), lineLengthFrom: z.string() }),
  frontend: z.strictObject({ folder: z.string() }),
  channels: z
    .array(
      z.strictObject({
        id: z.string(),
        endpoint: z.string().nullable(),
        events: z.int(),
        wireCase: z.string(),
        parts: z.array(part).readonly(),
      }),
    )
    .readonly(),
  stores: z.array(named.extend({ isDefault: z.boolean() })).readonly(),
  styles: z.array(style.extend({ file: z.string(), details: z.string() })).readonly(),
})

const rule = z.strictObject({
  id: z.string(),
  severity: z.enum(SEVERITIES),
  title: z.string(),
  page: z.string().describe('Markdown: what it checks, why it matters, bad, good, how to fix.'),
})

/** The JSON that `explain` prints. */
export const explainSchema = z.strictObject({
  ...head,
  command: z.literal('explain'),
  rules: z.array(rule).readonly(),
})

/** One JSON value with the pages of rules. */
export function renderExplainJson(rules: z.input<typeof explainSchema>['rules']): Shown {
  const value = { schemaVersion: 1, command: 'explain', ok: true, exitCode: 0, error: null, rules } as const
  return json(value satisfies z.input<typeof explainSchema>)
}

/** One JSON value with everything that discovery found. */
export function renderInfoJson(info: Info): Shown {
  return json({
    schemaVersion: 1,
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

/** The JSON that `list` prints. */
export const listSchema = z.strictObject({
  ...head,
  command: z.literal('list'),
  events: z
    .array(
      z.strictObject({
        channel: z.string(),
        name: z.string(),
        direction: z.enum(['server-to-client', 'client-to-server', 'unknown']),
        partner: z.string().nullable(),
        purpose: z.string().nullable(),
        fields: z.array(field).nullable(),
        sites: z.array(z.strictObject({ site: z.enum(SITE_IDS), status: z.enum(CELL_STATUSES), ...place })),
      }),
    )
    .readonly(),
})

/** One JSON value with every event and its sites. */
export function renderListJson(events: readonly ListedEvent[]): Shown {
  return json({
    schemaVersion: 1,
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
    })),
  } satisfies z.input<typeof listSchema>)
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
  const all = problems.map(({ place: at, paste = [], fix, ...rest }) => ({
    ...rest,
    ...(fix === undefined ? {} : { fix: [fix, ...paste].join('\n') }),
    ...at,
  }))
  return all[0] === undefined ? null : { ...all[0], problems: all }
}

function fieldJson({ type, default: value, ...rest }: Field): z.input<typeof field> {
  return {
    ...rest,
    type: printType(type),
    ...(value === undefined ? {} : { default: value as z.input<typeof field>['default'] }),
  }
}

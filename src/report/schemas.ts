import { z } from 'zod'
import { CELL_STATUSES } from '../engine/list/list-events.js'
import { SITE_IDS, STATUSES } from '../engine/result.js'
import { ERROR_CODES, type ErrorCode } from '../error-codes.js'
import { SEVERITIES } from '../settings/severity.js'
import { DIRECTIONS } from '../spec/event-spec.js'

const place = {
  file: z.string().optional(),
  line: z.int().min(1).optional(),
  column: z.int().min(1).optional(),
}
const status = z.enum(STATUSES)
const problem = z.strictObject({
  code: z
    .enum(Object.keys(ERROR_CODES) as ErrorCode[])
    .describe('What it is, for programs: docs/errors.md says what each means.'),
  what: z.string(),
  why: z.string().optional(),
  fix: z.string().optional(),
  ...place,
})

export const field = z.strictObject({
  name: z.string(),
  type: z.string(),
  optional: z.boolean(),
  default: z.json().optional(),
  description: z.string().optional(),
  wire: z.string().optional(),
})

export const event = z.strictObject({
  channel: z.string(),
  name: z.string(),
  direction: z.enum(DIRECTIONS),
  fields: z.array(field),
})

const checklist = z
  .array(
    z.strictObject({
      item: z.string(),
      status,
      file: z.string().optional(),
      line: z.int().min(1).optional(),
    }),
  )
  .readonly()

/** What every JSON value begins with. */
export const head = {
  schemaVersion: z.literal(2),
  ok: z.boolean(),
  exitCode: z.int(),
  error: problem
    .extend({ more: z.array(problem).describe('What else is wrong, where one run found several.') })
    .nullable(),
}

export const finding = z.strictObject({
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  event: z.strictObject({ channel: z.string(), name: z.string() }).nullable(),
  ...place,
  related: z.array(z.strictObject(place)),
  what: z.string(),
  why: z.string(),
  fix: z.string(),
})

export const summary = z.strictObject({
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
  next: z.array(z.string()).readonly().describe('What is left to people.'),
  event: event
    .nullable()
    .describe('The event that the run is about; null where it is about several, or none.'),
  events: z
    .array(event.extend({ checklist }))
    .readonly()
    .optional()
    .describe(
      'Only where a run is about several events: each with its checklist. What is done at them is in `changes`.',
    ),
  dryRun: z.boolean(),
  changes: z
    .array(
      z.strictObject({
        channel: z.string().optional().describe('Only where a run is about several events.'),
        event: z.string(),
        site: z.enum(SITE_IDS),
        status,
        ...place,
        text: z.string().optional(),
        reason: z.string().optional(),
      }),
    )
    .readonly(),
  checklist,
  summary: summary.nullable().optional().describe('Only of `check`; null where it failed before it had one.'),
  findings: z.array(finding),
  headline: z.string().optional().describe('Only of `remove-event`: what goes, by name.'),
  recovered,
  diff: z.string().optional().describe('Only with `--dry-run` or `--diff`.'),
})

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

/** An event in the JSON that `list` prints. */
export const listedEvent = z.strictObject({
  channel: z.string(),
  name: z.string(),
  direction: z.enum(['server-to-client', 'client-to-server', 'unknown']),
  partner: z.string().nullable(),
  purpose: z.string().nullable(),
  fields: z.array(field).nullable(),
  sites: z.array(z.strictObject({ site: z.enum(SITE_IDS), status: z.enum(CELL_STATUSES), ...place })),
  places: z
    .array(
      z.strictObject({
        site: z.enum(SITE_IDS),
        ...place,
        payload: z
          .array(z.strictObject({ key: z.string(), type: z.string(), optional: z.boolean().nullable() }))
          .nullable(),
      }),
    )
    .optional()
    .describe('Only of a named event: every place of it, with the payload as it shows it.'),
  senders: z
    .array(z.strictObject({ ...place, text: z.string() }))
    .optional()
    .describe('Only of a named event: the code that sends it.'),
  readers: z
    .array(z.strictObject({ key: z.string(), places: z.array(z.strictObject(place)) }))
    .optional()
    .describe('Only of a named event: each key of the wire, with the places of the other side that read it.'),
  handedOn: z
    .boolean()
    .optional()
    .describe('Only of a named event: whether its payload goes on as a whole, so that more may read it.'),
  unread: z
    .array(z.strictObject({ by: z.enum(['server', 'client']), reason: z.string(), ...place }))
    .optional()
    .describe('Only of a named event: what of its payload is not read.'),
})

/** The JSON that `list` prints. */
export const listSchema = z.strictObject({
  ...head,
  command: z.literal('list'),
  events: z.array(listedEvent).readonly(),
})

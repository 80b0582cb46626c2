import { z } from 'zod'
import { Failure, type Place, type Problem, wrongInput } from '../errors.js'
import { describeIssue, parseDataFile } from '../spec/data-file.js'

/** The baseline that is used where neither a flag nor the config names one. */
export const BASELINE_FILE = 'cachibot-ws.baseline.json'

const entry = z.strictObject({
  rule: z.string(),
  channel: z.string().optional(),
  event: z.string().optional(),
  file: z.string(),
  subject: z.string(),
  count: z.int().min(1),
})

/** The validator of a baseline; `schemas/baseline.schema.json` is made from it. */
export const baselineFile = z.strictObject({
  $schema: z.string().optional(),
  schemaVersion: z.literal(1),
  findings: z.array(entry),
})

/** Findings that a team knows and accepts, told apart without their lines. */
export type BaselineEntry = Readonly<z.infer<typeof entry>>

const WORDS = {
  code: 'invalid-baseline',
  title: 'the baseline',
  keys: [...Object.keys(baselineFile.shape), ...Object.keys(entry.shape)],
} as const

/**
 * Reads a baseline.
 *
 * @param file its name, for the places in errors
 * @returns the entries, each with its place; a Failure with exit code 2 that names file, line and column of every problem
 */
export function parseBaseline(
  text: string,
  file: string,
): readonly { readonly entry: BaselineEntry; readonly place: Place }[] | Failure {
  const fix = 'write it anew: cachibot-ws check --write-baseline'
  const data = parseDataFile(text, file, 'the baseline', fix)
  if (data instanceof Failure) return withFix(data.problems, fix)
  const { value, locate } = data
  const parsed = baselineFile.safeParse(value, { reportInput: true })
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => describeIssue(issue, locate, WORDS))
    return withFix(problems, fix)
  }
  return parsed.data.findings.map((one, index) => ({
    entry: withoutPath(one),
    place: locate(['findings', index]),
  }))
}

/** Baselines had a path as the subject of some rules, which a moved file changed. */
function withoutPath(one: BaselineEntry): BaselineEntry {
  if (one.subject !== one.file) return one
  return { ...one, subject: one.rule === 'unread-file' ? 'file' : 'python-send' }
}

function withFix(problems: readonly Problem[], fix: string): Failure {
  return wrongInput(...problems.map((problem) => ({ fix, ...problem })))
}

/** A baseline as text: one finding a line, sorted, so that a review sees what came and what went. */
export function printBaseline(entries: readonly BaselineEntry[]): string {
  const lines = entries.map(printEntry).toSorted()
  const findings = lines.length === 0 ? '[]' : `[\n    ${lines.join(',\n    ')}\n  ]`
  return `{\n  "schemaVersion": 1,\n  "findings": ${findings}\n}\n`
}

function printEntry({ rule, channel, event, file, subject, count }: BaselineEntry): string {
  const parts = Object.entries({ rule, channel, event, file, subject, count })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  return `{ ${parts.join(', ')} }`
}

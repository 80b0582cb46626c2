import { z } from 'zod'
import { Failure, wrongInput } from '../errors.js'
import { describeIssue, parseDataFile } from '../spec/data-file.js'
import { SEVERITIES, type Severity } from './severity.js'

/** The name of the config file at the root of a checkout. */
export const CONFIG_FILE = 'cachibot-ws.config.json'

/** The validator of a config file, for the rules that there are; `schemas/config.schema.json` is made from it. */
export function configSchema(rules: readonly string[]) {
  const severity = z.enum([...SEVERITIES, 'off']).optional()
  return z.strictObject({
    $schema: z.string().optional(),
    rules: z
      .strictObject(Object.fromEntries(rules.map((id) => [id, severity])))
      .optional()
      .describe('The severity of a rule, by its id; off switches it off.'),
    failOn: z
      .enum(SEVERITIES)
      .optional()
      .describe('The least severity that makes `check` end with exit code 1.'),
    baseline: z.string().min(1).optional().describe('The baseline, relative to this file.'),
  })
}

/** What a team decided for its repository. */
export interface Config {
  readonly rules: Readonly<Record<string, Severity | 'off'>>
  readonly failOn: Severity
  /** As written: relative to the config file. */
  readonly baseline: string | undefined
}

export const DEFAULT_CONFIG: Config = { rules: {}, failOn: 'error', baseline: undefined }

/**
 * Reads a config file.
 *
 * @param file its name, for the places in errors
 * @param rules the ids that there are
 * @returns a Failure with exit code 2 that names file, line and column of every problem
 */
export function parseConfig(text: string, file: string, rules: readonly string[]): Config | Failure {
  const data = parseDataFile(text, file, 'the config file')
  if (data instanceof Failure) return data
  const { value, locate } = data
  const schema = configSchema(rules)
  const parsed = schema.safeParse(value, { reportInput: true })
  if (!parsed.success) {
    const words = {
      code: 'invalid-config',
      title: 'the config',
      keys: [...Object.keys(schema.shape), ...rules],
    } as const
    return wrongInput(...parsed.error.issues.flatMap((issue) => describeIssue(issue, locate, words)))
  }
  const { rules: chosen = {}, failOn = DEFAULT_CONFIG.failOn, baseline } = parsed.data
  return { rules: given(chosen), failOn, baseline }
}

function given(rules: Readonly<Record<string, Severity | 'off' | undefined>>): Config['rules'] {
  const entries = Object.entries(rules)
  return Object.fromEntries(entries.flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])))
}

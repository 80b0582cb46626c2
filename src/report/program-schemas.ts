import { z } from 'zod'
import { head, recovered } from './schemas.js'

const option = z.strictObject({
  flags: z.string(),
  description: z.string(),
  default: z.string().optional(),
  isRepeatable: z.boolean().optional(),
  choices: z.array(z.string()).readonly().optional(),
})
const command = z.strictObject({
  name: z.string(),
  description: z.string(),
  arguments: z
    .array(
      z.strictObject({
        syntax: z.string(),
        description: z.string(),
        choices: z.array(z.string()).readonly().optional(),
      }),
    )
    .readonly(),
  options: z.array(option).readonly(),
  examples: z.array(z.string()).readonly(),
})

/** The JSON of `--help --json`, for programs that call this one: every command, or the one that was named. */
export const helpSchema = z.strictObject({
  ...head,
  command: z.literal('help'),
  commands: z.array(command).readonly(),
  globalOptions: z.array(option).readonly(),
  exitCodes: z.record(z.string(), z.string()),
})

/** The JSON of `--version --json`. */
export const versionSchema = z.strictObject({ ...head, command: z.literal('version'), version: z.string() })

/** The JSON of `completion --json`. */
export const completionSchema = z.strictObject({
  ...head,
  command: z.literal('completion'),
  shell: z.string(),
  script: z.string(),
})

/** The JSON of `init`. */
export const initSchema = z.strictObject({
  ...head,
  command: z.literal('init'),
  next: z.array(z.string()).readonly(),
  dryRun: z.boolean(),
  files: z
    .array(
      z.strictObject({
        item: z.string(),
        file: z.string(),
        status: z.enum(['inserted', 'replaced', 'present']),
        line: z.int().min(1).optional(),
      }),
    )
    .readonly(),
  recovered,
  diff: z.string().optional().describe('Only of a dry run.'),
})

import { expect } from 'vitest'
import * as program from '../../src/report/program-schemas.js'
import * as json from '../../src/report/schemas.js'

/** By the `command` of a JSON value: its validator, which the schema that ships is made from. */
const SCHEMAS: Readonly<Record<string, { parse(value: unknown): unknown }>> = {
  explain: json.explainSchema,
  info: json.infoSchema,
  list: json.listSchema,
  init: program.initSchema,
  help: program.helpSchema,
  version: program.versionSchema,
  completion: program.completionSchema,
}

/** What every value begins with. */
const FIRST = ['schemaVersion', 'command', 'ok', 'exitCode', 'error']

/**
 * Holds what `--json` printed to the schema that ships: one value, which says the exit code that the run had. A
 * failure is the same for every command.
 */
export function assertSchema(stdout: string, exitCode: number): void {
  const value = JSON.parse(stdout) as { command: string; ok: boolean; exitCode: number }
  const own = value.ok ? SCHEMAS[value.command] : undefined
  const schema = own ?? json.runSchema
  schema.parse(value)
  expect(Object.keys(value).slice(0, FIRST.length)).toEqual(FIRST)
  if (value.exitCode !== exitCode)
    throw new Error(`the JSON says exit ${value.exitCode}, the run ended with ${exitCode}`)
}

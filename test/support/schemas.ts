import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' }
import Ajv2020 from 'ajv/dist/2020.js'
import AjvDraft4 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { project } from './fixtures.js'

// One pattern of the official schema is no Unicode regular expression.
const draft4 = new AjvDraft4.default({ strict: false, allErrors: true, unicodeRegExp: false })
addFormats.default(draft4)
const validateSarif = draft4.compile(sarifSchema)

/** What the official schema of SARIF 2.1.0 finds wrong. */
export function sarifErrors(log: unknown): readonly unknown[] {
  validateSarif(log)
  return validateSarif.errors ?? []
}

/** What a schema that ships finds wrong: `run` for `schemas/run.schema.json`. */
export function schemaErrors(name: string, value: unknown): readonly unknown[] {
  const ajv = new Ajv2020.default({ strict: false, allErrors: true })
  const validate = ajv.compile(
    JSON.parse(readFileSync(join(project, 'schemas', `${name}.schema.json`), 'utf8')),
  )
  validate(value)
  return validate.errors ?? []
}

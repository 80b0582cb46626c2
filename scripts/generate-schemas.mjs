/** Writes `schemas/*.json` from the validators themselves; `--check` only compares. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { completionSchema, helpSchema, initSchema, versionSchema } from '../build/report/program-schemas.js'
import { explainSchema, infoSchema, listSchema, runSchema } from '../build/report/schemas.js'
import { RULE_IDS } from '../build/rules/catalogue.js'
import { baselineFile } from '../build/settings/baseline-file.js'
import { configSchema } from '../build/settings/config-file.js'
import { specFile } from '../build/spec/spec-file.js'

const folder = resolve(import.meta.dirname, '..', 'schemas')
const schemas = {
  'event.schema.json': [specFile, 'A spec file of cachibot-ws', 'input'],
  'config.schema.json': [configSchema(RULE_IDS), 'cachibot-ws.config.json', 'input'],
  'baseline.schema.json': [baselineFile, 'A baseline of cachibot-ws check', 'input'],
  'run.schema.json': [
    runSchema,
    'The JSON that add-event, change-event, remove-event and check print, and every command on a failure',
    'output',
  ],
  'init.schema.json': [initSchema, 'The JSON that init prints', 'output'],
  'completion.schema.json': [completionSchema, 'The JSON that completion prints', 'output'],
  'help.schema.json': [helpSchema, 'The JSON that --help prints', 'output'],
  'version.schema.json': [versionSchema, 'The JSON that --version prints', 'output'],
  'list.schema.json': [listSchema, 'The JSON that list prints', 'output'],
  'explain.schema.json': [explainSchema, 'The JSON that explain prints', 'output'],
  'info.schema.json': [infoSchema, 'The JSON that info prints', 'output'],
}

let stale = 0
for (const [name, [schema, title, io]] of Object.entries(schemas)) {
  const text = `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io }) }, undefined, 2)}\n`
  const path = join(folder, name)
  if (!process.argv.includes('--check')) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, text)
  } else if (readFileSync(path, 'utf8') !== text) {
    stale++
    console.error(`schemas/${name} is stale: npm run schemas`)
  }
}
process.exitCode = stale === 0 ? 0 : 1

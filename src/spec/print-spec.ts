import { stringify } from 'yaml'
import type { SpecInput } from './event-spec.js'

const SCHEMA = 'node_modules/cachibot-ws/schemas/event.schema.json'

/** A spec file that reads back as the same spec; editors find its schema by the first line. */
export function printSpecFile(input: SpecInput): string {
  return `# yaml-language-server: $schema=${SCHEMA}\n${stringify(input)}`
}

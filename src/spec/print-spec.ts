import { stringify } from 'yaml'
import type { SpecInput } from './event-spec.js'

/** The YAML of a spec, which reads back as the same. */
export function printSpec(input: SpecInput): string {
  return stringify(input)
}

/**
 * A spec file that reads back as the same spec.
 *
 * @param schema the address of its schema, which editors find in the first line
 */
export function printSpecFile(input: SpecInput, schema: string): string {
  return `# yaml-language-server: $schema=${schema}\n${printSpec(input)}`
}

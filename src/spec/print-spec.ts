import { stringify } from 'yaml'
import type { SpecInput } from './event-spec.js'

/**
 * A spec file that reads back as the same spec.
 *
 * @param schema the address of its schema, which editors find in the first line
 */
export function printSpecFile(input: SpecInput, schema: string): string {
  return `# yaml-language-server: $schema=${schema}\n${stringify(input)}`
}

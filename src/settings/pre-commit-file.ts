import { isCollection, isMap, isSeq } from 'yaml'
import { CONFLICT, parseYaml } from '../spec/yaml.js'

/** The id of the hook, as `.pre-commit-hooks.yaml` has it. */
const HOOK_ID = 'cachibot-ws'

/** Where the hook goes in a `.pre-commit-config.yaml`, or why it cannot be put there. */
export type HookPlace =
  | { readonly kind: 'present'; readonly line: number }
  | {
      readonly kind: 'insert'
      readonly offset: number
      readonly indent: string
      readonly isLineStart: boolean
    }
  | { readonly kind: 'unfit'; readonly reason: string; readonly line: number }

/** Finds the end of the list of repositories. */
export function findHookPlace(text: string): HookPlace {
  const { document, lines, faults } = parseYaml(text)
  const [fault] = faults
  if (fault !== undefined) {
    const reason = fault.what === CONFLICT.what ? fault.what : `it does not parse: ${fault.what}`
    return unfit(reason, lines.linePos(fault.offset).line)
  }
  const { contents } = document
  if (!isMap(contents)) return unfit('it is no mapping', 1)
  const repos: unknown = contents.get('repos', true)
  if (!isSeq(repos) || repos.flow === true || repos.items.length === 0) {
    const offset = isCollection(repos) ? (repos.range?.[0] ?? 0) : 0
    return unfit('its `repos` is no list with a repository a line', lines.linePos(offset).line)
  }
  const known = new RegExp(`^\\s*-?\\s*id:\\s*["']?${HOOK_ID}["']?\\s*(#.*)?$`, 'm').exec(text)
  if (known !== null) return { kind: 'present', line: lines.linePos(known.index).line }
  const [start, end] = repos.range ?? [0, 0]
  const indent = ' '.repeat(lines.linePos(start).col - 1)
  const at = endOfLine(text, end)
  return { kind: 'insert', offset: at, indent, isLineStart: text[at - 1] === '\n' }
}

/**
 * The insertion that puts an entry there.
 *
 * @param entry the lines of one repository, flush left, beginning with `- `
 */
export function insertHook(
  { offset, indent, isLineStart }: Extract<HookPlace, { kind: 'insert' }>,
  entry: string,
): { readonly offset: number; readonly text: string } {
  const block = entry.trimEnd().replaceAll(/^/gm, indent)
  return { offset, text: isLineStart ? `${block}\n` : `\n${block}` }
}

/** Behind the line that the last character of the list is on. */
function endOfLine(text: string, end: number): number {
  const last = text.slice(0, end).trimEnd().length
  const newline = text.indexOf('\n', last)
  return newline === -1 ? text.length : newline + 1
}

function unfit(reason: string, line: number): HookPlace {
  return { kind: 'unfit', reason, line }
}

import { posix } from 'node:path'
import { Failure, type Place, type Problem } from '../../errors.js'
import { CONFIG_FILE } from '../../settings/config-file.js'
import type { PackageSpec } from '../../settings/package-spec.js'
import { findHookPlace, insertHook } from '../../settings/pre-commit-file.js'
import { readAsset } from '../../workspace/assets.js'
import type { FileWrite } from '../../workspace/diff.js'
import { splice } from '../../workspace/edits.js'
import { createSource } from '../../workspace/source.js'
import type { Workspace } from '../../workspace/workspace.js'
import { printHook, printSkill, printWorkflow } from './texts.js'

/** What `init` can set up, in the order it asks. */
export const ITEMS = ['configFile', 'ci', 'preCommit', 'skill'] as const
export type Item = (typeof ITEMS)[number]

export const ITEM_WORDS: Readonly<Record<Item, { readonly flag: string; readonly title: string }>> = {
  configFile: { flag: '--config-file', title: 'config file' },
  ci: { flag: '--ci', title: 'CI job' },
  preCommit: { flag: '--pre-commit', title: 'pre-commit hook' },
  skill: { flag: '--skill', title: 'agent skill' },
}

/** What one item needs: files, none because it is there, a file replaced that is in its way, or what hinders it. */
export type Planned =
  | { readonly kind: 'write'; readonly changes: readonly FileWrite[] }
  | { readonly kind: 'present'; readonly place: Place }
  | { readonly kind: 'replace'; readonly changes: readonly FileWrite[] }
  | { readonly kind: 'blocked'; readonly problem: Problem }

/**
 * Plans one item; nothing is written.
 *
 * @param spec where the tool is installed from; asked only by an item that is written
 * @returns a Failure where that is not known, or a file of the item cannot be read
 */
export type PlanItem = (workspace: Workspace, spec: () => PackageSpec | Failure) => Planned | Failure

export const PLANS: Readonly<Record<Item, PlanItem>> = {
  configFile(workspace) {
    // Any config is a good one: it says what the team wants.
    if (workspace.exists(CONFIG_FILE)) return { kind: 'present', place: { file: CONFIG_FILE } }
    const schema = create(workspace, CONFIG_SCHEMA, readAsset('schemas/config.schema.json'))
    if (schema instanceof Failure) return schema
    const config = create(workspace, CONFIG_FILE, readAsset('setup/config.json'))
    return config instanceof Failure ? config : together(config, schema)
  },
  ci(workspace, spec) {
    const workflows = ['yml', 'yaml'].flatMap((one) => listHidden(workspace, '.github/workflows', one))
    for (const file of workflows) {
      const found = workspace.look(file)
      if (found instanceof Failure) return found
      if (found?.text.includes('cachibot-ws') === true) return { kind: 'present', place: { file } }
    }
    const from = spec()
    if (from instanceof Failure) return from
    const text = printWorkflow(from)
    if (typeof text !== 'string') return { kind: 'blocked', problem: text }
    return create(workspace, '.github/workflows/cachibot-ws.yml', text)
  },
  preCommit(workspace, spec) {
    const file = '.pre-commit-config.yaml'
    const source = workspace.look(file)
    if (source instanceof Failure) return source
    const place = source === undefined ? undefined : findHookPlace(source.text)
    if (place?.kind === 'present') return { kind: 'present', place: { file, line: place.line } }
    const from = spec()
    if (from instanceof Failure) return from
    const entry = printHook(from)
    if (source === undefined || place === undefined)
      return create(workspace, file, `repos:\n${entry.replaceAll(/^(?=.)/gm, '  ')}`)
    if (place.kind === 'insert') {
      const after = splice(source, [insertHook(place, entry)])
      return { kind: 'write', changes: [{ before: source, after }] }
    }
    return {
      kind: 'blocked',
      problem: {
        code: 'no-place-in-file',
        what: `the hook cannot be added to \`${file}\`: ${place.reason}`,
        fix: 'add it to `repos` yourself:',
        paste: entry.trimEnd().split('\n'),
        place: { file, line: place.line },
      },
    }
  },
  skill(workspace, spec) {
    const from = spec()
    if (from instanceof Failure) return from
    return create(workspace, posix.join(skillFolder(workspace), SKILL, 'SKILL.md'), printSkill(from))
  },
}

/** Beside the config, so that every editor resolves it, without a network and whoever has the tool. */
const CONFIG_SCHEMA = 'cachibot-ws.config.schema.json'
const SKILL = 'cachibot-websocket-event'

/** Where agents look for skills; a repository keeps them in the first of these that is there. */
const SKILL_FOLDERS = ['.claude/skills', '.agents/skills', '.github/skills', '.cursor/skills', 'skills']

function skillFolder(workspace: Workspace): string {
  return SKILL_FOLDERS.find((folder) => workspace.exists(folder)) ?? '.claude/skills'
}

/** A new file; one of the same content is there already, and one of another content is in the way. */
function create(workspace: Workspace, file: string, text: string): Planned | Failure {
  const place = { file }
  if (!workspace.exists(file))
    return { kind: 'write', changes: [{ before: undefined, after: createSource(file, text) }] }
  const found = workspace.look(file)
  if (found instanceof Failure) return found
  if (found === undefined)
    return {
      kind: 'blocked',
      problem: { code: 'file-in-the-way', what: `\`${file}\` is no file`, fix: 'move it away', place },
    }
  if (found.text.replaceAll('\r\n', '\n') === text) return { kind: 'present', place }
  const after = { ...found, text: found.eol === '\n' ? text : text.replaceAll('\n', '\r\n') }
  return { kind: 'replace', changes: [{ before: found, after }] }
}

/** Two files of one item: the first, with the second if that is not there. */
function together(first: Planned, second: Planned): Planned {
  if (first.kind !== 'write' || second.kind === 'present') return first
  if (second.kind === 'blocked') return second
  return { kind: second.kind, changes: [...first.changes, ...second.changes] }
}

/** The files of a folder that a workspace does not list, because its name begins with a dot. */
function listHidden(workspace: Workspace, folder: string, extension: string): string[] {
  const absolute = workspace.absolute(folder)
  if (workspace.disk.stat(absolute)?.kind !== 'folder') return []
  return workspace.disk
    .list(absolute)
    .filter((entry) => entry.kind === 'file' && entry.name.endsWith(`.${extension}`))
    .map((entry) => posix.join(folder, entry.name))
    .toSorted()
}

import { posix } from 'node:path'
import type { Place, Problem } from '../../errors.js'
import { findHookPlace } from '../../spec/pre-commit-file.js'
import { readAsset } from '../../workspace/assets.js'
import type { FileWrite } from '../../workspace/diff.js'
import { splice } from '../../workspace/edits.js'
import { createSource } from '../../workspace/source.js'
import type { Workspace } from '../../workspace/workspace.js'

/** What `init` can set up, in the order it asks. */
export const ITEMS = ['configFile', 'ci', 'preCommit', 'skill'] as const
export type Item = (typeof ITEMS)[number]

export const ITEM_WORDS: Readonly<Record<Item, { readonly flag: string; readonly title: string }>> = {
  configFile: { flag: '--config-file', title: 'config file' },
  ci: { flag: '--ci', title: 'CI job' },
  preCommit: { flag: '--pre-commit', title: 'pre-commit hook' },
  skill: { flag: '--skill', title: 'agent skill' },
}

/** What one item needs: a file, none because it is there, or what is in its way. */
export type Planned =
  | { readonly kind: 'write'; readonly change: FileWrite }
  | { readonly kind: 'present'; readonly place: Place }
  | { readonly kind: 'blocked'; readonly problem: Problem }

/** Plans one item; nothing is written. */
export const PLANS: Readonly<Record<Item, (workspace: Workspace, version: string) => Planned>> = {
  configFile(workspace, version) {
    const file = 'cachibot-ws.config.json'
    // Any config is a good one: it says what the team wants.
    if (workspace.exists(file)) return { kind: 'present', place: { file } }
    return create(workspace, file, template('config.json', version))
  },
  ci(workspace, version) {
    const workflows = ['yml', 'yaml'].flatMap((one) => listHidden(workspace, '.github/workflows', one))
    const running = workflows.find((file) => workspace.read(file).text.includes('cachibot-ws'))
    if (running !== undefined) return { kind: 'present', place: { file: running } }
    return create(workspace, '.github/workflows/cachibot-ws.yml', template('workflow.yml', version))
  },
  preCommit(workspace, version) {
    const file = '.pre-commit-config.yaml'
    const entry = template('pre-commit.yaml', version)
    const source = workspace.find(file)
    if (source === undefined) {
      const body = entry
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}\n`)
      return create(workspace, file, `repos:\n${body.join('')}`)
    }
    const place = findHookPlace(source.text, entry)
    if (place.kind === 'present') return { kind: 'present', place: { file, line: place.line } }
    if (place.kind === 'insert')
      return { kind: 'write', change: { before: source, after: splice(source, [place]).source } }
    return {
      kind: 'blocked',
      problem: {
        what: `the hook cannot be added to \`${file}\`: ${place.reason}`,
        fix: `add it to \`repos\` yourself:\n${entry.trimEnd()}`,
        place: { file, line: place.line },
      },
    }
  },
  skill: (workspace) =>
    create(
      workspace,
      posix.join(skillFolder(workspace), SKILL, 'SKILL.md'),
      readAsset(`skills/${SKILL}/SKILL.md`),
    ),
}

const SKILL = 'cachibot-websocket-event'

/** Where agents look for skills; a repository keeps them in the first of these that is there. */
const SKILL_FOLDERS = ['.claude/skills', '.agents/skills', '.github/skills', '.cursor/skills', 'skills']

function skillFolder(workspace: Workspace): string {
  return SKILL_FOLDERS.find((folder) => workspace.exists(folder)) ?? '.claude/skills'
}

/** A new file; one of the same content is there already, and one of another is never overwritten. */
function create(workspace: Workspace, file: string, text: string): Planned {
  const found = workspace.find(file)
  if (found?.text === text) return { kind: 'present', place: { file } }
  if (!workspace.exists(file))
    return { kind: 'write', change: { before: undefined, after: createSource(file, text) } }
  return {
    kind: 'blocked',
    problem: {
      what: `\`${file}\` is there with other content, and is never overwritten`,
      fix: `set up the others by their own flags, or move it away first: git mv ${file} ${file}.old`,
      place: { file },
    },
  }
}

function template(name: string, version: string): string {
  return readAsset(`setup/${name}`).replaceAll('VERSION', version)
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

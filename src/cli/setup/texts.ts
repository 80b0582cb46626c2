import type { Problem } from '../../errors.js'
import type { PackageSpec } from '../../settings/package-spec.js'
import { quoteForShell } from '../../shell.js'
import { readAsset } from '../../workspace/assets.js'

/** The CI job, or why no runner could run it. */
export function printWorkflow(spec: PackageSpec): string | Problem {
  if (spec.kind === 'git' && spec.github !== undefined)
    return fill('workflow-action.yml', { ACTION: `${spec.github}@${spec.ref}` })
  if (spec.kind === 'git' && spec.url.startsWith('file:')) return outOfReach(spec.text)
  if (spec.kind !== 'file') return fill('workflow-npm.yml', { PACKAGE: spec.text })
  if (spec.path.startsWith('../')) return outOfReach(spec.path)
  return spec.isTarball
    ? fill('workflow-npm.yml', { PACKAGE: `\${{ github.workspace }}/${spec.path.slice(2)}` })
    : fill('workflow-action.yml', { ACTION: spec.path })
}

function outOfReach(place: string): Problem {
  return {
    code: 'invalid-package',
    what: `the CI job cannot install this tool from \`${place}\``,
    why: 'a runner has the checkout alone, and that lies outside',
    fix: 'name a git commit (--from github:owner/cachibot-ws#<commit>), or put a tarball into the checkout (--from file:./tools/cachibot-ws-0.1.0.tgz)',
  }
}

/** The entry of `repos` in a `.pre-commit-config.yaml`, flush left. */
export function printHook(spec: PackageSpec): string {
  if (spec.kind === 'git') return fill('hook-git.yaml', { URL: spec.url, REF: spec.ref })
  if (spec.kind === 'url') return fill('hook-url.yaml', { PACKAGE: spec.text })
  return fill('hook-file.yaml', { RUN: runFromFile(spec.path, spec.isTarball) })
}

/** The agent skill. */
export function printSkill(spec: PackageSpec): string {
  const get = spec.kind === 'file' && !spec.isTarball ? runFromFile(spec.path, false) : npmExec(textOf(spec))
  return readAsset(SKILL).replaceAll('PACKAGE_COMMAND', () => get)
}

/** The skill as it ships, by its path in the package. */
const SKILL = 'skills/cachibot-websocket-event/SKILL.md'

/** pre-commit resolves a path of `additional_dependencies` in its cache; an entry runs at the root. */
function runFromFile(path: string, isTarball: boolean): string {
  return isTarball ? npmExec(`file:${path}`) : `node ${quoteForShell(`${path}/bin/cachibot-ws.js`)}`
}

/** With a package named npm runs a program of that, and looks no other name up. */
function npmExec(spec: string): string {
  return `npm exec --yes --package=${quoteForShell(spec)} -- cachibot-ws`
}

function textOf(spec: PackageSpec): string {
  return spec.kind === 'file' ? `file:${spec.path}` : spec.text
}

/** In one pass, so that nothing in a value is taken for another place to fill. */
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return readAsset(`setup/${template}`).replace(/\b[A-Z]+\b/g, (word) => values[word] ?? word)
}

import { relative, resolve, sep } from 'node:path'
import { Failure, type Problem, wrongInput } from '../../errors.js'
import { isCommit, type PackageSpec, parsePackageSpec, SPEC_EXAMPLES } from '../../settings/package-spec.js'
import type { Disk } from '../../workspace/disk.js'
import { findInstalledFrom } from './installed-from.js'

/** Where the files that `init` writes get this tool from. */
export interface PackageSource {
  /** A path is relative to the root, with `./` or `../` in front. */
  readonly spec: PackageSpec
  /** What else has to be done so that it works for everyone. */
  readonly notes: readonly string[]
}

/**
 * Reads `--from`; a path in it is relative to the working folder.
 *
 * @returns a Failure with exit code 2 where nothing can be installed from it
 */
export function readPackageSource(
  disk: Disk,
  cwd: string,
  root: string,
  from: string,
): PackageSource | Failure {
  const spec = parsePackageSpec(from)
  if (spec instanceof Failure) return spec
  if (spec.kind === 'git') return { spec, notes: isCommit(spec.ref) ? [] : [movableNote(spec.ref)] }
  return spec.kind === 'url' ? { spec, notes: [] } : locate(disk, resolve(cwd, spec.path), root, from)
}

/**
 * What this copy was installed from.
 *
 * @param folder of the package
 * @returns a Failure with exit code 4 that asks for `--from` where that is not known, or nothing is there any more
 */
export function findPackageSource(disk: Disk, folder: string, root: string): PackageSource | Failure {
  const found = findInstalledFrom(disk, folder)
  if (found === undefined) {
    return unknown(`npm keeps no record of it in \`${folder}\``)
  }
  const source = readPackageSource(disk, root, root, found.spec)
  if (source instanceof Failure)
    return unknown(source.problems.map(({ what, why }) => [what, why].filter(Boolean).join('; ')).join('; '))
  return found.note === undefined ? source : { ...source, notes: [found.note, ...source.notes] }
}

function unknown(why: string): Failure {
  const problem: Problem = {
    code: 'answer-needed',
    what: 'where this copy of the tool was installed from is not known',
    why: `${why}; the CI job, the hook and the skill have to install it from somewhere`,
    fix: `add --from with a git commit, a tarball or a folder: --from '${SPEC_EXAMPLES[0]}', --from ${SPEC_EXAMPLES[2]}`,
  }
  return new Failure(4, [problem])
}

function locate(disk: Disk, path: string, root: string, from: string): PackageSource | Failure {
  const isTarball = /\.(tgz|tar\.gz)$/.test(path)
  const isThere = isTarball
    ? disk.stat(path)?.kind === 'file'
    : disk.stat(`${path}/bin/cachibot-ws.js`)?.kind === 'file'
  if (!isThere) {
    return wrongInput({
      code: 'invalid-package',
      what: `\`${from}\` is nothing to install this tool from`,
      why: isTarball ? `there is no file \`${path}\`` : `there is no \`bin/cachibot-ws.js\` in \`${path}\``,
      fix: isTarball ? 'make it in a clone of this tool: npm run tarball' : 'name a clone of this tool',
    })
  }
  const way = relative(root, disk.realpath(path)).split(sep).join('/')
  const isOutside = way === '..' || way.startsWith('../')
  const spec = parsePackageSpec(`file:${isOutside ? way : `./${way}`}`)
  if (spec instanceof Failure) return spec
  if (spec.kind !== 'file') return wrongInput({ code: 'invalid-package', what: `\`${from}\` is no path` })
  return {
    spec,
    notes: [isOutside ? outsideNote(spec.path) : `commit \`${way}\`: the tool is run from there`],
  }
}

function movableNote(ref: string): string {
  return `\`${ref}\` can be moved to other code; a full commit hash in its place cannot`
}

function outsideNote(path: string): string {
  return `whoever commits needs \`${path}\` beside the checkout: the hook and the skill run the tool from there`
}

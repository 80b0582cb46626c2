import { basename, dirname, extname, join, relative, sep } from 'node:path'
import { Failure, orThrow, type Problem, wrongInput } from '../errors.js'
import { BASELINE_FILE, parseBaseline } from '../settings/baseline-file.js'
import type { Disk } from '../workspace/disk.js'
import { readText } from '../workspace/read-text.js'
import { isInside } from '../workspace/workspace.js'

/** A file that is to be written over, absolute and as it is told, and who named it. */
export interface Named {
  readonly path: string
  readonly shown: string
  /** `config` names files of its checkout alone; the command line those of the whole disk. */
  readonly by: 'config' | 'command line'
}

/**
 * A config is a file of the repository, which others write: what it names lies inside the root.
 *
 * @throws Failure with exit code 2 for a path that leads out, by itself or by a link
 */
export function assertInside(disk: Disk, root: string, { path, shown, by }: Named): void {
  if (by === 'command line' || isInside(root, realPath(disk, path))) return
  throw wrongInput({
    code: 'outside-repository',
    what: `the baseline \`${shown}\` leads out of the repository`,
    why: 'a config names files inside its repository only',
    fix: 'use a path inside, or name the file yourself: --baseline FILE',
    place: { file: shown },
  })
}

/**
 * A baseline replaces nothing but a baseline.
 *
 * @throws Failure with exit code 2 for a file that is something else
 */
export function assertBaselineOrNothing(disk: Disk, { path, shown }: Named): void {
  const real = realPath(disk, path)
  if (isInGit(real)) throw refusal(shown, 'lies in a `.git` folder')
  // The file of that name is ours, and one that is broken is mended by writing it anew.
  if (disk.stat(path) === undefined || basename(real) === BASELINE_FILE) return
  if (isBaseline(orThrow(readText(disk, path, shown)) ?? '', shown)) return
  throw refusal(shown, 'is there and is no baseline')
}

/**
 * A report goes anywhere and replaces no source, config or lock file. Data files are replaced where they are empty or an
 * earlier report.
 *
 * @throws Failure with exit code 2
 */
export function assertNoSource(disk: Disk, { path, shown }: Named): void {
  const real = realPath(disk, path)
  if (isInGit(real)) throw refusal(shown, 'lies in a `.git` folder')
  const stat = disk.stat(path)
  if (stat === undefined || stat.kind !== 'file') return
  const name = basename(real).toLowerCase()
  if (name.startsWith('.') || NAMES.test(name) || SOURCES.has(extname(name)))
    throw refusal(shown, 'is there and is a source, config or lock file')
  if (!DATA.has(extname(name))) return
  const text = orThrow(readText(disk, path, shown)) ?? ''
  if (text.trim() !== '' && !isReport(text)) throw refusal(shown, 'is there and is no earlier report')
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' ').map((one) => `.${one}`))

/** What people write: code, styles, pages, prose, settings, keys. */
const SOURCES = words(
  'py pyi pyx ipynb ts tsx mts cts js jsx mjs cjs vue svelte css scss less html htm dart kt java swift go rs rb php c h cc cpp cs sql sh bash zsh fish ps1 bat md mdx rst tex toml yaml yml ini cfg conf env lock xml gradle properties proto graphql tf svg pem key crt db sqlite',
)

/** Machines write these as well, so what is in them counts. */
const DATA = words('json jsonc json5')

const NAMES =
  /^(makefile|dockerfile|containerfile|justfile|procfile|gemfile|rakefile|license|licence|notice|codeowners|go\.(mod|sum)|cmakelists\.txt|(requirements|constraints)[^/]*\.txt|robots\.txt)$/

function refusal(shown: string, is: string): Failure {
  const problem: Problem = {
    code: 'file-in-the-way',
    what: `\`${shown}\` ${is}`,
    why: 'writing there would destroy it',
    fix: 'name another file, or move that one away first',
    place: { file: shown },
  }
  return wrongInput(problem)
}

function isBaseline(text: string, shown: string): boolean {
  return !(parseBaseline(text.replace(/^\ufeff/, ''), shown) instanceof Failure)
}

/** What `check` writes as JSON and as SARIF. */
function isReport(text: string): boolean {
  try {
    const value = JSON.parse(text) as {
      command?: unknown
      runs?: readonly { tool?: { driver?: { name?: unknown } } }[]
    } | null
    return value?.command === 'check' || value?.runs?.[0]?.tool?.driver?.name === 'cachibot-ws'
  } catch {
    return false
  }
}

function isInGit(real: string): boolean {
  return real.split(sep).includes('.git')
}

/** Where a path leads: the links of what is there of it resolved, the rest as it stands. */
function realPath(disk: Disk, path: string): string {
  for (let there = path; ; there = dirname(there)) {
    try {
      return join(disk.realpath(there), relative(there, path))
    } catch (error) {
      if (dirname(there) === there) throw error
    }
  }
}

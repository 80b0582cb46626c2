import { type Failure, type Problem, wrongInput } from '../errors.js'

/** Where this tool is installed from. It is never a name, which a registry would look up. */
export type PackageSpec =
  | {
      readonly kind: 'git'
      /** As npm takes it. */
      readonly text: string
      /** What `git clone` takes. */
      readonly url: string
      readonly ref: string
      /** `owner/name` where it is on GitHub. */
      readonly github: string | undefined
    }
  | { readonly kind: 'url'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly isTarball: boolean }

/** A spec of each kind, for the messages that ask for one. */
export const SPEC_EXAMPLES = [
  'github:owner/cachibot-ws#<commit>',
  'git+https://host/cachibot-ws.git#<commit>',
  'https://host/cachibot-ws-0.1.0.tgz',
  'file:../cachibot-ws',
] as const

const USE_ONE = `name a git commit, a tarball or a folder: ${SPEC_EXAMPLES.join(', ')}`

/** Goes into shell scripts, YAML and Markdown: nothing in it may mean anything there. */
const HARMLESS = /^[\w.~:/@%+=,#-]+$/
const TARBALL = /\.(tgz|tar\.gz)$/
const GITHUB = /^github:([\w-]+\/[\w.-]+?)(?:\.git)?(?:#(.*))?$/
const GIT = /^git\+((https|ssh|file):\/\/[^#]+)(?:#(.*))?$/

/**
 * Reads what `--from` names.
 *
 * @returns a path is as it was given; a Failure with exit code 2 says why it is none
 */
export function parsePackageSpec(text: string): PackageSpec | Failure {
  if (!HARMLESS.test(text)) {
    return refuse(text, {
      why: 'it is written into shell scripts and YAML: letters, digits and `. _ ~ : / @ % + = , # -` are taken',
      fix: text === '' ? USE_ONE : 'use a path or an address without other characters',
    })
  }
  const [, github, githubRef] = GITHUB.exec(text) ?? []
  if (github !== undefined) return toGit(text, `https://github.com/${github}`, githubRef)
  const [, url, , ref] = GIT.exec(text) ?? []
  if (url !== undefined) return toGit(text, url, ref)
  if (text.startsWith('https://')) return toUrl(text)
  if (/^(file:|\.{0,2}\/)/.test(text) || (TARBALL.test(text) && !/^[a-z+]+:/.test(text))) return toFile(text)
  return refuse(text, explain(text))
}

/** The `owner/name` of a repository on GitHub, from what git clones it by. */
function githubOf(url: string): string | undefined {
  return /^(?:https:\/\/|ssh:\/\/git@)github\.com\/([\w-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(url)?.[1]
}

/** Whether a ref can only ever mean one commit. */
export function isCommit(ref: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(ref)
}

function toGit(text: string, url: string, ref: string | undefined): PackageSpec | Failure {
  const secret = findSecret(text, url)
  if (secret !== undefined) return secret
  if (ref === undefined || ref === '') {
    return refuse(text, {
      why: 'without a commit or a tag everyone would run what the branch has at that moment',
      fix: `add one: ${text.replace(/#$/, '')}#<commit>`,
    })
  }
  if (!/^\w[\w./+-]*$/.test(ref) || ref.includes('..'))
    return refuse(text, {
      why: `\`${ref}\` is no name of a commit or a tag`,
      fix: 'write #<commit> or #<tag>',
    })
  if (/^[0-9a-f]{7,39}$/.test(ref))
    return refuse(text, {
      why: `\`${ref}\` is an abbreviated commit`,
      fix: 'write all 40 digits: git rev-parse HEAD',
    })
  return { kind: 'git', text, url, ref, github: githubOf(url) }
}

function toUrl(text: string): PackageSpec | Failure {
  const secret = findSecret(text, text)
  if (secret !== undefined) return secret
  if (TARBALL.test(text)) return { kind: 'url', text }
  return refuse(text, {
    why: 'it ends in neither .tgz nor .tar.gz, so it is no tarball',
    fix: `for a git repository: git+${text.replace(/#.*/, '')}#<commit>`,
  })
}

function toFile(text: string): PackageSpec | Failure {
  const path = text.replace(/^file:(\/\/(?=\/))?/, '')
  if (path === '' || /[#@:%]/.test(path))
    return refuse(text, { why: 'npm reads `# @ : %` of a path otherwise', fix: 'use a path without them' })
  return { kind: 'file', path, isTarball: TARBALL.test(path) }
}

/** A password in what is committed: who reads the repository would have it. */
function findSecret(text: string, url: string): Failure | undefined {
  const [, user] = /^[a-z]+:\/\/([^/]*)@/.exec(url) ?? []
  if (user === undefined || (url.startsWith('ssh:') && !user.includes(':'))) return undefined
  return refuse(text.replace(`${user}@`, '***@'), {
    why: 'it has a user or a password, and is written into files that are committed',
    fix: 'leave that out; git and npm have stores for credentials',
  })
}

function explain(text: string): Pick<Problem, 'why' | 'fix'> {
  if (/^(http|git|git\+http):/.test(text))
    return { why: 'whoever stands in between could answer with other code', fix: 'use https' }
  if (/^[\w-]+:/.test(text)) return { why: 'this kind of address is not known', fix: USE_ONE }
  if (/^[\w.-]+\/[\w.-]+(#.*)?$/.test(text))
    return { why: 'it could be a folder as well', fix: `write github:${text} or ./${text}` }
  return {
    why: 'a registry looks a bare name up, and this tool is on none: a stranger could publish under it',
    fix: USE_ONE,
  }
}

function refuse(text: string, { why, fix }: Pick<Problem, 'why' | 'fix'>): Failure {
  return wrongInput({
    code: 'invalid-package',
    what: `\`${text}\` is nothing to install this tool from`,
    ...(why === undefined ? {} : { why }),
    ...(fix === undefined ? {} : { fix }),
  })
}

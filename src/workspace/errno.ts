/** The code of an error of the file system: `ENOENT`; empty for any other error. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** What an error says, in one line. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Errors of a file system that knows no hard links, or allows no further one. */
const WITHOUT_LINKS = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'EXDEV', 'EINVAL']

/** Whether a link could not be made because none can be made there. */
export function cannotLink(error: unknown): boolean {
  return WITHOUT_LINKS.includes(codeOf(error))
}

/** Errors of a folder that this user, or nobody, may write to. */
export function cannotWrite(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))
}

import { dirname } from 'node:path'
import { collision, internalError } from '../errors.js'
import type { FileWrite } from './diff.js'
import { sourceContent } from './source.js'
import type { Workspace } from './workspace.js'

/**
 * Writes the files that set a repository up, all or none; they may lie in folders whose names begin with a dot.
 *
 * @throws Failure 3 for a file that changed meanwhile, 5 for an I/O error; what was written is taken back
 */
export function writeSetupFiles(workspace: Workspace, changes: readonly FileWrite[]): void {
  const { disk } = workspace
  const done: FileWrite[] = []
  try {
    for (const change of changes) {
      const path = workspace.absolute(change.after.path)
      assertUnchanged(workspace, change)
      disk.makeFolder(dirname(path))
      replace(workspace, change.after.path, sourceContent(change.after), disk.stat(path)?.mode ?? 0o666)
      done.push(change)
    }
  } catch (error) {
    for (const { before, after } of done.toReversed()) {
      if (before === undefined) disk.remove(workspace.absolute(after.path))
      else replace(workspace, after.path, sourceContent(before), 0o666)
    }
    if (!(error instanceof Error) || !('code' in error)) throw error
    throw internalError({ what: `writing failed and nothing was changed: ${error.message}` })
  }
}

/** First beside the file, then in its place: nobody reads half of it. */
function replace(workspace: Workspace, path: string, text: string, mode: number): void {
  const { disk } = workspace
  const target = workspace.absolute(path)
  const file = disk.stat(target) === undefined ? target : disk.realpath(target)
  const staged = `${file}.cachibot-ws-${process.pid}`
  try {
    disk.writeNew(staged, Buffer.from(text, 'utf8'), mode)
    disk.rename(staged, file)
  } catch (error) {
    disk.remove(staged)
    throw error
  }
}

function assertUnchanged(workspace: Workspace, { before, after }: FileWrite): void {
  const { disk } = workspace
  const path = workspace.absolute(after.path)
  const isSame =
    before === undefined
      ? disk.stat(path) === undefined
      : disk.read(path).equals(Buffer.from(sourceContent(before), 'utf8'))
  if (isSame) return
  throw collision({
    what: `\`${after.path}\` changed meanwhile`,
    fix: 'run the command again',
    place: { file: after.path },
  })
}

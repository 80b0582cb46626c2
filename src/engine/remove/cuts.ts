import { readReexport } from '../../channel/reexports.js'
import type { Place } from '../../errors.js'
import { boundNames } from '../../lang/python/query.js'
import type { Unit } from '../../ledger/pair.js'
import { modelName } from '../../sites/naming.js'
import { releaseExport, releaseImports } from '../../sites/requirements/requirements.js'
import type { GoneName, SurveyContext } from '../../sites/site.js'
import type { Deletion } from '../../workspace/edits.js'
import { placeOf } from '../../workspace/place.js'
import { releaseTaken } from './leftovers.js'
import type { Gone } from './removal.js'

/** Deletions by file. */
export type Cuts = ReadonlyMap<string, readonly Deletion[]>

/** What is taken out of each file: what goes, the imports that only it used, and what re-exports it. */
export function collectCuts(
  { repository, layout, channel }: SurveyContext,
  gone: readonly Gone[],
  orphaned: readonly OrphanedExport[],
): Map<string, readonly Deletion[]> {
  const cuts = new Map<string, readonly Deletion[]>()
  const add = (file: string, deletions: readonly Deletion[]): void => {
    if (deletions.length > 0) cuts.set(file, [...(cuts.get(file) ?? []), ...deletions])
  }
  for (const { found, deletions } of gone) add(found.file, deletions)
  for (const [file, deletions] of [...cuts]) add(file, releaseTaken(repository, file, deletions))
  for (const [file, deletions] of [...cuts]) add(file, releaseImports(repository, layout, file, deletions))
  for (const { site, found } of gone) {
    if (site.id === 'python-payload-model' && channel.reexports !== undefined)
      add(channel.reexports, releaseExport(repository, layout, channel.reexports, modelName(found.event)))
  }
  for (const { file, name } of orphaned) add(file, releaseExport(repository, layout, file, name))
  return cuts
}

/** The re-export of a payload model that is not there any more. */
export interface OrphanedExport {
  readonly file: string
  readonly name: string
  readonly event: string
  readonly place: Place
}

/** What the package passes on in vain of the events of a unit. */
export function findOrphanedExports(context: SurveyContext, { event, request }: Unit): OrphanedExport[] {
  const { repository, channel, rows } = context
  const events = request === undefined ? [event] : [event, request]
  return events.flatMap((one): OrphanedExport[] => {
    const name = modelName(one)
    const found = readReexport(context, name)
    const node = found?.imported ?? found?.listed
    if (found === undefined || node === undefined || found.module.syntaxErrors.length > 0) return []
    if (rows.of(one, 'python-payload-model').length > 0) return []
    if (boundNames(repository.python(channel.envelope.file)).has(name)) return []
    const { source } = found.module
    return [{ file: source.path, name, event: one, place: placeOf(source, node.start) }]
  })
}

/** What would mean nothing any more, were it said elsewhere. */
export function namesOf(context: SurveyContext, gone: readonly Gone[]): GoneName[] {
  return gone.flatMap(({ site, found }) => site.goneNames(context, found))
}

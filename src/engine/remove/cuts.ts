import type { Place } from '../../errors.js'
import { boundNames } from '../../lang/python/query.js'
import type { Unit } from '../../ledger/pair.js'
import { findEmitUnit } from '../../sites/parts/emit-unit.js'
import { modelName } from '../../sites/parts/naming.js'
import { placeOf } from '../../sites/parts/place.js'
import { readReexport } from '../../sites/parts/reexports.js'
import { findHome } from '../../sites/parts/ts-store.js'
import { releaseExport, releaseImports } from '../../sites/requirements.js'
import type { Occurrence, SurveyContext } from '../../sites/site.js'
import type { Deletion } from '../../workspace/edits.js'
import { releaseTaken } from './leftovers.js'
import { behindOwner, type GoneName } from './mentions.js'
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
export function findOrphanedExports(
  { repository, channel, rows }: SurveyContext,
  { event, request }: Unit,
): OrphanedExport[] {
  const events = request === undefined ? [event] : [event, request]
  return events.flatMap((one): OrphanedExport[] => {
    const name = modelName(one)
    const found = readReexport(repository, channel, name)
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
  const { channel } = context
  return gone.flatMap(({ site, found }): GoneName[] => {
    const { event, file } = found
    const name = found.links?.name
    switch (site.id) {
      case 'python-enum-member':
        return name === undefined
          ? []
          : [{ name, file, as: 'member', behind: behindOwner(channel.enum.name) }]
      case 'python-factory':
        return name === undefined
          ? []
          : [{ name, file, as: 'member', behind: behindOwner(channel.envelope.name) }]
      case 'python-send':
        return senderOf(context, found)
      case 'python-handler-branch':
        return []
      case 'ts-union-member':
        return [{ name: event, file, as: 'string' }]
      case 'python-payload-model':
      case 'ts-payload-interface':
        return [{ name: modelName(event), file, as: 'import' }]
      case 'ts-store-member':
      case 'ts-store-state':
      case 'ts-store-action': {
        const hook = findHome(context, event)?.store.hook
        return name === undefined || hook === undefined ? [] : [{ name, file, as: 'member', of: hook }]
      }
      default:
        return name === undefined ? [] : [{ name, file, as: 'member' }]
    }
  })
}

/** Another function of the same name is no use of this one. */
const NO_DEFINITION = /(?<!\bdef\s+)$/

/** The function that was made for sending. */
function senderOf({ repository, rows }: SurveyContext, { file, start, event }: Occurrence): GoneName[] {
  const unit = findEmitUnit(repository.python(file), start, event, rows)
  const scope = unit.kind === 'unit' ? unit.scope : undefined
  if (unit.kind === 'blocked' || scope === undefined) return []
  const { name } = scope.function
  switch (unit.form) {
    case 'function':
      return [{ name, file, as: 'import', behind: NO_DEFINITION }]
    case 'method':
      return [{ name, file, as: 'member', behind: /\.\s*$/ }]
    case 'callback':
      return [{ name, file, as: 'local', behind: NO_DEFINITION }]
    default:
      return []
  }
}

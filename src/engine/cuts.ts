import { findEmitUnit } from '../sites/parts/emit-unit.js'
import { modelName } from '../sites/parts/naming.js'
import { releaseExport, releaseImports } from '../sites/requirements.js'
import type { Occurrence, Site, SurveyContext } from '../sites/site.js'
import type { Deletion } from '../workspace/edits.js'
import { clientName, type GoneName, memberName, senderName, wireName } from './mentions.js'

/** One occurrence that goes: its deletions, or that something else takes it along. */
export interface Gone {
  readonly site: Site
  readonly found: Occurrence
  readonly deletions: readonly Deletion[]
}

/** Deletions by file. */
export type Cuts = ReadonlyMap<string, readonly Deletion[]>

/** What is taken out of each file: what goes, the imports that only it used, and what re-exports it. */
export function collectCuts({ repository, layout, channel }: SurveyContext, gone: readonly Gone[]): Cuts {
  const cuts = new Map<string, Deletion[]>()
  const add = (file: string, deletions: readonly Deletion[]): void => {
    if (deletions.length > 0) cuts.set(file, [...(cuts.get(file) ?? []), ...deletions])
  }
  for (const { found, deletions } of gone) add(found.file, deletions)
  for (const [file, deletions] of [...cuts]) add(file, releaseImports(repository, layout, file, deletions))
  for (const { site, found } of gone) {
    if (site.id === 'python-payload-model' && channel.reexports !== undefined)
      add(channel.reexports, releaseExport(repository, layout, channel.reexports, modelName(found.event)))
  }
  return cuts
}

/** What would mean nothing any more, were it said elsewhere. */
export function namesOf({ repository, channel }: SurveyContext, gone: readonly Gone[]): GoneName[] {
  return gone.flatMap(({ site, found }): GoneName[] => {
    const name = found.links?.name
    switch (site.id) {
      case 'python-enum-member':
        return name === undefined ? [] : [memberName(channel.enum.name, name)]
      case 'python-factory':
        return name === undefined ? [] : [memberName(channel.envelope.name, name)]
      case 'python-payload-model':
        return [{ name: modelName(found.event), side: 'python' }]
      case 'python-send': {
        const unit = findEmitUnit(repository.python(found.file), found.start, found.event)
        const isFunction = unit.kind === 'unit' && ['function', 'method', 'callback'].includes(unit.form)
        return isFunction && unit.scope !== undefined ? [senderName(unit.scope.function.name)] : []
      }
      case 'ts-union-member':
        return [wireName(found.event)]
      case 'ts-payload-interface':
        return [{ name: modelName(found.event), side: 'typescript' }]
      case 'ts-send-method':
      case 'ts-hook-callback':
      case 'ts-hook-return':
        return name === undefined ? [] : [clientName(channel, name)]
      default:
        return name === undefined ? [] : [{ name, side: 'typescript' }]
    }
  })
}

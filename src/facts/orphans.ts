import { membersIn } from '../channel/enum.js'
import { findUnion } from '../channel/union.js'
import { isOf } from '../lang/languages.js'
import { python } from '../lang/python/language.js'
import { classesOf } from '../lang/python/query.js'
import { typescript } from '../lang/typescript/language.js'
import { interfacesOf } from '../lang/typescript/query.js'
import { findReferences } from '../ledger/references.js'
import { modelName } from '../sites/naming.js'
import type { SurveyContext } from '../sites/site.js'
import { placeOf } from '../workspace/place.js'
import type { Named } from './named.js'

/** Types named `…Payload` of one file that no event has. */
export interface Orphans {
  readonly file: string
  readonly types: readonly Named[]
}

/** Payload types beside the envelope and the union that are of no event and that nothing mentions. */
export function findOrphans(context: SurveyContext): Orphans[] {
  const { repository, layout, channel } = context
  const others = layout.channels.flatMap((one) =>
    membersIn({ repository, layout, channel: one }).map((member) => member.value),
  )
  const known = layout.channels.flatMap((one) => {
    const union = findUnion({ repository, layout, channel: one })
    return (union?.members ?? []).map((member) => member.value)
  })
  const derived = new Set([...context.rows.events(), ...others, ...known].map(modelName))
  const models = repository.python(channel.envelope.file)
  const union = channel.union?.file
  const types = union === undefined ? undefined : repository.typescript(union)
  const found = [
    ...classesOf(models).map((one) => ({ name: one.name, source: models.source, start: one.node.start })),
    ...(types === undefined ? [] : interfacesOf(types)).map((one) => ({
      name: one.name,
      source: types?.source ?? models.source,
      start: one.start,
    })),
  ].filter((one) => one.name.endsWith('Payload') && !derived.has(one.name))
  const orphans = found.filter((one) => !isMentioned(context, one.name, one.source.path))
  return [...new Set(orphans.map((one) => one.source.path))].map((file) => ({
    file,
    types: orphans
      .filter((one) => one.source.path === file)
      .map((one) => ({ name: one.name, place: placeOf(one.source, one.start) })),
  }))
}

/** Whether anything but the declaration and the package's re-export says a name. */
function isMentioned({ repository, layout, channel }: SurveyContext, name: string, file: string): boolean {
  const isPython = isOf(file, 'python')
  const references = findReferences(repository, [name], {
    folder: isPython ? layout.backend.folder : `${layout.frontend.folder}/src`,
    extensions: isPython ? python.extensions : typescript.extensions,
    withTests: false,
  }).filter((one) => one.file !== channel.reexports)
  return references.length > 1
}

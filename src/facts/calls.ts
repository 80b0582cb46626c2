import type { EmitScope } from '../channel/emits.js'
import { python } from '../lang/python/language.js'
import { findReferences } from '../ledger/references.js'
import type { SurveyContext } from '../sites/site.js'

/** Whether something calls a function or may: whatever says its name, a framework by a decorator, a base class. */
export function isCalled({ repository, layout }: SurveyContext, one: EmitScope): boolean {
  if (one.isReachable || /^__\w+__$/.test(one.name)) return true
  const references = findReferences(repository, [one.name], {
    folder: layout.backend.folder,
    extensions: python.extensions,
    withTests: false,
  })
  return references.some(({ file, start }) => {
    const before = repository.python(file).source.text.slice(0, start)
    return !/\bdef\s+$/.test(before)
  })
}

import type { EmitScope } from '../channel/emits.js'
import type { PythonModule } from '../lang/module.js'
import { perModule } from '../lang/per-module.js'
import { python } from '../lang/python/language.js'
import { findReferences } from '../ledger/references.js'
import type { SurveyContext } from '../sites/site.js'
import type { Span } from '../workspace/span.js'

/** Whether something calls a function or may: whatever says its name, a framework by a decorator, a base class. */
export function isCalled({ repository, layout, channel }: SurveyContext, one: EmitScope): boolean {
  if (one.isReachable || /^__\w+__$/.test(one.name)) return true
  const references = findReferences(repository, [one.name], {
    folder: layout.backend.folder,
    extensions: python.extensions,
    withTests: false,
  })
  return references.some(({ file, start, isString }) => {
    // A function that is named like an event is not called by the enum.
    if (isString && file === channel.enum.file) return false
    const module = repository.python(file)
    const before = module.source.text.slice(Math.max(0, start - NEAR), start)
    // A member of a class has the name for itself.
    if (!one.isMethod && /\b[A-Z]\w*\s*\.\s*$/.test(before)) return false
    return !/\bdef\s+$/.test(before) && !isImported(module, start)
  })
}

/** So far the word in front of a name is from it. */
const NEAR = 200

/** Whether a place is an import, which by itself calls nothing. */
function isImported(module: PythonModule, offset: number): boolean {
  return importRanges(module).some((one) => one.start <= offset && offset < one.end)
}

const importRanges = perModule((module: PythonModule): readonly Span[] =>
  module.root.descendants('import_from_statement', 'import_statement'),
)

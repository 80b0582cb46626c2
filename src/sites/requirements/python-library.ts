import type { PythonModule } from '../../lang/module.js'
import { spellImport } from '../../lang/python/imports.js'
import { boundNames } from '../../lang/python/query.js'
import { placeOf } from '../../workspace/place.js'
import type { Requirement, Taken } from '../site.js'

type Library = Extract<Requirement, { kind: 'python-library' }>

/** What helps where a file has the name of a library for something else. */
export function importElsehow({ file, module }: Pick<Library, 'file' | 'module'>): string {
  return `import the module in \`${file}\` by a name that is free, and it is used: \`import ${module} as ${module}_module\``
}

/**
 * A name of what is written that would hide a library from it: in a class body and in a factory a field or a factory
 * stands in front of what the module imports.
 */
export function findHiddenLibrary(
  module: PythonModule,
  requirements: readonly Requirement[],
  written: readonly string[],
): Taken | undefined {
  const bound = boundNames(module)
  return libraryNames(module, requirements).flatMap(({ name, library }): Taken[] => {
    const start = bound.get(name)?.start ?? 0
    return written.includes(name)
      ? [{ name, place: placeOf(module.source, start), fix: renameOr(library) }]
      : []
  })[0]
}

function renameOr(library: Library): string {
  return `use another name, or import what it hides otherwise: \`from ${library.module} import ${library.name}\` in \`${library.file}\``
}

/** The first names that stand for libraries in a file, each with its requirement: `dt` for `dt.datetime`. */
export function libraryNames(
  module: PythonModule,
  requirements: readonly Requirement[],
): { readonly name: string; readonly library: Library }[] {
  return requirements.flatMap((one) => {
    if (one.kind !== 'python-library') return []
    const [name = ''] = spellImport(module, one, one.usual).text.split('.')
    return [{ name, library: one }]
  })
}

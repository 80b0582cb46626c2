import type { OpenChannel } from '../../channel/open-channel.js'
import { collision, Failure, findNearest } from '../../errors.js'
import { python } from '../../lang/python/language.js'
import { classesOf, importsOf } from '../../lang/python/query.js'
import { typescript } from '../../lang/typescript/language.js'
import { isModuleOf } from '../../layout/python-parts.js'
import type { Repository } from '../../layout/repository.js'
import type { Field, FieldType } from '../../spec/field-type.js'
import type { NamedTypes, Requirement } from '../site.js'

/**
 * Finds the definition of every existing type that the fields name.
 *
 * @returns a Failure with exit code 3 for a type that is nowhere, stands in several files, or cannot be imported
 */
export function resolveNamedTypes(
  { repository, layout, channel }: OpenChannel,
  fields: readonly Field[],
): NamedTypes | Failure {
  const named = fields.flatMap((field) => namedIn(field.type))
  const found = { python: new Map<string, string>(), typescript: new Map<string, string>() }
  for (const type of named) {
    const definition = new RegExp(`^class ${type.python}\\b`, 'm')
    const files = repository.search(layout.backend.folder, python.extensions, (text) => definition.test(text))
    const file = onlyFile(files, type.python, channel.envelope.file, () =>
      repository
        .search(layout.backend.folder, python.extensions, (text) => /^class /m.test(text))
        .flatMap((path) => classesOf(repository.python(path)).map((one) => one.name)),
    )
    if (file instanceof Failure) return file
    const cycle = findCycle(repository, file, channel.envelope.file, type.python)
    if (cycle !== undefined) return cycle
    found.python.set(type.python, file)
    const exported = new RegExp(`^export (?:interface|type|enum|class) ${type.typescript}\\b`, 'm')
    const tsFiles = repository.search(`${layout.frontend.folder}/src`, typescript.extensions, (text) =>
      exported.test(text),
    )
    const names = /^export (?:interface|type|enum|class) (\w+)/gm
    const tsFile = onlyFile(tsFiles, type.typescript, channel.union?.file ?? '', () =>
      repository
        .search(`${layout.frontend.folder}/src`, typescript.extensions, (text) => names.test(text))
        .flatMap((path) =>
          [...repository.workspace.read(path).text.matchAll(names)].map((match) => match[1] ?? ''),
        ),
    )
    if (tsFile instanceof Failure) return tsFile
    found.typescript.set(type.typescript, tsFile)
  }
  return found
}

/** The imports that a Python file needs for the existing types among the fields. */
export function namedPythonImports(fields: readonly Field[], types: NamedTypes, file: string): Requirement[] {
  return fields
    .flatMap((field) => namedIn(field.type))
    .flatMap(({ python: name }): Requirement[] => {
      const from = types.python.get(name)
      if (from === undefined || from === file) return []
      return [{ kind: 'python-import', file, module: moduleOf(from), name }]
    })
}

/** The imports that a TypeScript file needs for the existing types among the fields. */
export function namedTsImports(fields: readonly Field[], types: NamedTypes, file: string): Requirement[] {
  return fields
    .flatMap((field) => namedIn(field.type))
    .flatMap(({ typescript: name }): Requirement[] => {
      const from = types.typescript.get(name)
      return from === undefined || from === file
        ? []
        : [{ kind: 'ts-import', file, from, name, isType: true }]
    })
}

/** `src/cachibot/models/room.py` → `cachibot.models.room`. */
export function moduleOf(file: string): string {
  return file
    .replace(/^src\//, '')
    .replace(/(\/__init__)?\.py$/, '')
    .replaceAll('/', '.')
}

function namedIn(type: FieldType): Extract<FieldType, { kind: 'named' }>[] {
  if (type.kind === 'named') return [type]
  if (type.kind === 'list' || type.kind === 'nullable') return namedIn(type.item)
  return type.kind === 'object' ? type.fields.flatMap((field) => namedIn(field.type)) : []
}

function onlyFile(
  files: readonly string[],
  name: string,
  preferred: string,
  candidates: () => readonly string[],
): string | Failure {
  const file = files.find((one) => one === preferred) ?? files[0]
  if (file === undefined) {
    const nearest = findNearest(name, candidates())
    return collision({
      code: 'unknown-type',
      what: `the type \`${name}\` is defined nowhere in this repository`,
      ...(nearest === undefined ? {} : { fix: `did you mean \`${nearest}\`?` }),
    })
  }
  if (files.length > 1 && file !== preferred) {
    return collision({
      code: 'ambiguous-type',
      what: `the type \`${name}\` is defined in several files: ${files.join(', ')}`,
      why: 'which one is meant cannot be told',
      fix: 'use a field type, or give the type a name of its own',
      place: { file },
    })
  }
  return file
}

/** A module cannot import a type from one that imports it back. */
function findCycle(
  repository: Repository,
  file: string,
  importer: string,
  name: string,
): Failure | undefined {
  if (file === importer) return undefined
  if (
    !importsOf(repository.python(file)).some(
      (statement) => statement.isFrom && isModuleOf(statement.module, importer),
    )
  )
    return undefined
  return collision({
    code: 'type-not-importable',
    what: `\`${name}\` cannot be used in \`${importer}\``,
    why: `\`${file}\`, which defines it, imports from there: the imports would go in a circle`,
    fix: 'use a field type',
    place: { file },
  })
}

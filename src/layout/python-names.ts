import { posix } from 'node:path'
import type { PythonModule } from '../lang/module.js'
import { perModule } from '../lang/per-module.js'
import {
  assignmentsOf,
  classesOf,
  functionsOf,
  type PyClass,
  type PyImport,
  readImport,
} from '../lang/python/query.js'
import type { PythonName } from './layout.js'
import type { Repository } from './repository.js'

/** Every import of a module, also those inside of functions and under `if TYPE_CHECKING`. */
const allImportsOf = perModule((module: PythonModule): readonly PyImport[] =>
  module.root.descendants('import_from_statement').flatMap((node) => readImport(node) ?? []),
)

/** Where a name of a module leads: to its definition, out of the repository (`undefined`), or nobody can tell. */
type Lead = PythonName | undefined | 'unknown'

/** Follows a name of a file through imports and packages to its definition. */
export function findDefinition(repository: Repository, folder: string, file: string, name: string): Lead {
  return follow(repository, folder, file, name, 0)
}

/** A class with the module that defines it. */
export interface DefinedClass {
  readonly module: PythonModule
  readonly one: PyClass
}

/** The class that a name of a file means, through imports and packages; undefined for one that the repository does not hold. */
export function findClass(
  repository: Repository,
  folder: string,
  file: string,
  name: string,
): DefinedClass | undefined {
  const lead = findDefinition(repository, folder, file, name)
  if (lead === undefined || lead === 'unknown') return undefined
  const module = repository.python(lead.file)
  const one = classesOf(module).find((other) => other.name === lead.name)
  return one === undefined ? undefined : { module, one }
}

/** What a base is called without its type arguments: `Envelope[WSMessageType]`. */
export function baseName(base: string): string {
  return base.replace(/\[.*$/s, '')
}

function follow(repository: Repository, folder: string, file: string, name: string, depth: number): Lead {
  const module = repository.python(file)
  if (ownNamesOf(module).has(name)) return { name, file }
  const [, head, member] = /^(\w+)\.(\w+)$/.exec(name) ?? []
  if (head !== undefined && member !== undefined) {
    const path = moduleBoundTo(repository, folder, file, head)
    return path === undefined || depth > 8 ? 'unknown' : follow(repository, folder, path, member, depth + 1)
  }
  for (const statement of allImportsOf(module)) {
    const imported = statement.names.find((one) => one.bound === name)
    if (imported === undefined) continue
    const path = fileOf(repository, folder, file, statement.module)
    return path === undefined || depth > 8
      ? undefined
      : follow(repository, folder, path, imported.name, depth + 1)
  }
  return 'unknown'
}

/** The file of the module that a name of a file is: `from cachibot.models import voice`. */
function moduleBoundTo(
  repository: Repository,
  folder: string,
  file: string,
  name: string,
): string | undefined {
  for (const one of allImportsOf(repository.python(file))) {
    const imported = one.names.find((item) => item.bound === name)
    if (imported !== undefined) return fileOf(repository, folder, file, within(one.module, imported.name))
  }
  return undefined
}

/** What a module defines itself. */
const ownNamesOf = perModule(
  (module: PythonModule): ReadonlySet<string> =>
    new Set([...classesOf(module), ...functionsOf(module), ...assignmentsOf(module)].map((one) => one.name)),
)

/** The file of a dotted module name, absolute or relative to a file; undefined where the repository has none. */
function fileOf(repository: Repository, folder: string, from: string, module: string): string | undefined {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0
  const parts = module
    .slice(dots)
    .split('.')
    .filter((part) => part !== '')
  const up = '../'.repeat(Math.max(0, dots - 1))
  const base = dots === 0 ? posix.dirname(folder) : posix.join(posix.dirname(from), up)
  const path = posix.join(base, ...parts)
  return [`${path}.py`, `${path}/__init__.py`].find((one) => repository.findAside(one) !== undefined)
}

/** Whether a name of a file may mean a definition: it leads there, or nothing says where it comes from. */
export function mayMean(
  repository: Repository,
  folder: string,
  file: string,
  name: string,
  target: PythonName,
): boolean {
  const lead = findDefinition(repository, folder, file, name)
  return lead === 'unknown' || (lead?.file === target.file && lead.name === target.name)
}

/** The names that a file has for a definition: its own, what it imports it as, and by its module: `voice.VoiceMessage`. */
export function boundTo(repository: Repository, folder: string, file: string, target: PythonName): string[] {
  const imports = allImportsOf(repository.python(file))
  const imported = imports.flatMap((one) =>
    one.names.filter((item) => item.name === target.name).map((item) => item.bound),
  )
  const names = file === target.file ? [target.name, ...imported] : imported
  const byModule = imports.flatMap((one) =>
    one.names
      .filter((item) => fileOf(repository, folder, file, within(one.module, item.name)) === target.file)
      .map((item) => `${item.bound}.${target.name}`),
  )
  const meant = [...new Set(names)].filter((name) => mayMean(repository, folder, file, name, target))
  return [...meant, ...byModule]
}

/** The dotted name of a module in a package: `cachibot.models.voice`, `.voice`. */
function within(module: string, name: string): string {
  return module.endsWith('.') ? `${module}${name}` : `${module}.${name}`
}

import { posix } from 'node:path'
import { lookUp } from '../group.js'
import type { PythonModule } from '../lang/module.js'
import { python } from '../lang/python/language.js'
import { stringValue } from '../lang/python/literals.js'
import { assignmentsOf, classesOf, importsOf, type PyAssignment, type PyClass } from '../lang/python/query.js'
import { onlyRanked, weigh } from './candidates.js'
import { findHandler } from './handler-part.js'
import type { Envelope, PythonName } from './layout.js'
import { type DefinedClass, findClass, mayMean } from './python-names.js'
import type { Repository } from './repository.js'

/**
 * Pairs of a string enum and the model whose field `type` has it, one for each channel. Of several the one that a
 * WebSocket endpoint uses, then the one with most factories, then the one that most files import.
 *
 * @throws Failure with exit code 2 where two files could be the one and nothing says which is used
 */
export function findEnvelopes(repository: Repository, folder: string): Envelope[] {
  const byChannel = new Map<string, Envelope[]>()
  for (const found of findCandidates(repository, folder)) {
    const id = channelId(found.enum.name)
    byChannel.set(id, [...(byChannel.get(id) ?? []), found])
  }
  const chosen = [...byChannel].map(([id, candidates]) => {
    const files = (one: Envelope): string => one.envelope.file
    return onlyRanked(id, candidates, files, (one) =>
      weigh(
        findHandler(repository, folder, one).part !== undefined,
        countFactories(repository, one),
        countImporters(repository, folder, one.envelope),
      ),
    )
  })
  return chosen.sort((a, b) => rankOf(channelId(a.enum.name)) - rankOf(channelId(b.enum.name)))
}

/** How many class methods of an envelope name a member of the enum. */
function countFactories(repository: Repository, found: Envelope): number {
  const module = repository.python(found.envelope.file)
  const methods = lookUp(classesOf(module), found.envelope.name)?.methods ?? []
  return methods.filter(
    (method) =>
      method.decorators.includes('classmethod') &&
      method.node
        .descendants('attribute')
        .some((node) => (node.child('object') ?? node).text === found.enum.name),
  ).length
}

/** How many files of the backend import a name from the file that defines it. */
function countImporters(repository: Repository, folder: string, target: PythonName): number {
  return repository
    .saying(folder, python.extensions, [target.name])
    .filter((path) =>
      importsOf(repository.python(path)).some(
        (one) =>
          one.isFrom &&
          one.names.some((item) => item.name === target.name) &&
          (isModuleOf(one.module, target.file) || mayMean(repository, folder, path, target.name, target)),
      ),
    ).length
}

function findCandidates(repository: Repository, folder: string): Envelope[] {
  // A class that is not read would be a channel that nobody misses.
  const openFile = (file: string): PythonModule => {
    const fault = repository.faultIn(file)
    if (fault !== undefined) repository.unreadable.set(file, fault)
    return repository.python(file)
  }
  const declaring = repository.search(folder, python.extensions, (text) =>
    /^[ \t]+(?:type|payload)\s*:/m.test(text),
  )
  const bases = declaring.flatMap((file) =>
    classesOf(openFile(file))
      .filter((one) => one.assignments.some(({ name }) => name === 'type' || name === 'payload'))
      .map((one) => one.name),
  )
  const files = new Set([...declaring, ...repository.saying(folder, python.extensions, bases)])
  return [...files].flatMap((file) =>
    classesOf(openFile(file)).flatMap((one): Envelope[] => {
      const fields = fieldsOf(repository, folder, { module: repository.python(file), one })
      const type = fields.get('type')
      const found =
        type === undefined || !fields.has('payload') ? undefined : enumIn(repository, folder, type)
      return found === undefined ? [] : [{ ...found, envelope: { name: one.name, file } }]
    }),
  )
}

/** An annotation, in the file where its names mean something. */
interface Annotation {
  readonly file: string
  readonly text: string
}

/** The annotated fields of a class and of those it is based on, as far as the repository holds them. */
function fieldsOf(
  repository: Repository,
  folder: string,
  { module, one }: DefinedClass,
  depth = 0,
): ReadonlyMap<string, Annotation> {
  const file = module.source.path
  const fields = new Map<string, Annotation>()
  for (const base of depth > 8 ? [] : one.bases) {
    const [, name = base, given = ''] = /^([\w.]+)\[(.*)\]$/s.exec(base) ?? []
    const found = findClass(repository, folder, file, name)
    if (found === undefined) continue
    // `Envelope[WSMessageType]` says what the type variables of its base stand for.
    const variables = found.one.bases.flatMap(
      (other) => /^(?:typing\.)?Generic\[(.*)\]$/s.exec(other)?.[1]?.split(',') ?? [],
    )
    const values = given.split(',').map((value) => value.trim())
    for (const [field, annotation] of fieldsOf(repository, folder, found, depth + 1)) {
      const value = values[variables.findIndex((variable) => variable.trim() === annotation.text)]
      fields.set(field, value === undefined || value === '' ? annotation : { file, text: value })
    }
  }
  for (const { name, annotation } of one.assignments)
    if (annotation !== undefined) fields.set(name, { file, text: annotation })
  return fields
}

/** The enum of strings among the names of an annotation: `WSMessageType`, `Annotated[WSMessageType, …] | str`. */
function enumIn(
  repository: Repository,
  folder: string,
  { file, text }: Annotation,
): Pick<Envelope, 'enum' | 'values'> | undefined {
  for (const name of text.match(/[A-Za-z_]\w*/g) ?? []) {
    const found = findClass(repository, folder, file, name)
    if (found === undefined || !isStringEnum(repository, folder, found)) continue
    const { module, one } = found
    const values = one.assignments.flatMap((member) => memberValue(module, one, member) ?? [])
    return { enum: { name: one.name, file: module.source.path }, values }
  }
  return undefined
}

/** The string of a member: a literal, a constant of the module, or `auto()` of a `StrEnum`; undefined for others. */
export function memberValue(
  module: PythonModule,
  { bases }: PyClass,
  { name, value }: PyAssignment,
): string | undefined {
  const literal = stringValue(value)
  if (literal !== undefined || value === undefined) return literal
  const text = value.text
  if (/^(enum\.)?auto\(\)$/.test(text) && bases.some((base) => /(^|\.)StrEnum$/.test(base)))
    return name.toLowerCase()
  return stringValue(lookUp(assignmentsOf(module), text)?.value)
}

/** Whether a class is an enum whose members are strings: by its own bases, or by those of a class of the project. */
function isStringEnum(
  repository: Repository,
  folder: string,
  { module, one }: DefinedClass,
  depth = 0,
): boolean {
  const names = one.bases.map((base) => libraryName(module, base))
  if (names.includes('StrEnum') || (names.includes('str') && names.includes('Enum'))) return true
  return (
    depth < 8 &&
    one.bases.some((base) => {
      const found = findClass(repository, folder, module.source.path, base)
      return found !== undefined && isStringEnum(repository, folder, found, depth + 1)
    })
  )
}

/** What the library calls a name of a file: `Enum` for `enum.Enum`, and for `PyEnum` that is imported as that. */
function libraryName(module: PythonModule, name: string): string {
  const [owner, attribute] = name.split('.')
  const statements = importsOf(module).filter((one) => one.module === 'enum')
  if (attribute !== undefined)
    return statements.some((one) => !one.isFrom && one.names.some((item) => item.bound === owner))
      ? attribute
      : name
  const imported = statements
    .flatMap((one) => (one.isFrom ? one.names : []))
    .find((item) => item.bound === name)
  return imported?.name ?? name
}

/** `RoomWSMessageType` → `room`; `WSMessageType` → `main`. */
export function channelId(enumName: string): string {
  const bare = enumName.replace(/(WS|WebSocket)?(Message|Event)?Type$/, '')
  return bare === '' ? 'main' : bare.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
}

function rankOf(id: string): number {
  const known = ['main', 'room', 'voice'].indexOf(id)
  return known === -1 ? 3 : known
}

export function findReexports(repository: Repository, file: string): string | undefined {
  const path = `${posix.dirname(file)}/__init__.py`
  if (repository.findAside(path) === undefined) return undefined
  return importsOf(repository.python(path)).some((one) => one.isFrom && isModuleOf(one.module, file))
    ? path
    : undefined
}

/** Whether a dotted module name, absolute or relative, means a file. */
export function isModuleOf(module: string, file: string): boolean {
  const bare = file.replace(/\.py$/, '').split('/')
  const parts = module.replace(/^\.+/, '').split('.')
  return parts.length > 0 && parts.every((part, index) => bare[bare.length - parts.length + index] === part)
}

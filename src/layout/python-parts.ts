import { posix } from 'node:path'
import type { PythonModule } from '../lang/module.js'
import { python } from '../lang/python/language.js'
import { stringValue } from '../lang/python/literals.js'
import { assignmentsOf, classesOf, importsOf, type PyAssignment, type PyClass } from '../lang/python/query.js'
import { onlyRanked, weigh } from './candidates.js'
import { findHandler } from './handler-part.js'
import type { Envelope, PythonName } from './layout.js'
import { findDefinition, mayMean } from './python-names.js'
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
  const methods = classesOf(module).find((one) => one.name === found.envelope.name)?.methods ?? []
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
  const enums: { readonly name: PythonName; readonly values: string[] }[] = []
  // A class that is not read would be a channel that nobody misses.
  const openFile = (file: string): PythonModule => {
    const fault = repository.faultIn(file)
    if (fault !== undefined) repository.unreadable.set(file, fault)
    return repository.python(file)
  }
  for (const file of repository.search(folder, python.extensions, (text) =>
    /\(\s*str\s*,\s*(enum\.)?Enum\s*\)|\bStrEnum\s*\)/.test(text),
  )) {
    const module = openFile(file)
    for (const one of classesOf(module).filter(isStringEnum)) {
      const values = one.assignments.flatMap((member) => memberValue(module, one, member) ?? [])
      enums.push({ name: { name: one.name, file }, values })
    }
  }
  const found: Envelope[] = []
  for (const file of repository.search(
    folder,
    python.extensions,
    (text) => /^[ \t]+type\s*:\s*\w+/m.test(text) && /^[ \t]+payload\s*:/m.test(text),
  )) {
    const module = openFile(file)
    for (const one of classesOf(module)) {
      const type = one.assignments.find((field) => field.name === 'type')?.annotation
      if (type === undefined || !one.assignments.some((field) => field.name === 'payload')) continue
      const match = enums.find((candidate) => leadsTo(repository, folder, file, type, candidate.name))
      if (match === undefined) continue
      found.push({ enum: match.name, values: match.values, envelope: { name: one.name, file } })
    }
  }
  return found
}

/** Whether an annotation of a file means an enum: by where its name comes from, not by the name alone. */
function leadsTo(
  repository: Repository,
  folder: string,
  file: string,
  annotation: string,
  target: PythonName,
): boolean {
  const lead = findDefinition(repository, folder, file, annotation)
  return lead !== undefined && lead !== 'unknown' && lead.file === target.file && lead.name === target.name
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
  return stringValue(assignmentsOf(module).find((one) => one.name === text)?.value)
}

function isStringEnum(one: PyClass): boolean {
  const bases = one.bases.map((base) => base.replace(/^enum\./, ''))
  return bases.includes('StrEnum') || (bases.includes('str') && bases.includes('Enum'))
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

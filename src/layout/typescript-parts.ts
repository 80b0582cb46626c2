import { isIn } from '../group.js'
import type { TsModule } from '../lang/module.js'
import { type NameScope, reexportsOf } from '../lang/typescript/exports.js'
import { type PathAlias, pathsOf } from '../lang/typescript/imports.js'
import { typescript } from '../lang/typescript/language.js'
import { declaredTypesOf, importsOf, interfacesOf } from '../lang/typescript/query.js'
import { type TsUnion, type TsUnionMember, unionNamed, unionsOf } from '../lang/typescript/unions.js'
import { type Candidate, type Choice, choose, weigh } from './candidates.js'
import type { Channel, Envelope, TsEnvelope } from './layout.js'
import type { Repository } from './repository.js'
import { FRONTEND_FOLDER } from './root.js'
import { importersOf, type TsName } from './typescript-names.js'

type Union = NonNullable<Channel['union']>

/**
 * The union of a channel's wire names: the type that has the enum's name, of several the one that most files
 * import. Where nothing has the name, the only union that holds more than half of the enum's values, at least two.
 */
export function findUnion(
  repository: Repository,
  found: Envelope,
  aliases: readonly PathAlias[],
): Choice<Union> {
  const named = [...namedTypes(repository, found, aliases), ...foreignTypes(repository, found, aliases)]
  if (named.length > 0) return choose(named)
  const broken = brokenTypes(repository, found)
  return broken.length > 0 ? choose(broken) : findAlike(repository, found, aliases)
}

/** Files that say the name and do not parse: it may be declared in what is not read of them. */
function brokenTypes(repository: Repository, { enum: { name } }: Envelope): Candidate<Union>[] {
  const declaration = new RegExp(`\\b(?:export|type|enum)\\s+${name}\\b`)
  const files = repository.saying(`${FRONTEND_FOLDER}/src`, typescript.extensions, [name])
  return files.flatMap((file) => {
    const [start] = repository.typescript(file).syntaxErrors
    const fault = repository.faultIn(file)
    if (start === undefined || fault === undefined) return []
    const isLikely = declaration.test(repository.workspace.read(file).text)
    return [{ part: undefined, text: fault.what, file, start, rank: weigh(isLikely) }]
  })
}

function namedTypes(
  repository: Repository,
  { enum: { name }, values }: Envelope,
  aliases: readonly PathAlias[],
): Candidate<Union>[] {
  const files = repository.saying(`${FRONTEND_FOLDER}/src`, typescript.extensions, [name])
  return files.flatMap((file) => {
    const module = repository.typescript(file)
    return declaredTypesOf(module)
      .filter((one) => one.name === name)
      .map(({ head, start }): Candidate<Union> => {
        const union = unionNamed(scopeIn(repository, aliases), module, name)
        const envelopes = interfacesOf(module).filter((one) =>
          one.members.some((member) => member.name === 'type' && member.type === name),
        )
        const names: TsName[] = [{ name, file }, ...envelopes.map((one) => ({ name: one.name, file }))]
        const shared = union?.members.filter((one) => isIn(values, one.value)).length ?? 0
        return {
          part: union?.start === start ? { name, file } : undefined,
          text: `\`${head}\``,
          file,
          start,
          rank: weigh(importersOf(repository, names, aliases).length, shared),
        }
      })
  })
}

/** Imports of the name from a package. */
function foreignTypes(
  repository: Repository,
  { enum: { name } }: Envelope,
  aliases: readonly PathAlias[],
): Candidate<Union>[] {
  const files = repository.saying(`${FRONTEND_FOLDER}/src`, typescript.extensions, [name])
  const imports = files.flatMap((file) =>
    [...importsOf(repository.typescript(file)), ...passedOn(repository.typescript(file))].flatMap(
      (statement) =>
        statement.names.some((one) => one.name === name) &&
        pathsOf(file, statement.specifier, aliases).length === 0
          ? [{ file, start: statement.start, specifier: statement.specifier }]
          : [],
    ),
  )
  const [first] = imports
  if (first === undefined) return []
  const text = `an import of \`${name}\` from \`${first.specifier}\``
  return [{ part: undefined, text, file: first.file, start: first.start, rank: weigh(imports.length, 0) }]
}

/** `export type { Name } from 'package'`, as an import is read. */
function passedOn(module: TsModule): { specifier: string; start: number; names: { name: string }[] }[] {
  return reexportsOf(module).map(({ specifier, start, name }) => {
    return { specifier, start, names: name === undefined ? [] : [{ name }] }
  })
}

/** The union of another name that holds most of the enum; one among several is none. */
function findAlike(
  repository: Repository,
  { values }: Envelope,
  aliases: readonly PathAlias[],
): Choice<Union> {
  const quoted = (text: string): boolean =>
    values.some((value) => text.includes(`'${value}'`) || text.includes(`"${value}"`))
  const files = repository.search(
    `${FRONTEND_FOLDER}/src`,
    typescript.extensions,
    (text) => /\btype\s+\w+\s*=|\benum\s/.test(text) && quoted(text),
  )
  const candidates = files.flatMap((file) =>
    ownUnionsIn(repository, file, aliases).flatMap(({ name, members, start }): Candidate<Union>[] => {
      const shared = members.filter((one) => isIn(values, one.value)).length
      if (shared === 0) return []
      const isMost = shared >= 2 && shared * 2 > values.length && shared * 2 > members.length
      const text = `\`${name}\`, which has ${shared} of ${values.length} values of the enum`
      return [{ part: isMost ? { name, file } : undefined, text, file, start, rank: weigh(isMost, shared) }]
    }),
  )
  const able = candidates.filter((one) => one.part !== undefined)
  // Two unions that could be it are none, however many values each of them shares.
  return choose(able.length > 1 ? able.map((one) => ({ ...one, rank: [0] })) : candidates)
}

/** The unions of a file, without those that another one of it passes on whole. */
function ownUnionsIn(repository: Repository, file: string, aliases: readonly PathAlias[]): TsUnion[] {
  const all = unionsOf(scopeIn(repository, aliases), repository.typescript(file))
  const isIn = (member: TsUnionMember, { start, end }: TsUnion): boolean =>
    member.list.file === file && start <= member.start && member.end <= end
  const isSame = (a: TsUnionMember, b: TsUnionMember): boolean =>
    a.start === b.start && a.list.file === b.list.file
  const isPassedOn = (one: TsUnion): boolean =>
    all.some(
      (other) =>
        other !== one &&
        one.members.every((member) => isIn(member, one) && other.members.some((own) => isSame(own, member))),
    )
  return all.filter((one) => !isPassedOn(one))
}

function scopeIn(repository: Repository, aliases: readonly PathAlias[]): NameScope {
  return { open: (path) => repository.findTypescript(path), aliases }
}

/** The interface beside the union that has it as its `type`: of the envelope's name, else the one that most files import. */
export function findTsEnvelope(
  repository: Repository,
  union: Union,
  envelope: string,
  aliases: readonly PathAlias[],
): Choice<TsEnvelope> {
  const { file } = union
  const candidates = interfacesOf(repository.typescript(file)).flatMap(
    ({ name, members, start }): Candidate<TsEnvelope>[] => {
      const payload = members.find((member) => member.name === 'payload')
      if (payload === undefined || members.find((one) => one.name === 'type')?.type !== union.name) return []
      const importers = importersOf(repository, [{ name, file }], aliases).length
      const part = { name, file, payload: payload.type ?? 'any' }
      return [{ part, text: `\`${name}\``, file, start, rank: weigh(name === envelope, importers) }]
    },
  )
  return choose(candidates)
}

import { classesOf, instancesOf } from '../lang/typescript/classes.js'
import { type PathAlias, resolvesTo } from '../lang/typescript/imports.js'
import { interfacesOf, switchesOf, unionsOf } from '../lang/typescript/query.js'
import { onlyUsed, word } from './candidates.js'
import type { Channel, StoreRef } from './layout.js'
import { channelId, type Envelope } from './python-parts.js'
import type { Repository } from './repository.js'
import { FRONTEND_FOLDER } from './root.js'

/**
 * The union of a channel's wire names: of that name, else the one that shares most.
 *
 * @throws Failure with exit code 2 where two files have it and nothing says which is used
 */
export function findUnion(
  repository: Repository,
  found: Envelope,
  aliases: readonly PathAlias[],
): Channel['union'] {
  const quoted = (text: string): number =>
    found.values.filter((value) => text.includes(`'${value}'`) || text.includes(`"${value}"`)).length
  const isNear = (text: string): boolean =>
    /\btype\s+\w+\s*=/.test(text) &&
    (word(found.enum.name).test(text) || quoted(text) * 2 >= found.values.length)
  const files = repository.search(`${FRONTEND_FOLDER}/src`, ['.ts', '.tsx'], isNear)
  const candidates = files.flatMap((file) =>
    unionsOf(repository.typescript(file)).flatMap((union) => {
      const shared = union.members.filter((member) => found.values.includes(member.value)).length
      const isNamed = union.name === found.enum.name
      if (!isNamed && shared * 2 < Math.max(union.members.length, 2)) return []
      return [{ name: union.name, file, isNamed, shared }]
    }),
  )
  const named = candidates.filter((one) => one.isNamed)
  const most = Math.max(...candidates.map((one) => one.shared))
  const best = named.length > 0 ? named : candidates.filter((one) => one.shared === most)
  if (best.length === 0) return undefined
  const chosen = onlyUsed(
    channelId(found.enum.name),
    best,
    (one) => one.file,
    (one) => countImporters(repository, one.file, aliases),
  )
  return { name: chosen.name, file: chosen.file }
}

/** How many files of the frontend import something from a file. */
function countImporters(repository: Repository, file: string, aliases: readonly PathAlias[]): number {
  return repository
    .search(`${FRONTEND_FOLDER}/src`, ['.ts', '.tsx'], (text) => /\bfrom\s*['"]/.test(text))
    .filter((path) => {
      const specifiers = repository.workspace.read(path).text.matchAll(/\bfrom\s*['"]([^'"]+)['"]/g)
      return [...specifiers].some((match) => resolvesTo(path, match[1] ?? '', file, aliases))
    }).length
}

export function findTsEnvelope(
  repository: Repository,
  union: { name: string; file: string },
): Channel['tsEnvelope'] {
  for (const one of interfacesOf(repository.typescript(union.file))) {
    const payload = one.members.find((member) => member.name === 'payload')
    if (payload === undefined || one.members.find((member) => member.name === 'type')?.type !== union.name)
      continue
    return { name: one.name, file: union.file, payload: payload.type ?? 'any' }
  }
  return undefined
}

/** The file whose switches have most cases of a channel; one that fits another channel better is that channel's. */
export function findHook(
  repository: Repository,
  found: Envelope,
  all: readonly Envelope[],
  words: readonly string[],
): Channel['hook'] {
  const isNear = (text: string): boolean => /switch\s*\(\s*[\w.]+\.type\s*\)/.test(text)
  let best: { file: string; score: number } | undefined
  for (const file of repository.search(`${FRONTEND_FOLDER}/src`, ['.ts', '.tsx'], isNear)) {
    const { text } = repository.workspace.read(file)
    const cases = switchesOf(repository.typescript(file)).flatMap((one) =>
      one.clauses.map((clause) => clause.value ?? ''),
    )
    const shared = (one: Envelope): number => cases.filter((value) => one.values.includes(value)).length
    const isNamed = words.some((name) => word(name).test(text))
    const isLike = shared(found) * 2 >= cases.length && all.every((other) => shared(other) <= shared(found))
    if (shared(found) === 0 || !(isNamed || isLike)) continue
    const score = shared(found) + (isNamed ? 1000 : 0)
    if (best === undefined || score > best.score) best = { file, score }
  }
  return best === undefined ? undefined : { file: best.file }
}

export function findClient(
  repository: Repository,
  values: readonly string[],
  words: readonly string[],
): Channel['client'] {
  let best: { name: string; file: string; score: number } | undefined
  const send = /\bsend\w*\(\s*['"](\w+)['"]/g
  for (const file of repository.search(
    `${FRONTEND_FOLDER}/src`,
    ['.ts'],
    (text) => /\bclass\s/.test(text) && text.match(send) !== null,
  )) {
    const { text } = repository.workspace.read(file)
    const sent = [...text.matchAll(send)].filter((match) => values.includes(match[1] ?? '')).length
    const score = sent + (words.some((name) => word(name).test(text)) ? 1000 : 0)
    const classes = classesOf(repository.typescript(file))
    const sends = (one: (typeof classes)[number]): number =>
      one.methods.flatMap((method) => method.sends).filter((send) => values.includes(send.message)).length
    const made = instancesOf(repository.typescript(file)).map((one) => one.className)
    const rank = (one: (typeof classes)[number]): number => sends(one) + (made.includes(one.name) ? 1000 : 0)
    const name = classes.toSorted((a, b) => rank(b) - rank(a))[0]?.name
    if (sent > 0 && name !== undefined && (best === undefined || score > best.score))
      best = { name, file, score }
  }
  return best === undefined ? undefined : { name: best.name, file: best.file }
}

export function findStores(repository: Repository): StoreRef[] {
  const declaration = /\bconst\s+(use[A-Z]\w*)\s*=\s*create(?:Store)?\s*[<(]/g
  const files = repository.search(`${FRONTEND_FOLDER}/src`, ['.ts', '.tsx'], (text) =>
    /['"]zustand['"]/.test(text),
  )
  return files.flatMap((file) => {
    const { text } = repository.workspace.read(file)
    const hooks = [...text.matchAll(declaration)].map((match) => match[1] ?? '')
    return hooks.filter((hook) => isExported(text, hook)).map((hook) => ({ hook, file }))
  })
}

function isExported(text: string, name: string): boolean {
  return new RegExp(`export\\s+const\\s+${name}\\b|export\\s*\\{[^}]*\\b${name}\\b[^}]*\\}`).test(text)
}

import { dispatchesOf, type TsDispatch } from '../channel/typescript/dispatches.js'
import { switchesOf, type TsSwitch } from '../channel/typescript/switches.js'
import type { TsModule } from '../lang/module.js'
import { constantOf } from '../lang/typescript/constants.js'
import { statementsOf, variablesOf } from '../lang/typescript/grammar.js'
import type { PathAlias } from '../lang/typescript/imports.js'
import { typescript } from '../lang/typescript/language.js'
import { type Candidate, type Choice, choose, weigh } from './candidates.js'
import type { Channel, Envelope } from './layout.js'
import type { Repository } from './repository.js'
import { FRONTEND_FOLDER } from './root.js'
import { bindsAny, isImported, type TsName } from './typescript-names.js'

type Hook = NonNullable<Channel['hook']>

/** What is known of a channel when its hook is looked for. */
export interface HookSigns {
  readonly found: Envelope
  /** Every enum of the repository with its envelope. */
  readonly all: readonly Envelope[]
  /** Union and envelope of the frontend. */
  readonly types: readonly TsName[]
  /** The client's class and its exported instances. */
  readonly client: readonly TsName[]
  readonly aliases: readonly PathAlias[]
}

/**
 * The file of the hook: what takes the channel's messages apart. For it speak, the weightiest first: it stands in a
 * `use…` function and its file imports the client; the file imports union or envelope; one of the former; another
 * file imports it; its cases call stores; the number of the channel's cases. Chains of `if` and tables of handlers are compared alike and
 * can only be the nearest.
 */
export function findHook(repository: Repository, signs: HookSigns): Choice<Hook> {
  const names = [...signs.types, ...signs.client].map((one) => `type ${one.name}`)
  const files = repository.saying(`${FRONTEND_FOLDER}/src`, typescript.extensions, [switchesByType, ...names])
  const candidates = files.flatMap((file) => candidatesIn(repository, file, signs))
  return choose(
    candidates.length > 0 ? candidates : files.flatMap((file) => usersIn(repository, file, signs)),
  )
}

/** Where nothing takes messages apart: the hooks that use the client are what comes nearest. */
function usersIn(repository: Repository, file: string, { client, aliases }: HookSigns): Candidate<Hook>[] {
  if (client.length === 0 || !bindsAny(repository, file, client, aliases)) return []
  return topLevelNames(repository.typescript(file))
    .filter(({ name }) => isHook(name))
    .map(({ name, start }) => ({ part: undefined, text: `\`${name}\``, file, start, rank: [0] }))
}

/** The functions and constants at the top level of a file. */
function topLevelNames(module: TsModule): { name: string; start: number }[] {
  const functions = statementsOf(module, 'FunctionDeclaration')
  return [...functions, ...variablesOf(module)].map(({ name, start }) => ({ name, start }))
}

function switchesByType(text: string): boolean {
  return /switch\s*\(\s*[\w.]+\.type\s*\)/.test(text)
}

function candidatesIn(repository: Repository, file: string, signs: HookSigns): Candidate<Hook>[] {
  const { found, all, types, client, aliases } = signs
  const module = repository.typescript(file)
  const scope = { open: (path: string) => repository.findTypescript(path), aliases }
  const switches = switchesOf(module).map((one) => ({
    ...one,
    clauses: one.clauses.map((clause) => ({
      ...clause,
      value: clause.value ?? (clause.label && constantOf(scope, module, clause.label.text)),
    })),
  }))
  const best = switches.toSorted((a, b) => rankSwitch(b, found.values) - rankSwitch(a, found.values))[0]
  const isNamed = bindsAny(repository, file, types, aliases)
  const usesClient = client.length > 0 && bindsAny(repository, file, client, aliases)
  const isUsed = isImported(repository, file, aliases)
  const isLike = (values: readonly string[]): boolean => {
    const shared = (one: Envelope): number => values.filter((value) => one.values.includes(value)).length
    const isMost = shared(found) * 2 >= values.length && all.every((other) => shared(other) <= shared(found))
    return shared(found) > 0 && (isNamed || (isMost && (usesClient || shared(found) >= 2)))
  }
  const rank = (owner: string | undefined, values: readonly string[], stores: number): number[] => {
    const shared = values.filter((value) => found.values.includes(value)).length
    return weigh(usesClient && isHook(owner), isNamed, usesClient, isHook(owner), isUsed, stores, shared)
  }
  const values = (best?.clauses ?? []).flatMap((clause) => clause.value ?? [])
  const read =
    best === undefined || !isLike(values)
      ? []
      : [
          {
            part: { file },
            text: `\`switch (${best.subject}.type)\``,
            file,
            start: best.start,
            rank: rank(best.owner, values, storeCases(best, found.values)),
          },
        ]
  const unread = dispatchesOf(module)
    .filter((one) => one.values.length >= 2 && isLike(one.values) && (isNamed || usesClient))
    .map((one) => ({
      part: undefined,
      text: sayDispatch(one),
      file,
      start: one.start,
      rank: rank(one.owner, one.values, 0),
    }))
  // Of one file that has both, what knows more of the channel counts.
  const [first] = [...read, ...unread].toSorted((a, b) => (b.rank.at(-1) ?? 0) - (a.rank.at(-1) ?? 0))
  return first === undefined ? [] : [first]
}

function sayDispatch({ kind }: TsDispatch): string {
  return kind === 'if' ? 'a chain of `if` over `.type`' : 'a table of handlers that is looked up by `.type`'
}

/** How much speaks for one of the switches of a file: in a hook, calling stores, with cases of the channel. */
export function rankSwitch(one: TsSwitch, values: readonly string[]): number {
  const shared = one.clauses.filter(({ value }) => value !== undefined && values.includes(value)).length
  const isAny = shared > 0
  return (isAny && isHook(one.owner) ? 1e8 : 0) + (isAny ? storeCases(one, values) * 1e4 : 0) + shared
}

function storeCases({ clauses }: TsSwitch, values: readonly string[]): number {
  return clauses.filter(
    ({ value, storeCalls }) => value !== undefined && values.includes(value) && storeCalls.length > 0,
  ).length
}

function isHook(owner: string | undefined): boolean {
  return owner !== undefined && /^use[A-Z]/.test(owner)
}

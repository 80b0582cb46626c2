import { takingOf } from '../channel/typescript/branches.js'
import { dispatchesOf, type TsDispatch } from '../channel/typescript/dispatches.js'
import { storeCallsIn } from '../channel/typescript/store-calls.js'
import { isIn } from '../group.js'
import type { TsModule } from '../lang/module.js'
import { statementsOf, variablesOf } from '../lang/typescript/grammar.js'
import type { PathAlias } from '../lang/typescript/imports.js'
import { typescript } from '../lang/typescript/language.js'
import { type Frame, frameOf } from '../values/typescript/frame.js'
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
 * file imports it; its cases call stores; the number of the channel's cases. Chains of `if` and tables of handlers are compared alike.
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
  const isNamed = bindsAny(repository, file, types, aliases)
  const usesClient = client.length > 0 && bindsAny(repository, file, client, aliases)
  const isUsed = isImported(repository, file, aliases)
  const isLike = (values: readonly string[]): boolean => {
    const shared = (one: Envelope): number => values.filter((value) => isIn(one.values, value)).length
    const isMost = shared(found) * 2 >= values.length && all.every((other) => shared(other) <= shared(found))
    return shared(found) > 0 && (isNamed || (isMost && (usesClient || shared(found) >= 2)))
  }
  return dispatchesOf(module).flatMap((one): Candidate<Hook>[] => {
    const taken = takenBy(one, frameOf(scope, module))
    const values = taken.map(({ value }) => value)
    // A comparison or two may be of anything; a `switch` is of messages.
    const isEnough = one.kind === 'switch' || (values.length >= 2 && (isNamed || usesClient))
    if (!isEnough || !isLike(values)) return []
    const shared = values.filter((value) => isIn(found.values, value)).length
    const stores = storeCases(taken, found.values)
    return [
      {
        part: { file },
        text: sayDispatch(one),
        file,
        start: one.start,
        rank: weigh(
          usesClient && isHook(one.owner),
          isNamed,
          usesClient,
          isHook(one.owner),
          isUsed,
          stores,
          shared,
        ),
      },
    ]
  })
}

/** What takes messages apart by their types, in words. */
export function sayDispatch({ kind, message }: TsDispatch): string {
  switch (kind) {
    case 'switch':
      return `\`switch (${message.text === '' ? 'type' : `${message.text}.type`})\``
    case 'if':
      return 'a chain of `if` over `.type`'
    case 'table':
      return 'a table of handlers that is looked up by `.type`'
  }
}

/** A type that is taken, and whether a store is told of it. */
export interface TakenType {
  readonly value: string
  readonly callsStore: boolean
}

/** The types of messages that are taken where a message is taken apart. */
export function takenBy({ message, around }: TsDispatch, frame: Frame): TakenType[] {
  return takingOf(message, { node: around, frame }).branches.flatMap(({ labels, body, frame: at }) =>
    labels
      .flatMap(({ values }) => values ?? [])
      .map((value) => ({ value, callsStore: storeCallsIn(at.module, body).length > 0 })),
  )
}

/** How much speaks for one place of a file that takes messages: in a hook, calling stores, with cases of the channel. */
export function rankDispatch(
  owner: string | undefined,
  taken: readonly TakenType[],
  values: readonly string[],
): number {
  const shared = taken.filter(({ value }) => isIn(values, value)).length
  const isAny = shared > 0
  return (isAny && isHook(owner) ? 1e8 : 0) + (isAny ? storeCases(taken, values) * 1e4 : 0) + shared
}

function storeCases(taken: readonly TakenType[], values: readonly string[]): number {
  return taken.filter(({ value, callsStore }) => callsStore && isIn(values, value)).length
}

function isHook(owner: string | undefined): boolean {
  return owner !== undefined && /^use[A-Z]/.test(owner)
}

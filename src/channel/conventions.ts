import { classesOf as tsClassesOf } from '../lang/typescript/classes.js'
import { readPythonType } from '../payload/python.js'
import type { Field } from '../spec/field-type.js'
import { deriveNames, snakeToCamel } from '../spec/names.js'
import { eventOfMember, membersIn } from './enum.js'
import { factoriesOfChannel, readWireCase } from './envelope.js'
import { type OpenChannel, perChannel } from './open-channel.js'
import { sendingMethodsOf } from './typescript/client-sends.js'

/** What all events of a channel have in common, as their code shows it. */
export interface Conventions {
  /** What every wire name begins with: `room_`; empty where nothing is shared. */
  readonly prefix: string
  /** Whether factories are named without the prefix. */
  readonly factoryDropsPrefix: boolean
  /** Whether the client's methods are. */
  readonly methodDropsPrefix: boolean
  /** The fields that every factory takes first and sends: `room_id`. */
  readonly leading: readonly Field[]
}

/** A custom is what at least so many events share. */
const ENOUGH = 4

/** Reads the customs of a channel. */
export const readCustom = perChannel((open): Conventions => {
  const members = membersIn(open)
  const prefix = sharedPrefix(members.map((member) => member.value))
  const named = factoriesOfChannel(open).map((one) => ({
    name: one.method.name,
    event: eventOfMember(open, one.member),
  }))
  return {
    prefix,
    factoryDropsPrefix: dropsPrefix(prefix, named, (event) => event),
    methodDropsPrefix: dropsPrefix(prefix, methodsOf(open), (event) => `send${deriveNames(event).pascal}`),
    leading: readLeading(open),
  }
})

/** A wire name without the channel's prefix. */
export function withoutPrefix({ prefix }: Conventions, event: string): string {
  return prefix !== '' && event.startsWith(prefix) ? event.slice(prefix.length) : event
}

function sharedPrefix(events: readonly string[]): string {
  const word = /^[a-z0-9]+_/.exec(events[0] ?? '')?.[0] ?? ''
  return events.length >= ENOUGH && events.every((event) => event.startsWith(word)) ? word : ''
}

function methodsOf({ repository, channel }: OpenChannel): { name: string; event: string }[] {
  if (channel.client === undefined) return []
  const module = repository.typescript(channel.client.file)
  const scope = { open: (path: string) => repository.findTypescript(path), aliases: [] }
  return tsClassesOf(module)
    .flatMap((one) => sendingMethodsOf(scope, module, one))
    .flatMap(({ name, sends }) => sends.map(({ message }) => ({ name, event: message })))
}

function dropsPrefix(
  prefix: string,
  named: readonly { readonly name: string; readonly event: string }[],
  derive: (event: string) => string,
): boolean {
  if (prefix === '') return false
  const dropped = named.filter(({ name, event }) => name === derive(event.slice(prefix.length)))
  const kept = named.filter(({ name, event }) => name === derive(event))
  return dropped.length > kept.length
}

function readLeading(open: OpenChannel): Field[] {
  const factories = factoriesOfChannel(open)
  const [first, ...others] = factories
  if (first === undefined || factories.length < ENOUGH) return []
  const wireCase = readWireCase(open)
  const own = (factory: typeof first): (typeof first.method.parameters)[number][] =>
    factory.method.parameters.filter((one) => one.name !== 'cls')
  const fields: Field[] = []
  for (const [index, parameter] of own(first).entries()) {
    const isShared = others.every((other) => {
      const same = own(other)[index]
      return (
        same?.name === parameter.name &&
        same.annotation === parameter.annotation &&
        same.default === undefined
      )
    })
    const key = first.shape?.find((one) => one.parameter === parameter.name)?.key
    if (!isShared || key === undefined || parameter.default !== undefined) break
    const derived = wireCase === 'camel' ? snakeToCamel(parameter.name) : parameter.name
    const type = readPythonType(parameter.annotation ?? 'Any')
    fields.push({ name: parameter.name, type, optional: false, ...(derived === key ? {} : { wire: key }) })
  }
  return fields
}

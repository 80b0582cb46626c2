import { findClient } from '../channel/client.js'
import { findHandlerChain } from '../channel/handler.js'
import { findSwitch } from '../channel/switch.js'
import { takenTypePlaces } from '../channel/typescript/message-types.js'
import type { Place } from '../errors.js'
import { python } from '../lang/python/language.js'
import { classesOf } from '../lang/python/query.js'
import { typescript } from '../lang/typescript/language.js'
import { unionsOf } from '../lang/typescript/query.js'
import type { SurveyContext } from '../sites/site.js'
import { placeOf } from '../workspace/place.js'
import { findReferences, type Reference } from './references.js'

/** A member of a class as some place of the code says it: `WSMessageType.SEAT_TAKEN`. */
export interface MemberUse {
  readonly name: string
  readonly place: Place
}

/** Every use of a member of a Python class by the class's own name. */
export function memberUses({ repository, layout }: SurveyContext, className: string): MemberUse[] {
  return findReferences(repository, [className], {
    folder: layout.backend.folder,
    extensions: python.extensions,
    withTests: false,
  }).flatMap((one) => {
    const { source } = repository.python(one.file)
    const name = one.isString ? undefined : /^\s*\.\s*(\w+)/.exec(source.text.slice(one.end))?.[1]
    return name === undefined ? [] : [{ name, place: placeOf(source, one.start) }]
  })
}

/** Whether a method of a class is called by another one of it: `cls.error(…)`. */
export function isCalledInside({ repository }: SurveyContext, file: string, name: string): boolean {
  return new RegExp(`\\b(?:cls|self)\\.${name}\\(`).test(repository.workspace.read(file).text)
}

/** Whether the backend makes members of a class by names that only show when it runs. */
export function isDynamic({ repository, layout }: SurveyContext, className: string): boolean {
  const dynamic = new RegExp(`getattr\\(\\s*${className}\\b`)
  return repository.search(layout.backend.folder, python.extensions, (text) => dynamic.test(text)).length > 0
}

/** Names of a Python class: methods and assignments of it and of its bases in the same module. */
export function namesOfClass({ repository }: SurveyContext, file: string, className: string): Set<string> {
  const module = repository.python(file)
  const names = new Set<string>()
  const visit = (name: string): void => {
    const one = classesOf(module).find((candidate) => candidate.name === name)
    for (const member of [...(one?.methods ?? []), ...(one?.assignments ?? [])]) names.add(member.name)
    for (const base of one?.bases ?? []) if (base !== name) visit(base)
  }
  visit(className)
  return names
}

/** Strings of the frontend that are the name of an event, and no member of the union or case of the hook. */
export function stringsOf({ repository, layout, channel, rows }: SurveyContext, event: string): Reference[] {
  const own = [...rows.of(event, 'ts-union-member'), ...rows.of(event, 'ts-hook-case')]
  return findReferences(repository, [event], {
    folder: `${layout.frontend.folder}/src`,
    extensions: typescript.extensions,
    withTests: false,
  }).filter(
    (one) =>
      one.isString &&
      [channel.client?.file, channel.hook?.file].includes(one.file) &&
      !own.some((site) => site.file === one.file && site.start <= one.start && one.end <= site.end),
  )
}

/** Whether the hook or the client takes an event in front of the switch, so that it needs no case. */
export function isTakenBefore({ repository, channel }: SurveyContext, event: string): boolean {
  return [channel.hook?.file, channel.client?.file].some(
    (file) => file !== undefined && takenTypePlaces(repository.typescript(file)).has(event),
  )
}

/** What comes nearest to a part of a channel that was not found, for rules, which know no site. */
export { nearestTo } from '../sites/anchors/nearest.js'

/** Where a part of a channel begins. */
export function partPlace(
  context: SurveyContext,
  part: 'enum' | 'envelope' | 'handler' | 'union' | 'hook' | 'client',
): Place | undefined {
  const { repository, channel } = context
  switch (part) {
    case 'enum':
    case 'envelope': {
      const { name, file } = channel[part]
      const module = repository.python(file)
      const one = classesOf(module).find((candidate) => candidate.name === name)
      return one === undefined ? { file } : placeOf(module.source, one.node.start)
    }
    case 'handler': {
      const found = findHandlerChain(context)
      if (found !== undefined) return placeOf(found.module.source, found.chain.start)
      return channel.handler === undefined ? undefined : { file: channel.handler.file }
    }
    case 'union': {
      if (channel.union === undefined) return undefined
      const module = repository.typescript(channel.union.file)
      const one = unionsOf(module).find((candidate) => candidate.name === channel.union?.name)
      return one === undefined ? { file: channel.union.file } : placeOf(module.source, one.start)
    }
    case 'hook': {
      const found = findSwitch(context)
      if (channel.hook === undefined) return undefined
      return found === undefined
        ? { file: channel.hook.file }
        : placeOf(repository.typescript(channel.hook.file).source, found.start)
    }
    case 'client': {
      const found = findClient(context)
      return found === undefined ? undefined : placeOf(found.module.source, found.one.start)
    }
  }
}

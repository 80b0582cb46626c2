import { findEnum, membersOf } from '../channel/enum.js'
import { readTypeOf } from '../lang/typescript/object-types.js'
import { scopeOf } from '../layout/repository.js'
import { readTsShape } from '../payload/typescript.js'
import { typesOf } from '../sites/naming.js'
import type { SurveyContext } from '../sites/site.js'
import { placeOf } from '../workspace/place.js'
import type { DeclaredField, FieldRead, Terms, WantedField } from './contract.js'

/**
 * What the client expects, declared by the interface that has the name of the event where its case names no type: what
 * the case says of the payload in place is what it reads.
 */
export function withNamedInterface<W extends Pick<Terms, 'wanted' | 'isDeclared' | 'isOwnType'>>(
  context: SurveyContext,
  event: string,
  wanted: W,
): W {
  const declared = declaredByName(context, event)
  if (declared === undefined) return wanted
  const keys = new Set([...wanted.wanted.map((one) => one.key), ...declared.keys()])
  return {
    ...wanted,
    isDeclared: true,
    // What it declares and the case does not read is not said to be read.
    isOwnType: false,
    wanted: [...keys].map((key): WantedField => {
      const own = wanted.wanted.find((one) => one.key === key)
      const inPlace = own?.declared === undefined ? [] : [asRead(own.declared)]
      return { key, declared: declared.get(key), reads: [...(own?.reads ?? []), ...inPlace] }
    }),
  }
}

/** The members of the interface; undefined where the case names a type, and where it may be another channel's. */
function declaredByName(
  context: SurveyContext,
  event: string,
): ReadonlyMap<string, DeclaredField> | undefined {
  const { repository, layout, channel, rows } = context
  const [found] = rows.of(event, 'ts-payload-interface')
  const isNamed = typesOf(rows, event).some((type) => /^\w+$/.test(type))
  const isOthers = layout.channels.some(
    (other) =>
      other.id !== channel.id && other.union?.file === found?.file && hasEvent(context, other, event),
  )
  if (found?.links?.name === undefined || isNamed || isOthers) return undefined
  const module = repository.typescript(found.file)
  const type = readTypeOf(scopeOf(repository, layout), module, found.links.name)
  if (type === undefined || type.isOpen) return undefined
  return new Map(
    type.members.flatMap((member) => {
      const [shown] = readTsShape([member])
      const place = placeOf(repository.typescript(member.file).source, member.start)
      return shown === undefined
        ? []
        : [[member.name, { type: shown.type, optional: shown.optional === true, place }]]
    }),
  )
}

function hasEvent({ repository }: SurveyContext, channel: SurveyContext['channel'], event: string): boolean {
  const found = findEnum(repository, channel)
  return found !== undefined && membersOf(found.module, found.one).some((member) => member.value === event)
}

function asRead({ type, optional, place }: DeclaredField): FieldRead {
  return { type, isGuarded: optional, alternatives: [], place }
}

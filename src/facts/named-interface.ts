import { membersIn } from '../channel/enum.js'
import { readTypeOf } from '../lang/typescript/object-types.js'
import { scopeOf } from '../layout/repository.js'
import { readTsShape } from '../payload/typescript.js'
import { typesOf } from '../sites/naming.js'
import type { SurveyContext } from '../sites/site.js'
import { nullable, scalar } from '../spec/field-type.js'
import { placeOf } from '../workspace/place.js'
import type { DeclaredField, FieldRead, Terms, WantedField } from './contract.js'

/**
 * What the client expects, declared by the interface that has the name of the event where its case names no type: what
 * the case says of the payload in place is what it reads.
 */
export function withNamedInterface<
  W extends Pick<Terms, 'wanted' | 'isDeclared' | 'isOwnType' | 'isWantedOpen'>,
>(context: SurveyContext, event: string, wanted: W): W {
  // A case that does nothing with the payload is told as that.
  const isRead = wanted.wanted.length > 0 || wanted.isWantedOpen
  const declared = isRead ? declaredByName(context, event) : undefined
  if (declared === undefined) return wanted
  const keys = new Set([...wanted.wanted.map((one) => one.key), ...declared.keys()])
  return {
    ...wanted,
    isDeclared: true,
    // What it declares and the case does not read is not said to be read.
    isOwnType: false,
    wanted: [...keys].map((key): WantedField => {
      const own = wanted.wanted.find((one) => one.key === key)
      const named = declared.get(key)
      if (named === undefined) return { key, reads: [], ...own, declared: own?.declared ?? asDeclared(own) }
      const inPlace = own?.declared === undefined ? [] : [asRead(own.declared)]
      const reads = [...(own?.reads ?? []), ...inPlace]
      return {
        key,
        ...(reads.some((one) => one.isGuarded) ? withNull(named, reads) : { declared: named, reads }),
      }
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
  const isNamed = !typesOf(rows, event).every((type) => IN_PLACE.test(type))
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

/** A type that has no name. */
const IN_PLACE = /^(?:\{[\s\S]*\}|Record<string, (?:unknown|any)>|unknown|any)$/

function hasEvent(context: SurveyContext, channel: SurveyContext['channel'], event: string): boolean {
  return membersIn({ ...context, channel }).some((member) => member.value === event)
}

/** What the case reads is there for it, whatever the interface says. */
function asDeclared(own: WantedField | undefined): DeclaredField | undefined {
  const [read] = own?.reads ?? []
  return read === undefined ? undefined : { type: scalar('any'), optional: true, place: read.place }
}

/** A key whose value the case tests: it does without one, whatever the types say. */
function withNull(declared: DeclaredField, reads: readonly FieldRead[]): Omit<WantedField, 'key'> {
  const nulled = (one: FieldRead): FieldRead =>
    one.type === undefined ? one : { ...one, type: nullable(one.type) }
  return { declared: { ...declared, type: nullable(declared.type) }, reads: reads.map(nulled) }
}

function asRead({ type, optional, place }: DeclaredField): FieldRead {
  return { type, isGuarded: optional, alternatives: [], place }
}

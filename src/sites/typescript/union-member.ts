import { directionOfComment } from '../../channel/enum.js'
import { findUnion } from '../../channel/union.js'
import { printString } from '../../lang/typescript/print.js'
import type { TsNameList, TsUnion, TsUnionMember } from '../../lang/typescript/unions.js'
import { readTsStyle } from '../../layout/style.js'
import type { HalfDirection } from '../../spec/event-spec.js'
import { cutAlternative } from '../../workspace/cut.js'
import { placeOf } from '../../workspace/place.js'
import { indentAt, lineStart } from '../../workspace/source.js'
import { endWithComment, TS_COMMENT } from '../anchors/blocks.js'
import { nearestTo } from '../anchors/nearest.js'
import { type Member, memberIndex } from '../anchors/partner.js'
import { NO_LEEWAY, type Occurrence, type Site } from '../site.js'
import { findUnreadMember } from '../unread/typescript.js'

declare module '../site.js' {
  interface SitesByKey {
    'ts-union-member': Site
  }
}

/**
 * The member of the union of message types.
 *
 *     export type WSMessageType =
 *       | 'thinking'
 *     + | 'seat_taken'
 *       | 'usage'
 */
export const tsUnionMember: Site = {
  id: 'ts-union-member',
  title: 'union member',
  template: 'ts-union-member',
  side: 'client',
  direction: undefined,
  role: 'declares',
  payload: 'none',
  linked: undefined,
  leeway: { ...NO_LEEWAY, hasFreeComments: true },
  listed: { item: 'types', isMain: true, letter: 'U', column: 'union' },
  needs: [],

  survey(context) {
    const found = findUnion(context)
    return (found?.members ?? []).map(
      (member): Occurrence => ({
        event: member.value,
        file: member.list.file,
        start: member.start,
        end: member.end,
      }),
    )
  },

  notNeeded: () => undefined,
  unread: findUnreadMember,
  findTaken: () => undefined,

  anchor(target) {
    const { channel, repository } = target
    const union = findUnion(target)
    if (union === undefined || channel.union === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `a union of string literals like \`${channel.enum.name}\` in the frontend's types`,
        ...nearestTo(target, 'union'),
      }
    }
    const found = listToWrite(union, channel.union.file)
    if (found === undefined) {
      const { list } = union.members[0] as TsUnionMember
      return {
        kind: 'blocked',
        lookedFor: `one list of alternatives that \`${union.name}\` is made of`,
        nearest: `its names are listed as ${FORMS[list.form]}`,
        place: placeOf(repository.typescript(list.file).source, list.start),
      }
    }
    const { text } = repository.typescript(found.file).source
    const index = memberIndex(target, withDirections(text, found))
    const previous = found.members[index - 1]
    const next = found.members[index]
    const shared = { kind: 'anchor', file: found.file, indent: '', base: '' } as const
    if (previous === undefined) {
      const first = next ?? found
      const pipe = /\|\s*$/.exec(text.slice(found.start, first.start))
      if (pipe === null)
        return { ...shared, place: (block) => [{ offset: first.start, text: `${block} | ` }] }
      const offset = found.start + pipe.index
      const isOwnLine = lineStart(text, offset) + indentAt(text, offset).length === offset
      return {
        ...shared,
        place: (block) => [{ offset, text: `| ${block}${isOwnLine ? `\n${indentAt(text, offset)}` : ' '}` }],
      }
    }
    const isOwnLine = (start: number): boolean =>
      /^\s*\|?\s*$/.test(text.slice(lineStart(text, start), start))
    const neighbour = found.members.length > 1 && isOwnLine(previous.start)
    if (!neighbour) return { ...shared, place: (block) => [{ offset: previous.end, text: ` | ${block}` }] }
    const indent = indentAt(text, previous.start)
    if (/^[ \t]*\|/.test(text.slice(previous.end)) || isTrailingStyle(text, found)) {
      return { ...shared, place: (block) => [{ offset: previous.end, text: ` |\n${indent}${block}` }] }
    }
    const offset = endWithComment(text, previous.end, TS_COMMENT)
    return { ...shared, place: (block) => [{ offset, text: `\n${indent}| ${block}` }] }
  },

  view({ repository, channel, spec }) {
    const { quote } = readTsStyle(repository.typescript(channel.union?.file ?? ''))
    return { literal: printString(spec.names.snake, quote) }
  },

  requirements: () => [],

  cut(context, found) {
    const { source } = context.repository.typescript(found.file)
    const place = placeOf(source, found.start)
    const all = findUnion(context)?.members ?? []
    const own = all.find((one) => one.list.file === found.file && one.start === found.start)
    if (own !== undefined && own.list.form !== 'alternatives')
      return {
        kind: 'blocked',
        lookedFor: 'an alternative of the union',
        nearest: `the name is listed in ${FORMS[own.list.form]}`,
        place,
      }
    const members = all.filter((one) => own !== undefined && isSameList(one.list, own.list))
    const index = members.findIndex((one) => one.start === found.start)
    const deletion = cutAlternative(source.text, found, members[index - 1], members[index + 1])
    return deletion === undefined
      ? { kind: 'blocked', lookedFor: 'another member of the union', place }
      : [deletion]
  },

  goneNames: (_context, { event, file }) => [{ name: event, file, as: 'string' }],
}

/** What names are listed in, in words. */
const FORMS = {
  alternatives: 'several unions',
  array: 'an array',
  object: 'an object',
  enum: 'an enum',
  interface: 'a type with a key for each',
} as const satisfies Record<TsNameList['form'], string>

/** A list of alternatives with those that stand in it. */
interface Alternatives extends TsNameList {
  readonly members: readonly TsUnionMember[]
}

/** The list that a new name goes to: the union's own alternatives, else the only ones that it is made of. */
function listToWrite(union: TsUnion, file: string): Alternatives | undefined {
  const lists = union.members.map((one) => one.list)
  const isOwn = (list: TsNameList): boolean => list.file === file && list.start === union.start
  const isOnly = lists.every((one) => lists[0] !== undefined && isSameList(one, lists[0]))
  const list = lists.find(isOwn) ?? (isOnly ? lists[0] : undefined)
  return list?.form === 'alternatives'
    ? { ...list, members: union.members.filter((one) => isSameList(one.list, list)) }
    : undefined
}

function isSameList(a: TsNameList, b: TsNameList): boolean {
  return a.file === b.file && a.start === b.start
}

/** The members with what the comments of the union say of their direction. */
function withDirections(text: string, union: Alternatives): Member[] {
  let section: HalfDirection | undefined
  return union.members.map((member, index) => {
    const between = text.slice(union.members[index - 1]?.end ?? union.start, member.start)
    for (const comment of between.match(/\/\/.*|\/\*[\s\S]*?\*\//g) ?? [])
      section = directionOfComment(comment)
    return { value: member.value, direction: section, isUnderHeading: section !== undefined }
  })
}

/** Whether the pipes stand at the ends of lines. */
function isTrailingStyle(text: string, union: Alternatives): boolean {
  const [first, second] = union.members
  return (
    first !== undefined &&
    second !== undefined &&
    /^[ \t]*\|[ \t]*\r?\n/.test(text.slice(first.end, second.start))
  )
}

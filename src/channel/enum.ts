import { lookUp } from '../group.js'
import type { PythonModule } from '../lang/module.js'
import { classesOf, type PyClass } from '../lang/python/query.js'
import type { Node } from '../lang/tree.js'
import { memberValue } from '../layout/python-parts.js'
import type { HalfDirection } from '../spec/event-spec.js'
import { lineEnd, lineStart } from '../workspace/source.js'
import { type OpenChannel, perChannel } from './open-channel.js'

/** The enum of a channel, if it is still there. */
export const findEnum = perChannel(
  ({ repository, channel }): { module: PythonModule; one: PyClass } | undefined => {
    const module = repository.python(channel.enum.file)
    const one = lookUp(classesOf(module), channel.enum.name)
    return one === undefined ? undefined : { module, one }
  },
)

/** A member of an enum that has a string. */
export interface EnumMember {
  readonly name: string
  readonly value: string
  readonly start: number
  readonly end: number
  /** Which way the comments say that it goes: the heading of its section, or the one behind it. */
  readonly direction: HalfDirection | undefined
  /** The comment behind it that says so, without the `#`. */
  readonly directionComment: string | undefined
  /** Whether a heading says it, and not a comment of its own. */
  readonly isUnderHeading: boolean
}

function membersOf(module: PythonModule, one: PyClass): EnumMember[] {
  const { text } = module.source
  const statements = one.body.children.filter((child) => child.isNamed && child.kind !== 'comment')
  let section: HalfDirection | undefined
  const members: EnumMember[] = []
  const assigned = new Map(one.assignments.map((assignment) => [assignment.node, assignment]))
  const following = new Map(statements.map((statement, index) => [statement, statements[index + 1]]))
  for (const child of one.body.children) {
    const isOwnLine = text.slice(lineStart(text, child.start), child.start).trim() === ''
    if (child.kind === 'comment') {
      if (isOwnLine) section = sectionAfter(section, text, child)
      continue
    }
    const member = assigned.get(child)
    const value = member === undefined ? undefined : memberValue(module, one, member)
    if (member === undefined || value === undefined) continue
    const behind = /^[ \t]*#[ \t]*(.*?)\s*$/.exec(
      text.slice(member.node.end, lineEnd(text, member.node.end)),
    )?.[1]
    const own = behind === undefined ? undefined : directionOfComment(behind)
    // A string behind a member is its docstring and belongs to it.
    const next = following.get(member.node)
    const isDocumented = next?.kind === 'expression_statement' && next.children[0]?.kind === 'string'
    members.push({
      name: member.name,
      value,
      start: member.node.start,
      end: isDocumented ? next.end : member.node.end,
      direction: own ?? section,
      directionComment: own === undefined ? undefined : behind,
      isUnderHeading: own === undefined && section !== undefined,
    })
  }
  return members
}

/**
 * The direction that holds behind a comment on a line of its own. A heading of another kind, which stands
 * behind a blank line, ends the section: a feature's events go either way.
 */
function sectionAfter(
  section: HalfDirection | undefined,
  text: string,
  comment: Node,
): HalfDirection | undefined {
  const said = directionOfComment(text.slice(comment.start, comment.end))
  if (said !== undefined) return said
  const start = lineStart(text, comment.start)
  const isHeading = start > 0 && text.slice(lineStart(text, start - 1), start).trim() === ''
  return isHeading ? undefined : section
}

const DIRECTION =
  /\b(server|backend|client|frontend)\b\W*?(?:->|→|=>|⇒|\bto\b)\W*?\b(server|backend|client|frontend)\b/i

/** What `# Server -> Client` says; undefined for any other comment. */
export function directionOfComment(comment: string): HalfDirection | undefined {
  const match = DIRECTION.exec(comment)
  if (match === null) return undefined
  const isServer = (name: string | undefined): boolean => /server|backend/i.test(name ?? '')
  if (isServer(match[1]) === isServer(match[2])) return undefined
  return isServer(match[1]) ? 'server-to-client' : 'client-to-server'
}

/** The members of the enum that have a string, in source order; none where it is gone. */
export const membersIn = perChannel((open): readonly EnumMember[] => {
  const found = findEnum(open)
  return found === undefined ? [] : membersOf(found.module, found.one)
})

const membersByName = perChannel(
  (open): ReadonlyMap<string, EnumMember> =>
    new Map(
      membersIn(open)
        .map((one): [string, EnumMember] => [one.name, one])
        .toReversed(),
    ),
)

/** The wire name behind an enum member; a member that no enum has is taken for its own name in lower case. */
export function eventOfMember(open: OpenChannel, member: string): string {
  return membersByName(open).get(member)?.value ?? member.toLowerCase()
}

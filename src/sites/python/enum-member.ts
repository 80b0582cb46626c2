import { directionOfComment, type EnumMember, findEnum, membersIn } from '../../channel/enum.js'
import { perChannel } from '../../channel/open-channel.js'
import { printAssignment, printString, printTrailingComment } from '../../lang/python/print.js'
import { majority, pageOf, readPythonStyle } from '../../layout/style.js'
import type { HalfDirection } from '../../spec/event-spec.js'
import { placeOf } from '../../workspace/place.js'
import { indentAt, lineEnd, lineStart } from '../../workspace/source.js'
import { endWithComment, PYTHON_COMMENT, placeBehind, placeInFront } from '../anchors/blocks.js'
import { memberIndex } from '../anchors/partner.js'
import { wholeLines } from '../anchors/whole.js'
import { behindOwner } from '../naming.js'
import { type Half, NO_LEEWAY, type Occurrence, type Site } from '../site.js'
import { findUnreadEnumMember } from '../unread/python.js'

declare module '../site.js' {
  interface SitesByKey {
    'python-enum-member': Site
  }
}

/**
 * The member of the channel's enum.
 *
 *     class WSMessageType(str, Enum):
 *         THINKING = "thinking"
 *     +   SEAT_TAKEN = "seat_taken"
 *         USAGE = "usage"
 */
export const pythonEnumMember: Site = {
  id: 'python-enum-member',
  title: 'enum member',
  template: 'python-enum-member',
  side: 'server',
  direction: undefined,
  role: 'declares',
  payload: 'none',
  linked: undefined,
  leeway: { ...NO_LEEWAY, hasFreeComments: true },
  listed: { item: 'enum', isMain: true, letter: 'E', column: 'enum' },
  needs: [],

  survey(context) {
    return membersIn(context).map(
      (member): Occurrence => ({
        event: member.value,
        file: context.channel.enum.file,
        start: member.start,
        end: member.end,
        links: {
          name: member.name,
          ...(member.direction === undefined ? {} : { direction: member.direction }),
        },
      }),
    )
  },

  notNeeded: () => undefined,
  unread: findUnreadEnumMember,

  findTaken(target) {
    const { channel, spec } = target
    const found = findEnum(target)
    const other = found?.one.assignments.find((member) => member.name === spec.names.constant)
    if (found === undefined || other === undefined) return undefined
    return {
      name: `${channel.enum.name}.${other.name}`,
      place: placeOf(found.module.source, other.node.start),
    }
  },

  anchor(target) {
    const { channel, layout } = target
    const found = findEnum(target)
    if (found === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `the enum \`${channel.enum.name}\``,
        place: { file: channel.enum.file },
      }
    }
    const { module, one } = found
    const { text } = module.source
    const { indent } = readPythonStyle(module, layout.backend.lineLength)
    const list = membersIn(target)
    const first = list[0]
    if (first === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `a member of \`${one.name}\` to follow`,
        place: placeOf(module.source, one.node.start),
      }
    }
    const base = indentAt(text, first.start)
    const index = memberIndex(target, list)
    const previous = list[index - 1]
    const next = list[index]
    const shared = { kind: 'anchor', file: channel.enum.file, indent, base } as const
    const isSectionBetween =
      previous !== undefined &&
      next !== undefined &&
      isNewSection(target, text.slice(previous.end, next.start))
    const isAlone =
      previous === undefined || PYTHON_COMMENT.test(text.slice(previous.end, lineEnd(text, previous.end)))
    if (!isAlone) {
      const place = placeOf(module.source, previous.end)
      return { kind: 'blocked', lookedFor: 'a line of its own for each member of the enum', place }
    }
    if (previous !== undefined && !isSectionBetween) {
      return { ...shared, place: placeBehind(endWithComment(text, previous.end, PYTHON_COMMENT), 0) }
    }
    return { ...shared, place: placeInFront(lineStart(text, (next ?? first).start), 0) }
  },

  view(target) {
    const { repository, channel, layout, spec } = target
    const module = repository.python(channel.enum.file)
    const style = readPythonStyle(module, layout.backend.lineLength)
    const page = pageOf(style, 1)
    const assignment = printAssignment(spec.names.constant, printString(spec.names.snake, style.quote), page)
    const comment = usualComments(target)[target.direction] ?? spec.description
    return {
      assignment,
      comment:
        assignment.includes('\n') || comment === undefined
          ? ''
          : printTrailingComment(assignment, comment, page),
    }
  },

  requirements: () => [],

  cut({ repository }, { file, start, end }) {
    return wholeLines(repository.workspace.read(file), { start, end })
  },

  goneNames: ({ channel }, { file, links }) =>
    links?.name === undefined
      ? []
      : [{ name: links.name, file, as: 'member', behind: behindOwner(channel.enum.name) }],
}

/** Whether a comment between two members begins a section that a new one does not belong to. */
function isNewSection(target: Half, between: string): boolean {
  const comments = between.split('\n').slice(1)
  if (target.direction === 'server-to-client')
    return comments.some((line) => directionOfComment(line) !== undefined)
  return false
}

/** The comment that says the direction behind most members, in the words that the file uses for this one. */
const usualComments = perChannel((open): Readonly<Record<HalfDirection, string | undefined>> => {
  const members = membersIn(open)
  return {
    'server-to-client': usualComment(members, 'server-to-client'),
    'client-to-server': usualComment(members, 'client-to-server'),
  }
})

function usualComment(members: readonly EnumMember[], direction: HalfDirection): string | undefined {
  const commented = members.filter((member) => member.directionComment !== undefined)
  if (commented.length * 2 < members.length || commented.length === 0) return undefined
  const own = commented.filter((member) => member.direction === direction)
  const words = direction === 'server-to-client' ? 'Server -> Client' : 'Client -> Server'
  return majority(own.map((member) => member.directionComment ?? words)) ?? words
}

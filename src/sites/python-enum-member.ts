import { printAssignment, printString, printTrailingComment } from '../lang/python/print.js'
import { pageOf, readPythonStyle } from '../layout/style.js'
import { indentAt, lineEnd, lineStart } from '../workspace/source.js'
import { endWithComment, orderIndex, PYTHON_COMMENT, placeBehind, placeInFront } from './parts/anchors.js'
import { placeOf } from './parts/place.js'
import { findEnum, membersOf } from './parts/python-enum.js'
import type { Occurrence, Site } from './site.js'

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
  needs: [],

  survey({ repository, channel }) {
    const found = findEnum(repository, channel)
    if (found === undefined) return []
    return membersOf(found.module, found.one).map(
      (member): Occurrence => ({
        event: member.value,
        file: channel.enum.file,
        start: member.start,
        end: member.end,
        links: { name: member.name },
      }),
    )
  },

  notNeeded: () => undefined,

  findTaken({ repository, channel, spec }) {
    const found = findEnum(repository, channel)
    const other = found?.one.assignments.find((member) => member.name === spec.names.constant)
    if (found === undefined || other === undefined) return undefined
    return {
      name: `${channel.enum.name}.${other.name}`,
      place: placeOf(found.module.source, other.node.start),
    }
  },

  anchor({ repository, channel, layout }) {
    const found = findEnum(repository, channel)
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
    const list = membersOf(module, one)
    const first = list[0]
    if (first === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `a member of \`${one.name}\` to follow`,
        place: placeOf(module.source, one.node.start),
      }
    }
    const base = indentAt(text, first.start)
    const index = orderIndex(list.map((member) => member.value))
    const previous = list[index - 1]
    const next = list[index]
    const shared = { kind: 'anchor', file: channel.enum.file, indent, base } as const
    const isSectionBetween =
      previous !== undefined && next !== undefined && isDirection(text.slice(previous.end, next.start))
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

  view({ repository, channel, layout, spec }) {
    const module = repository.python(channel.enum.file)
    const style = readPythonStyle(module, layout.backend.lineLength)
    const page = pageOf(style, 1)
    const assignment = printAssignment(spec.names.constant, printString(spec.names.snake, style.quote), page)
    const isOneLine = !assignment.includes('\n') && spec.description !== undefined
    return {
      assignment,
      comment: isOneLine ? printTrailingComment(assignment, spec.description ?? '', page) : '',
    }
  },

  requirements: () => [],
}

/** Whether a comment between two members begins a direction, as `# Server -> Client` does. */
function isDirection(between: string): boolean {
  return /#.*\b(server|client|backend|frontend)\b.*(->|→|=>|\bto\b).*\b(server|client|backend|frontend)\b/i.test(
    between,
  )
}

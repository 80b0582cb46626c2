import type { PythonModule } from '../../lang/python/parser.js'
import { classesOf, type PyClass, stringValue } from '../../lang/python/query.js'
import type { Channel } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import type { Rows } from '../site.js'

/** The enum of a channel, if it is still there. */
export function findEnum(
  repository: Repository,
  channel: Channel,
): { module: PythonModule; one: PyClass } | undefined {
  const module = repository.python(channel.enum.file)
  const one = classesOf(module).find((candidate) => candidate.name === channel.enum.name)
  return one === undefined ? undefined : { module, one }
}

/** The members of an enum that have a string. */
export function membersOf(
  module: PythonModule,
  one: PyClass,
): { name: string; value: string; start: number; end: number }[] {
  const statements = one.body.children.filter((child) => child.named && child.type !== 'comment')
  return one.assignments.flatMap((member) => {
    const value = stringValue(module, member.value)
    if (value === undefined) return []
    // A string behind a member is its docstring and belongs to it.
    const next = statements[statements.indexOf(member.node) + 1]
    const isDocumented = next?.type === 'expression_statement' && next.children[0]?.type === 'string'
    return [
      { name: member.name, value, start: member.node.start, end: isDocumented ? next.end : member.node.end },
    ]
  })
}

/** The wire name behind an enum member; a member that no enum has is taken for its own name in lower case. */
export function eventOfMember(rows: Rows, member: string): string {
  const event = rows
    .events()
    .find((one) => rows.of(one, 'python-enum-member').some((found) => found.links?.name === member))
  return event ?? member.toLowerCase()
}

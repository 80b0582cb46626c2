import { withoutPrefix } from '../../../channel/conventions.js'
import { findHandlerChain } from '../../../channel/handler.js'
import { type Failure, formatPlace, type Problem, wrongInput } from '../../../errors.js'
import { lookUp } from '../../../group.js'
import type { PythonModule } from '../../../lang/module.js'
import { python } from '../../../lang/python/language.js'
import { classesOf, importsOf } from '../../../lang/python/query.js'
import type { PyScope } from '../../../lang/python/scopes.js'
import type { Node } from '../../../lang/tree.js'
import type { ManagerMethod } from '../../../layout/layout.js'
import { isModuleOf } from '../../../layout/python-parts.js'
import { majority } from '../../../layout/style.js'
import { placeOf } from '../../../workspace/place.js'
import { indentAt } from '../../../workspace/source.js'
import { blankLinesBetween, endWithComment, PYTHON_COMMENT, placeBehind } from '../../anchors/blocks.js'
import type { Half } from '../../site.js'
import type { SendContext } from '../context.js'
import type { CasePlace, Spot } from '../place.js'
import { argumentIn } from '../sender.js'
import { findSources } from '../values.js'
import type { Frame } from './frame.js'

/** A `match` that takes apart what the agent streams. */
interface StreamMatch {
  readonly node: Node
  /** The name of what is streamed: `event`. */
  readonly subject: string
  readonly enumName: string
  readonly cases: readonly StreamCase[]
  readonly last: StreamCase
}

interface StreamCase {
  readonly clause: Node
  readonly enum: string
  readonly member: string
}

/**
 * A `case` for what the agent streams, where the function takes it apart by the members of an enum.
 *
 * @returns undefined where the function does nothing of the kind
 */
export function asCase(
  target: SendContext,
  module: PythonModule,
  scope: PyScope,
): CasePlace | Failure | undefined {
  const found = findMatch(target, scope)
  if (found === undefined) return undefined
  const stream = findStream(target, module, scope, found)
  if ('what' in stream) return wrongInput({ ...stream, place: placeOf(module.source, found.node.start) })
  return { form: 'case', scope, ...stream, isGuarded: false, ...spotBehindLast(module, found) }
}

function findMatch({ channel }: SendContext, scope: PyScope): StreamMatch | undefined {
  return scope.function.node.descendants('match_statement').flatMap((node): StreamMatch[] => {
    const subject = /^(\w+)\.\w+$/.exec((node.child('subject') ?? node).text)?.[1]
    const cases = node.descendants('case_clause').flatMap((clause): StreamCase[] => {
      const pattern = clause.children.find((child) => child.kind === 'case_pattern')
      const member = /^([A-Za-z_]\w*)\.([A-Za-z_]\w*)$/.exec(pattern === undefined ? '' : pattern.text)
      return member === null ? [] : [{ clause, enum: member[1] ?? '', member: member[2] ?? '' }]
    })
    const last = cases.at(-1)
    const enumName = majority(cases.map((one) => one.enum))
    return subject === undefined ||
      last === undefined ||
      enumName === undefined ||
      enumName === channel.enum.name
      ? []
      : [{ node, subject, enumName, cases, last }]
  })[0]
}

/** What the new case is for and where its data is, or why the event cannot be streamed. */
function findStream(
  target: SendContext,
  module: PythonModule,
  scope: PyScope,
  { node, subject, enumName, cases, last }: StreamMatch,
): Pick<CasePlace, 'pattern' | 'data'> | Problem {
  const { names } = target.spec
  const member = findStreamMember(target, module, enumName)
  const pattern = `${enumName}.${member.name ?? names.snake}`
  if (member.name === undefined) {
    const endpoint = `${target.channel.handler?.file ?? module.source.path}:${findHandlerChain(target)?.owner.name ?? '<endpoint>'}`
    const result = cases.find((one) => /^tool_(result|end)$/i.test(one.member)) ?? last
    return {
      code: 'no-place-for-send',
      what: `\`${scope.path}\` cannot send \`${names.snake}\`: ${member.why}`,
      why: `at run time \`case ${pattern}\` raises AttributeError as soon as it is reached, so every stream of the agent breaks`,
      fix: `events get out of \`${scope.path}\` in two ways: a callback that the agent is given (--emit-in ${endpoint}), or a dict with a marker key that a tool returns and the branch \`case ${enumName}.${result.member}\` looks for; or leave --emit-in out, and call the helper that is written there`,
    }
  }
  if (cases.some((one) => one.member === member.name)) {
    return {
      code: 'no-place-for-send',
      what: `\`${scope.path}\` has a \`case ${pattern}\` already: ${formatPlace(placeOf(module.source, node.start))}`,
      fix: 'send the event there by hand',
    }
  }
  const data = `${subject}.data`
  if (!node.text.includes(data)) {
    return {
      code: 'no-place-for-send',
      what: `\`${scope.path}\` reads no \`${data}\`, so where the agent puts its data is not known`,
      fix: 'send the event there by hand',
    }
  }
  return { pattern, data }
}

function spotBehindLast({ source }: PythonModule, { cases, last }: StreamMatch): Spot {
  const { text } = source
  const starts = cases.map((one) => one.clause)
  const gaps = starts
    .slice(1)
    .map((clause, index) => String(blankLinesBetween(text, starts[index]?.end ?? 0, clause.start)))
  const body = last.clause.child('consequence') ?? last.clause
  const end = body.children.findLast((child) => child.isNamed) ?? body
  const offset = endWithComment(text, end.end, PYTHON_COMMENT)
  return {
    file: source.path,
    offset,
    base: indentAt(text, last.clause.start),
    place: placeBehind(offset, Math.min(1, Number(majority(gaps) ?? '0'))),
  }
}

/** The member of the agent's enum that stands for the event, if the enum is defined in the repository. */
function findStreamMember(
  { repository, layout, custom, spec }: SendContext,
  module: PythonModule,
  enumName: string,
): { name: string; why?: never } | { name: undefined; why: string } {
  const definition = new RegExp(`^class ${enumName}\\(`, 'm')
  const statement = importsOf(module).find((one) => one.names.some((name) => name.bound === enumName))
  const file = repository
    .saying(layout.backend.folder, python.extensions, [enumName])
    .filter((one) => definition.test(repository.workspace.read(one).text))
    .find((one) => (statement === undefined ? one === module.source.path : isModuleOf(statement.module, one)))
  if (file === undefined) {
    const from = statement === undefined ? 'somewhere else' : `\`${statement.module}\``
    return { name: undefined, why: `\`${enumName}\` comes from ${from}, and not from this repository` }
  }
  const { snake } = spec.names
  const fitting = [snake, withoutPrefix(custom, snake)]
  const defined = repository.python(file)
  const members = lookUp(classesOf(defined), enumName)?.assignments ?? []
  const found = members.find((one) => fitting.includes(one.name.toLowerCase()))
  if (found !== undefined) return { name: found.name }
  return { name: undefined, why: `\`${enumName}\` (${file}) has no member \`${snake}\`` }
}

/** The case, and in it the send of what is streamed. */
export function frameCase(target: Half, place: CasePlace, emit: ManagerMethod): Frame {
  const argument = argumentIn(target, place.scope, emit)
  return {
    header: `case ${place.pattern}:`,
    docstring: '',
    values: findSources(target, place).values,
    argument: (one) => argument(one) ?? one.name,
  }
}

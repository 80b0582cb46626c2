import { casesOf, chainsOf, type PyBranch } from '../../lang/python/branches.js'
import type { PyNode, PythonModule } from '../../lang/python/parser.js'
import { assignmentsOf, callArguments, childOf, descendants, textOf } from '../../lang/python/query.js'
import { wordsOf } from '../../lang/python/words.js'
import { escapeRegExp } from '../../layout/candidates.js'
import type { Span } from '../../workspace/span.js'
import type { SurveyContext, Unread } from '../site.js'
import { placeOf } from './place.js'
import { findEnum, membersOf } from './python-enum.js'
import { factoriesOf, findEnvelope } from './python-envelope.js'
import { branchesOf, findHandlerChain } from './python-handler.js'
import { findUnread, mentionOf, type UnreadPlace } from './unread.js'

/** A member of the enum that may be an event's and whose value is no string that can be read. */
export function findUnreadEnumMember(context: SurveyContext, event: string): Unread | undefined {
  const found = findEnum(context.repository, context.channel)
  if (found === undefined) return undefined
  const { module, one } = found
  const read = membersOf(module, one).map((member) => member.name)
  const places = one.assignments
    .filter(({ name, value }) => value !== undefined && !name.startsWith('_') && !read.includes(name))
    .map(({ node }) => placeIn(module, node, `\`${textOf(module, node)}\``))
  return findUnread(context.rows, event, places)
}

/** A class method of the envelope that makes a message whose type cannot be read, and that may be an event's factory. */
export function findUnreadFactory(context: SurveyContext, event: string): Unread | undefined {
  const found = findEnvelope(context.repository, context.channel)
  if (found === undefined) return undefined
  const { module, one } = found
  const read = factoriesOf(module, one, context.channel.enum.name).map((factory) => factory.method)
  const places = one.methods
    .filter((method) => method.decorators.includes('classmethod') && !read.includes(method))
    .flatMap((method) => {
      const own = method.parameters.map((parameter) => parameter.name)
      const type = descendants(method.node, 'call')
        .filter((call) => ['cls', one.name].includes(textOf(module, childOf(call, 'function') ?? call)))
        .flatMap((call) => callArguments(module, call).find((given) => given.name === 'type') ?? [])[0]
      if (type === undefined || own.includes(textOf(module, type.value))) return []
      const text = `\`${method.name}\`, which makes \`type=${textOf(module, type.value)}\``
      return [placeIn(module, method.node, text)]
    })
  return findUnread(context.rows, event, places)
}

/** A branch or a table of the handler that may take an event and cannot be read. */
export function findUnreadBranch(context: SurveyContext, event: string): Unread | undefined {
  const { repository, channel, rows } = context
  if (channel.handler === undefined) return undefined
  const module = repository.python(channel.handler.file)
  const handler = findHandlerChain(context)
  if (handler === undefined) return findWord(context, module, event)
  const { subject, owner } = handler
  const read = branchesOf(context).map((one) => one.start)
  const inOwner = (node: { start: number }): boolean =>
    owner.node.start <= node.start && node.start < owner.node.end
  const branches = chainsOf(module)
    .flatMap((chain) => chain.branches)
    .filter((one) => inOwner(one) && !read.includes(one.start) && mayTake(module, one, subject))
    .map((one) => placeIn(module, one, `\`${textOf(module, one.condition)}\``, one.condition))
  const clauses = casesOf(module)
    .filter(({ pattern, clause }) => inOwner(clause) && isOpenPattern(module, pattern, clause, subject))
    .map(({ pattern, clause }) => placeIn(module, clause, `\`case ${textOf(module, pattern)}\``, pattern))
  const tables = descendants(owner.node, 'subscript', 'call')
    .filter((node) => looksUp(module, node, subject))
    .map((node) => placeIn(module, node, `\`${textOf(module, node)}\``))
  return findUnread(rows, event, [...branches, ...clauses, ...tables])
}

/** Where the handler's file says an event although no chain of branches was found in it. */
function findWord({ rows }: SurveyContext, module: PythonModule, event: string): Unread | undefined {
  const says = mentionOf(rows, event)
  const found = wordsOf(module).find((one) => says(one.text))
  return found === undefined
    ? undefined
    : { text: `\`${found.text}\``, place: placeOf(module.source, found.start) }
}

/** Whether a condition may be true of a type: it compares the subject, and with something else than a string or nothing. */
function mayTake(module: PythonModule, { condition }: PyBranch, subject: string): boolean {
  const text = textOf(module, condition)
  const name = `(?<![A-Za-z0-9_.])${escapeRegExp(subject)}(?![A-Za-z0-9_])`
  if (!new RegExp(name).test(text) || /!=|\bnot\b|\bisinstance\(/.test(text)) return false
  return !new RegExp(`^${name}(?:\\s*==\\s*(["'])[^"']*\\1|\\s+is\\s+None)?$`).test(text)
}

/** Whether a pattern of a `match` over the subject may be any type: no string, no wildcard. */
function isOpenPattern(module: PythonModule, pattern: PyNode, clause: PyNode, subject: string): boolean {
  const around = descendants(module.root, 'match_statement').findLast(
    (one) => one.start <= clause.start && clause.end <= one.end,
  )
  const matched = childOf(around, 'subject')
  const text = textOf(module, pattern)
  return (
    matched !== undefined &&
    textOf(module, matched) === subject &&
    !/^(?:_|["'].*["']|[\w.]+\.\w+)$/.test(text)
  )
}

/** `HANDLERS[msg_type]`, `HANDLERS.get(msg_type)`. */
function looksUp(module: PythonModule, node: PyNode, subject: string): boolean {
  if (node.type === 'subscript') {
    const key = childOf(node, 'subscript')
    return key !== undefined && textOf(module, key) === subject
  }
  const callee = childOf(node, 'function')
  const first = callArguments(module, node)[0]
  return (
    callee !== undefined &&
    first !== undefined &&
    /\.get$/.test(textOf(module, callee)) &&
    textOf(module, first.value) === subject
  )
}

/** A place with what it says and what the constants in it say. */
function placeIn(module: PythonModule, span: Span, text: string, expression: Span = span): UnreadPlace {
  const slice = (one: Span): string => module.source.text.slice(one.start, one.end)
  const names = [...slice(expression).matchAll(/(?<![.\w"'])[A-Za-z_]\w*/g)].map((match) => match[0])
  const behind = assignmentsOf(module).filter((one) => names.includes(one.name))
  const said = [slice(span), ...behind.map((one) => textOf(module, one.node))].join('\n')
  const isOpen = behind.length === 0 || !behind.every((one) => isPlain(one.value))
  return { text: text.split('\n')[0] ?? text, place: placeOf(module.source, span.start), said, isOpen }
}

/** Whether a value is a collection that is written out, so that what it does not say it does not hold. */
function isPlain(value: PyNode | undefined): boolean {
  return value !== undefined && ['tuple', 'set', 'list', 'dictionary', 'string'].includes(value.type)
}

import { branchesOf, isReadTable } from '../../channel/branches.js'
import { isUnreadCondition } from '../../channel/conditions.js'
import { findEmits } from '../../channel/emits.js'
import { findEnum, membersIn } from '../../channel/enum.js'
import { factoriesOfChannel, findEnvelope } from '../../channel/envelope.js'
import { findHandlerChain } from '../../channel/handler.js'
import { type OpenChannel, perChannel } from '../../channel/open-channel.js'
import type { PythonModule } from '../../lang/module.js'
import { casesOf, chainsOf } from '../../lang/python/branches.js'
import { assignmentsOf, callArguments } from '../../lang/python/query.js'
import { wordsOf } from '../../lang/python/words.js'
import type { Node } from '../../lang/tree.js'
import { placeOf } from '../../workspace/place.js'
import type { Span } from '../../workspace/span.js'
import { eventsOfEmit } from '../naming.js'
import type { SurveyContext, Unread } from '../site.js'
import { findUnread, mentionOf, type UnreadPlace } from './unread.js'

/** A member of the enum that may be an event's and whose value is no string that can be read. */
export function findUnreadEnumMember(context: SurveyContext, event: string): Unread | undefined {
  return findUnread(context.rows, event, unreadMembers(context))
}

const unreadMembers = perChannel((open): readonly UnreadPlace[] => {
  const found = findEnum(open)
  if (found === undefined) return []
  const read = new Set(membersIn(open).map((member) => member.name))
  return found.one.assignments
    .filter(({ name, value }) => value !== undefined && !name.startsWith('_') && !read.has(name))
    .map(({ node }) => placeIn(found.module, node, `\`${node.text}\``))
})

/** A class method of the envelope that makes a message whose type cannot be read, and that may be an event's factory. */
export function findUnreadFactory(context: SurveyContext, event: string): Unread | undefined {
  if (findEnvelope(context) === undefined) return undefined
  const made = returnedMessages(context).find((emit) => eventsOfEmit(context, emit).includes(event))
  return made === undefined
    ? findUnread(context.rows, event, unreadFactories(context))
    : { text: `\`${made.inside[0]?.name}\`, which makes the message`, place: made.place }
}

/** Messages that a function makes by hand and gives back. */
const returnedMessages = perChannel((open) =>
  findEmits(open).filter((emit) => emit.kind !== 'factory' && emit.isReturned),
)

const unreadFactories = perChannel((open): readonly UnreadPlace[] => {
  const found = findEnvelope(open)
  if (found === undefined) return []
  const { module, one } = found
  const read = new Set(factoriesOfChannel(open).map((factory) => factory.method))
  return one.methods
    .filter((method) => method.decorators.includes('classmethod') && !read.has(method))
    .flatMap((method) => {
      const own = method.parameters.map((parameter) => parameter.name)
      const type = method.node
        .descendants('call')
        .filter((call) => ['cls', one.name].includes((call.child('function') ?? call).text))
        .flatMap((call) => callArguments(call).find((given) => given.name === 'type') ?? [])[0]
      if (type === undefined || own.includes(type.value.text)) return []
      const text = `\`${method.name}\`, which makes \`type=${type.value.text}\``
      return [placeIn(module, method.node, text)]
    })
})

/** A branch or a table of the handler that may take an event and cannot be read. */
export function findUnreadBranch(context: SurveyContext, event: string): Unread | undefined {
  const { repository, channel, rows } = context
  if (channel.handler === undefined) return undefined
  const places = unreadBranches(context)
  return places === undefined
    ? findWord(context, repository.python(channel.handler.file), event)
    : findUnread(rows, event, places)
}

/** What of the handler is not read; undefined where nothing takes messages apart. */
const unreadBranches = perChannel((context): readonly UnreadPlace[] | undefined => {
  const { repository, channel } = context
  if (channel.handler === undefined) return undefined
  const module = repository.python(channel.handler.file)
  const handler = findHandlerChain(context) ?? findMatch(context, module)
  if (handler === undefined) return undefined
  const { subject, owner } = handler
  const read = new Set(branchesOf(context).map((one) => one.start))
  const inOwner = (node: { start: number }): boolean =>
    owner.node.start <= node.start && node.start < owner.node.end
  const branches = chainsOf(module)
    .flatMap((chain) => chain.branches)
    .filter(
      (one) =>
        inOwner(one) && !read.has(one.start) && isUnreadCondition(context, module, one.condition, subject),
    )
    .map((one) => placeIn(module, one, `\`${one.condition.text}\``, one.condition))
  const clauses = casesOf(module)
    .filter(({ pattern, clause }) => inOwner(clause) && isOpenPattern(module, pattern, clause, subject))
    .map(({ pattern, clause }) => placeIn(module, clause, `\`case ${pattern.text}\``, pattern))
  const tables = owner.node
    .descendants('subscript', 'call')
    .filter((node) => looksUp(node, subject) && !isReadTable(context, module, node))
    .map((node) => placeIn(module, node, `\`${node.text}\``))
  return [...branches, ...clauses, ...tables]
})

/** The `match` that takes messages where no chain of `if` does, with the function around it. */
function findMatch(
  context: OpenChannel,
  module: PythonModule,
): { subject: string; owner: { node: Node } } | undefined {
  const starts = new Set(branchesOf(context).map((one) => one.start))
  const clause = casesOf(module).find((one) => starts.has(one.clause.start))?.clause
  const owner = clause?.closest('function_definition')
  const subject = clause?.closest('match_statement')?.textOf('subject')
  return owner === undefined || subject === undefined ? undefined : { subject, owner: { node: owner } }
}

/** Where the handler's file says an event although no chain of branches was found in it. */
function findWord({ rows }: SurveyContext, module: PythonModule, event: string): Unread | undefined {
  const says = mentionOf(rows, event)
  // A sentence says many a word.
  const isName = (text: string): boolean => /^[\w.:/-]+$/.test(text)
  const found = wordsOf(module).find((one) => isName(one.text) && says(one.text))
  return found === undefined
    ? undefined
    : { text: `\`${found.text}\``, place: placeOf(module.source, found.start) }
}

/** Whether a pattern of a `match` over the subject may be any type: no string, no wildcard. */
function isOpenPattern(module: PythonModule, pattern: Node, clause: Node, subject: string): boolean {
  const around = module.root
    .descendants('match_statement')
    .findLast((one) => one.start <= clause.start && clause.end <= one.end)
  const matched = around?.child('subject')
  const text = pattern.text
  return matched !== undefined && matched.text === subject && !/^(?:_|["'].*["']|[\w.]+\.\w+)$/.test(text)
}

/** `HANDLERS[msg_type]`, `HANDLERS.get(msg_type)`. */
function looksUp(node: Node, subject: string): boolean {
  if (node.kind === 'subscript') {
    const key = node.child('subscript')
    return key !== undefined && key.text === subject
  }
  const callee = node.child('function')
  const first = callArguments(node)[0]
  return (
    callee !== undefined && first !== undefined && /\.get$/.test(callee.text) && first.value.text === subject
  )
}

/** A place with what it says and what the constants in it say. */
function placeIn(module: PythonModule, span: Span, text: string, expression: Span = span): UnreadPlace {
  const slice = (one: Span): string => module.source.text.slice(one.start, one.end)
  const names = [...slice(expression).matchAll(/(?<![.\w"'])[A-Za-z_]\w*/g)].map((match) => match[0])
  const behind = assignmentsOf(module).filter((one) => names.includes(one.name))
  const said = [slice(span), ...behind.map((one) => one.node.text)].join('\n')
  const isOpen = behind.length === 0 || !behind.every((one) => isPlain(one.value))
  return { text: text.split('\n')[0] ?? text, place: placeOf(module.source, span.start), said, isOpen }
}

/** Whether a value is a collection that is written out, so that what it does not say it does not hold. */
function isPlain(value: Node | undefined): boolean {
  return value !== undefined && ['tuple', 'set', 'list', 'dictionary', 'string'].includes(value.kind)
}

import { posix } from 'node:path'
import { withoutPrefix } from '../../channel/conventions.js'
import { findHandlerChain } from '../../channel/handler.js'
import { findNearest, formatPlace, wrongInput } from '../../errors.js'
import type { PythonModule } from '../../lang/module.js'
import { python } from '../../lang/python/language.js'
import {
  assignmentsOf,
  classesOf,
  functionsOf,
  importsOf,
  type PyClass,
  type PyFunction,
} from '../../lang/python/query.js'
import { endOfWork, type PyScope, scopesOf } from '../../lang/python/scopes.js'
import type { Node } from '../../lang/tree.js'
import type { Manager } from '../../layout/layout.js'
import { isModuleOf } from '../../layout/python-parts.js'
import { majority } from '../../layout/style.js'
import { shell } from '../../shell.js'
import { placeOf } from '../../workspace/place.js'
import { indentAt, lineStart } from '../../workspace/source.js'
import {
  blankLinesAbove,
  blankLinesBetween,
  endWithComment,
  PYTHON_COMMENT,
  placeBehind,
  placeInFront,
} from '../anchors/blocks.js'
import { helperName } from '../naming.js'
import type { EmitPlace, Half } from '../site.js'
import { isGuarded, mentionOf, nameLike, neighboursOf } from './neighbours.js'

type Context = Pick<Half, 'repository' | 'layout' | 'channel' | 'custom' | 'rows' | 'spec'>

/**
 * The place that `--emit-in` names, else behind the helpers beside the manager.
 *
 * @returns undefined where nothing sends on the channel, or the manager has nothing to stand behind
 * @throws Failure with exit code 2 for a file, class or function that is not there or cannot send
 */
export function findEmitPlace(target: Context): EmitPlace | undefined {
  const { manager } = target.channel
  if (manager === undefined || target.spec.emit.to === 'none') return undefined
  const asked = target.spec.emit.in
  if (asked === undefined) return besideManager(target, manager)
  const { file, name } = splitPlace(asked)
  const module = readModule(target, asked, file)
  assertNoCircle(target, module, manager)
  if (name !== undefined) return findNamed(target, module, name)
  if (file === manager.file) return besideManager(target, manager)
  const [neighbour] = neighboursOf(target, module).toReversed()
  return neighbour?.owner === undefined ? ofModule(target, module) : ofClass(target, module, neighbour.owner)
}

/** `cachibot/services/x.py:Board.call` as a path of the repository and a name. */
function splitPlace(asked: string): { file: string; name: string | undefined } {
  const split = asked.lastIndexOf(':')
  const isDrive = split === 1
  const path = split === -1 || isDrive ? asked : asked.slice(0, split)
  const name = split === -1 || isDrive ? undefined : asked.slice(split + 1)
  return { file: posix.normalize(path.replaceAll('\\', '/')), name: name === '' ? undefined : name }
}

function readModule({ repository, layout, channel }: Context, asked: string, file: string): PythonModule {
  const { folder } = layout.backend
  const files = repository.files(folder, python.extensions)
  if (!files.includes(file)) {
    const same = files.filter((one) => posix.basename(one) === posix.basename(file))
    const nearest = findNearest(file, same) ?? same[0] ?? findNearest(file, files)
    const example = channel.handler?.file ?? files[0]
    throw wrongInput({
      what: `\`${asked}\` is no Python file of \`${folder}\``,
      why: '--emit-in takes a file of the backend, relative to the root of the checkout',
      fix: nearest === undefined ? `use for example --emit-in ${example}` : `did you mean \`${nearest}\`?`,
    })
  }
  const module = repository.python(file)
  const fault = repository.faultIn(file)
  if (fault !== undefined) throw wrongInput(fault)
  return module
}

/** @throws Failure with exit code 2 for the file of the envelope, which what sends imports itself */
function assertNoCircle({ channel }: Context, module: PythonModule, manager: Manager): void {
  if (module.source.path !== channel.envelope.file || module.source.path === manager.file) return
  throw wrongInput({
    what: `\`${module.source.path}\` defines \`${channel.envelope.name}\` and sends nothing`,
    why: 'messages are made there; what sends them imports it',
    fix: `name a file that sends, or leave out --emit-in for a helper in \`${manager.file}\``,
    place: { file: module.source.path },
  })
}

function findNamed(target: Context, module: PythonModule, name: string): EmitPlace {
  const owner = classesOf(module).find((one) => one.name === name)
  if (owner !== undefined) return ofClass(target, module, owner)
  const scopes = scopesOf(module)
  const exact = scopes.filter((one) => one.path === name)
  const found = exact.length > 0 ? exact : scopes.filter((one) => one.path.endsWith(`.${name}`))
  const [scope] = found
  if (scope === undefined) {
    const paths = [...classesOf(module).map((one) => one.name), ...scopes.map((one) => one.path)]
    const last = (path: string): string => path.split('.').at(-1) ?? path
    const near = findNearest(name, name.includes('.') ? paths : paths.map(last))
    const nearest =
      paths.find((path) => path === near) ??
      paths.find((path) => last(path) === near) ??
      paths.find((path) => last(path).toLowerCase().startsWith(name.toLowerCase()))
    throw wrongInput({
      what: `\`${name}\` is no class or function of \`${module.source.path}\``,
      fix:
        nearest === undefined
          ? `leave out :${name} for a function of the module`
          : `did you mean \`${module.source.path}:${nearest}\`?`,
      place: { file: module.source.path },
    })
  }
  if (found.length > 1) {
    throw wrongInput({
      what: `\`${name}\` is ${found.length} functions of \`${module.source.path}\``,
      fix: `say which one: ${found.map((one) => `${one.path} (line ${placeOf(module.source, one.function.node.start).line})`).join(', ')}`,
      place: placeOf(module.source, scope.function.node.start),
    })
  }
  const handler = findHandlerChain(target)
  const isEndpoint = handler?.module === module && handler.owner.node.start === scope.function.node.start
  if (isEndpoint) return asCallback(target, module, scope)
  return asCase(target, module, scope) ?? asStatement(target, module, scope)
}

function besideManager(target: Context, manager: Manager): EmitPlace | undefined {
  const { repository, channel, spec } = target
  const module = repository.python(manager.file)
  const mention = mentionOf(channel)
  const helpers = functionsOf(module).filter(
    (one) => one.isAsync && /^send_/.test(one.name) && mention.test(one.node.text),
  )
  const getter = functionsOf(module).find((one) => one.name === manager.getter)
  const instance = assignmentsOf(module).find((one) => one.name === manager.instance)
  const sender = functionsOf(module).findLast((one) => manager.methods.some(({ name }) => name === one.name))
  const previous =
    helpers.at(-1)?.node ?? getter?.node ?? (manager.instance === undefined ? sender?.node : instance?.node)
  if (previous === undefined) return undefined
  return definition(module, 'function', helperName(spec.names.snake), previous, '', 2, false)
}

function ofModule(target: Context, module: PythonModule): EmitPlace {
  const neighbours = neighboursOf(target, module).filter(
    (one) => one.owner === undefined && one.around.length === 0,
  )
  const definitions = [...functionsOf(module), ...classesOf(module)].map((one) => one.node)
  const last = definitions.toSorted((a, b) => a.start - b.start).at(-1)
  const statements = module.root.children.filter((child) => child.isNamed)
  const previous = neighbours.at(-1)?.function.node ?? last ?? statements.at(-1)
  if (previous === undefined) {
    throw wrongInput({
      what: `\`${module.source.path}\` is empty`,
      fix: 'name a file with something in it',
      place: { file: module.source.path },
    })
  }
  return definition(module, 'function', nameLike(target, module), previous, '', 2, isGuarded(target, module))
}

function ofClass(target: Context, module: PythonModule, owner: PyClass): EmitPlace {
  if (owner.bases.some((base) => /(^|\.)(TypedDict|Protocol)\b/.test(base))) {
    throw wrongInput({
      what: `\`${owner.name}\` is a type, and has no method of its own`,
      fix: `leave out :${owner.name} for a function of the module`,
      place: placeOf(module.source, owner.node.start),
    })
  }
  const neighbours = neighboursOf(target, module).filter((one) => one.owner === owner)
  const previous =
    neighbours.at(-1)?.function.node ?? owner.methods.at(-1)?.node ?? owner.body.children.at(-1)
  const first = owner.body.children.find((child) => child.isNamed)
  if (previous === undefined || first === undefined || /:\s*\.\.\.\s*$/.test(owner.node.text)) {
    throw wrongInput({
      what: `\`${owner.name}\` has nothing to stand behind`,
      fix: `leave out :${owner.name} for a function of the module`,
      place: placeOf(module.source, owner.node.start),
    })
  }
  const base = indentAt(module.source.text, first.start)
  return definition(module, 'method', nameLike(target, module), previous, base, 1, isGuarded(target, module))
}

/** A function inside the endpoint, which the agent or a branch can call: behind those that are there. */
function asCallback(target: Context, module: PythonModule, scope: PyScope): EmitPlace {
  const { body } = scope.function
  const { text } = module.source
  const inner = body.findLastIndex((one) => /^(decorated|function)_definition$/.test(one.kind))
  const handler = findHandlerChain(target)
  const loop = body.findIndex(
    (one) => one.start <= (handler?.chain.start ?? 0) && one.end >= (handler?.chain.start ?? 0),
  )
  const previous = body[inner === -1 ? loop - 1 : inner]
  const name = helperName(target.spec.names.snake)
  if (previous === undefined) {
    throw wrongInput({
      what: `\`${scope.path}\` has nothing in front of its loop for a callback to stand behind`,
      fix: 'name a function that sends, or leave out --emit-in',
      place: placeOf(module.source, scope.function.node.start),
    })
  }
  const base = indentAt(text, previous.start)
  // Between two lines that stand together it could not be taken out again: nothing would tell that they did.
  const isApart = (one: Node): boolean => gapBehind(text, endWithComment(text, one.end, PYTHON_COMMENT)) > 0
  const [first] = body
  const apart = inner === -1 ? body.slice(0, loop).findLast(isApart) : previous
  if (apart === undefined && first !== undefined && first.children[0]?.kind !== 'string') {
    const offset = startWithComments(text, first.start)
    const place = placeInFront(offset, 1)
    return { ...definition(module, 'callback', name, previous, base, 1, false), scope, offset, place }
  }
  return { ...definition(module, 'callback', name, apart ?? previous, base, 1, false), scope }
}

/** A statement at the end of what a function does. */
function asStatement(target: Context, module: PythonModule, scope: PyScope): EmitPlace {
  const one = scope.function
  const place = placeOf(module.source, one.node.start)
  const otherwise =
    scope.owner === undefined
      ? shell`--emit-in ${module.source.path} for a function of its own`
      : shell`--emit-in ${`${module.source.path}:${scope.owner.name}`} for a method of its own`
  if (isWayOfSending(target, module, scope)) {
    throw wrongInput({
      what: `\`${scope.path}\` is what messages are sent by, so a send inside it would never end`,
      fix: `name a function that calls it, or use ${otherwise}`,
      place,
    })
  }
  if (isWithoutBody(one)) {
    throw wrongInput({
      what: `\`${scope.path}\` does nothing itself`,
      why: 'it is declared there, and others do the work',
      fix: `name a function that does the work, or use ${otherwise}`,
      place,
    })
  }
  if (!one.isAsync) {
    throw wrongInput({
      what: `\`${scope.path}\` is not async, so it cannot await a send`,
      fix: `name an async function, or use ${otherwise}`,
      place,
    })
  }
  const end = endOfWork(module, one)
  const isDeed = end?.side === 'front' && end.statement.descendants('await').length > 0
  if (end === undefined || isDeed) {
    throw wrongInput({
      what: `\`${scope.path}\` has no end at which its work is done`,
      why: isDeed
        ? 'it returns what it awaits, so a send would stand in front of the work'
        : 'it never ends, it returns from more than one branch, or what it returns last says that nothing was done',
      fix: `${isDeed ? 'bind the value first and return it then' : 'name another function'}, or use ${otherwise}`,
      place,
    })
  }
  const { text } = module.source
  const { statement, previous, side } = end
  const base = indentAt(text, statement.start)
  const shared = { file: module.source.path, form: 'statement', name: undefined, scope, base } as const
  const guarded = isGuarded(target, module) && !isCaught(one.node, statement)
  if (side === 'behind') {
    const offset = endWithComment(text, statement.end, PYTHON_COMMENT)
    return { ...shared, offset, place: placeBehind(offset, 1), isGuarded: guarded, stream: undefined }
  }
  const offset = startWithComments(text, statement.start)
  const above = blankLinesAbove(text, offset)
  return {
    ...shared,
    offset,
    place: placeInFront(offset, above === 0 && previous === undefined ? 1 : above),
    isGuarded: guarded,
    stream: undefined,
  }
}

/** Whether a function is one of those that every send goes through. */
function isWayOfSending(
  { channel }: Context,
  module: PythonModule,
  { function: one, owner }: PyScope,
): boolean {
  const { manager } = channel
  if (manager === undefined || module.source.path !== manager.file) return false
  const isOwn = (manager.instance === undefined) === (owner === undefined)
  return isOwn && manager.methods.some((method) => method.name === one.name)
}

/** Whether a function is only declared: nothing but a docstring, `pass`, `...` or an exception. */
function isWithoutBody(one: PyFunction): boolean {
  return one.body.every((statement) =>
    /^(pass|\.\.\.|raise NotImplementedError\b.*|[rbu]*("""|'''|"|')[\s\S]*)$/i.test(statement.text),
  )
}

/** Whether what a statement raises is caught inside the function, whatever it is. */
function isCaught(owner: Node, statement: Node): boolean {
  return owner.descendants('try_statement').some((one) => {
    const body = one.child('body')
    const isInside = body !== undefined && body.start <= statement.start && statement.end <= body.end
    return (
      isInside &&
      one
        .descendants('except_clause')
        .some((clause) => /^except(\s+(Base)?Exception\b[^:]*)?\s*:/.test(clause.text))
    )
  })
}

/** A `case` for what the agent streams, where the function takes it apart by the members of an enum. */
function asCase(target: Context, module: PythonModule, scope: PyScope): EmitPlace | undefined {
  const { names } = target.spec
  const { text } = module.source
  const found = scope.function.node.descendants('match_statement').flatMap((node) => {
    const subject = /^(\w+)\.\w+$/.exec((node.child('subject') ?? node).text)?.[1]
    const cases = node.descendants('case_clause').flatMap((clause) => {
      const pattern = clause.children.find((child) => child.kind === 'case_pattern')
      const member = /^([A-Za-z_]\w*)\.([A-Za-z_]\w*)$/.exec(pattern === undefined ? '' : pattern.text)
      return member === null ? [] : [{ clause, enum: member[1] ?? '', member: member[2] ?? '' }]
    })
    const enumName = majority(cases.map((one) => one.enum))
    return subject === undefined || enumName === undefined || enumName === target.channel.enum.name
      ? []
      : [{ node, subject, cases, enumName }]
  })[0]
  const last = found?.cases.at(-1)
  if (found === undefined || last === undefined) return undefined
  const place = placeOf(module.source, found.node.start)
  const member = findStreamMember(target, module, found.enumName)
  const pattern = `${found.enumName}.${member.name ?? names.snake}`
  if (member.name === undefined) {
    const endpoint = `${target.channel.handler?.file ?? module.source.path}:${findHandlerChain(target)?.owner.name ?? '<endpoint>'}`
    const result = found.cases.find((one) => /^tool_(result|end)$/i.test(one.member)) ?? last
    throw wrongInput({
      what: `\`${scope.path}\` cannot send \`${names.snake}\`: ${member.why}`,
      why: `at run time \`case ${pattern}\` raises AttributeError as soon as it is reached, so every stream of the agent breaks`,
      fix: `events get out of \`${scope.path}\` in two ways: a callback that the agent is given (--emit-in ${endpoint}), or a dict with a marker key that a tool returns and the branch \`case ${found.enumName}.${result.member}\` looks for`,
      place,
    })
  }
  if (found.cases.some((one) => one.member === member.name)) {
    throw wrongInput({
      what: `\`${scope.path}\` has a \`case ${pattern}\` already: ${formatPlace(place)}`,
      fix: 'send the event there by hand',
      place,
    })
  }
  const data = `${found.subject}.data`
  if (!found.node.text.includes(data)) {
    throw wrongInput({
      what: `\`${scope.path}\` reads no \`${data}\`, so where the agent puts its data is not known`,
      fix: 'send the event there by hand',
      place,
    })
  }
  const starts = found.cases.map((one) => one.clause)
  const gaps = starts
    .slice(1)
    .map((clause, index) => String(blankLinesBetween(text, starts[index]?.end ?? 0, clause.start)))
  const body = last.clause.child('consequence') ?? last.clause
  const end = body.children.findLast((child) => child.isNamed) ?? body
  const offset = endWithComment(text, end.end, PYTHON_COMMENT)
  return {
    file: module.source.path,
    form: 'case',
    name: undefined,
    scope,
    offset,
    base: indentAt(text, last.clause.start),
    place: placeBehind(offset, Math.min(1, Number(majority(gaps) ?? '0'))),
    isGuarded: false,
    stream: { pattern, data },
  }
}

/** The member of the agent's enum that stands for the event, if the enum is defined in the repository. */
function findStreamMember(
  { repository, layout, custom, spec }: Context,
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
  const members = classesOf(defined).find((one) => one.name === enumName)?.assignments ?? []
  const found = members.find((one) => fitting.includes(one.name.toLowerCase()))
  if (found !== undefined) return { name: found.name }
  return { name: undefined, why: `\`${enumName}\` (${file}) has no member \`${snake}\`` }
}

function definition(
  module: PythonModule,
  form: EmitPlace['form'],
  name: string,
  previous: Node,
  base: string,
  blankLines: number,
  guarded: boolean,
): EmitPlace {
  const { text } = module.source
  const endOf = (node: Node): number => endWithComment(text, node.end, PYTHON_COMMENT)
  // Where lines stand together it goes behind the last of them, so that it can be taken out again.
  const isApart = (node: Node): boolean => gapBehind(text, endOf(node)) >= blankLines
  const follows = form === 'function' ? module.root.children.filter((one) => one.start > previous.start) : []
  const offset = endOf([previous, ...follows].find(isApart) ?? previous)
  // A function keeps its distance from the code that follows as well.
  const missing = Math.max(0, blankLines - gapBehind(text, offset))
  const place: EmitPlace['place'] = (block) => placeBehind(offset, blankLines)(block + '\n'.repeat(missing))
  return {
    file: module.source.path,
    form,
    name,
    scope: undefined,
    offset,
    base,
    place,
    isGuarded: guarded,
    stream: undefined,
  }
}

/** Blank lines behind the line that ends at an offset; any number of them at the end of a file. */
function gapBehind(text: string, offset: number): number {
  const rest = text.slice(offset)
  const [gap = ''] = /^\s*\n/.exec(rest) ?? []
  return rest.trim() === '' ? Number.POSITIVE_INFINITY : gap.split('\n').length - 2
}

/** The start of the line of a statement, or of the comments that stand right above it. */
function startWithComments(text: string, start: number): number {
  let offset = lineStart(text, start)
  while (offset > 0) {
    const above = lineStart(text, offset - 1)
    if (!/^\s*#/.test(text.slice(above, offset))) break
    offset = above
  }
  return offset
}

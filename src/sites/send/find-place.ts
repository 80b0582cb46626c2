import { posix } from 'node:path'
import { findHandlerChain } from '../../channel/handler.js'
import { Failure, findNearest, wrongInput } from '../../errors.js'
import { lookUp } from '../../group.js'
import type { PythonModule } from '../../lang/module.js'
import { python } from '../../lang/python/language.js'
import { classesOf, type PyFunction } from '../../lang/python/query.js'
import { type PyScope, scopeAt, scopesOf } from '../../lang/python/scopes.js'
import type { Manager } from '../../layout/layout.js'
import { placeOf } from '../../workspace/place.js'
import type { Occurrence } from '../site.js'
import type { SendContext } from './context.js'
import { asCallback } from './forms/callback.js'
import { asCase } from './forms/case.js'
import { besideManager, ofModule } from './forms/function.js'
import { ofClass } from './forms/method.js'
import { asStatement } from './forms/statement.js'
import { neighboursOf } from './neighbours.js'
import type { EmitPlace } from './place.js'

/**
 * The place that `--emit-in` names, else behind the helpers beside the manager.
 *
 * @returns undefined where nothing sends on the channel, or the manager has nothing to stand behind; a Failure with
 *   exit code 2 for a file, class or function that is not there or cannot send
 */
export function findEmitPlace(target: SendContext): EmitPlace | Failure | undefined {
  const { manager } = target.channel
  if (manager === undefined || target.spec.emit.to === 'none') return undefined
  const asked = target.spec.emit.in
  if (asked === undefined) return besideManager(target, manager)
  const { file, name } = splitPlace(asked)
  const module = readModule(target, asked, file)
  if (module instanceof Failure) return module
  const circle = findCircle(target, module, manager)
  if (circle !== undefined) return circle
  if (name !== undefined) return findNamed(target, module, name)
  if (file === manager.file) return besideManager(target, manager)
  const [neighbour] = neighboursOf(target, module).toReversed()
  return neighbour?.owner === undefined ? ofModule(target, module) : ofClass(target, module, neighbour.owner)
}

/**
 * Where an event is sent already of what `--emit-in` names: a file, a class or a function, with all that is in it.
 *
 * @returns undefined where it is not; a Failure with exit code 2 for a file, class or function that is not there
 */
export function findSentAt(
  target: SendContext,
  asked: string,
  sends: readonly Occurrence[],
): Occurrence | Failure | undefined {
  const { file, name } = splitPlace(asked)
  const module = readModule(target, asked, file)
  if (module instanceof Failure) return module
  const own = sends.filter((one) => one.file === file)
  if (name === undefined) return own[0]
  const classes = classesOf(module).filter((one) => one.name === name)
  const scopes = scopesNamed(module, name)
  if (classes.length + scopes.length === 0) return unknownName(module, name)
  const isInside = (sent: Occurrence, { node }: Pick<PyFunction, 'node'>): boolean =>
    node.start <= sent.start && sent.end <= node.end
  return own.find(
    (sent) =>
      classes.some((one) => isInside(sent, one)) ||
      scopes.some((scope) =>
        isEndpoint(target, module, scope)
          ? isInside(sent, scope.function)
          : scopeAt(module, sent.start)?.function === scope.function,
      ),
  )
}

/** Whether a function is the endpoint, which sends by functions inside of it. */
function isEndpoint(target: SendContext, module: PythonModule, scope: PyScope): boolean {
  const handler = findHandlerChain(target)
  return handler?.module === module && handler.owner.node.start === scope.function.node.start
}

/** `cachibot/services/x.py:Board.call` as a path of the repository and a name. */
function splitPlace(asked: string): { file: string; name: string | undefined } {
  const split = asked.lastIndexOf(':')
  const isDrive = split === 1
  const path = split === -1 || isDrive ? asked : asked.slice(0, split)
  const name = split === -1 || isDrive ? undefined : asked.slice(split + 1)
  return { file: posix.normalize(path.replaceAll('\\', '/')), name: name === '' ? undefined : name }
}

function readModule(
  { repository, layout, channel }: SendContext,
  asked: string,
  file: string,
): PythonModule | Failure {
  const { folder } = layout.backend
  const files = repository.files(folder, python.extensions)
  if (!files.includes(file)) {
    // A long path forgives much: the name of the file is what is meant, or a slip of it.
    const stem = (path: string): string => posix.basename(path).replace(/\.py$/, '')
    const meant = findNearest(stem(file), new Set(files.map(stem)))
    const same = files.filter((one) => stem(one) === meant)
    const nearest = findNearest(file, same) ?? same[0]
    const example = channel.handler?.file ?? files[0]
    return wrongInput({
      code: 'unknown-send-place',
      what: `\`${asked}\` is no Python file of \`${folder}\``,
      why: '--emit-in takes a file of the backend, relative to the root of the checkout',
      fix: nearest === undefined ? `use for example --emit-in ${example}` : `did you mean \`${nearest}\`?`,
    })
  }
  const source = repository.workspace.look(file)
  if (source instanceof Failure) return source
  const module = repository.python(file)
  const fault = repository.faultIn(file)
  if (fault !== undefined) return wrongInput(fault)
  return module
}

/** Why the file of the envelope cannot send: what sends imports it itself. */
function findCircle({ channel }: SendContext, module: PythonModule, manager: Manager): Failure | undefined {
  if (module.source.path !== channel.envelope.file || module.source.path === manager.file) return undefined
  return wrongInput({
    code: 'no-place-for-send',
    what: `\`${module.source.path}\` defines \`${channel.envelope.name}\` and sends nothing`,
    why: 'messages are made there; what sends them imports it',
    fix: `name a file that sends, or leave out --emit-in for a helper in \`${manager.file}\``,
    place: { file: module.source.path },
  })
}

function findNamed(target: SendContext, module: PythonModule, name: string): EmitPlace | Failure {
  const owner = lookUp(classesOf(module), name)
  if (owner !== undefined) return ofClass(target, module, owner)
  const scope = findScope(module, name)
  if (scope instanceof Failure) return scope
  if (isEndpoint(target, module, scope)) return asCallback(target, module, scope)
  const inCase = asCase(target, module, scope)
  if (inCase !== undefined && !(inCase instanceof Failure)) return inCase
  const statement = asStatement(target, module, scope)
  if (inCase === undefined) return statement
  return statement instanceof Failure ? inCase : { ...statement, noCase: inCase }
}

/** The functions of a path, or of the last names of one. */
function scopesNamed(module: PythonModule, name: string): PyScope[] {
  const scopes = scopesOf(module)
  const exact = scopes.filter((one) => one.path === name)
  return exact.length > 0 ? exact : scopes.filter((one) => one.path.endsWith(`.${name}`))
}

/** The function that a name is of. */
function findScope(module: PythonModule, name: string): PyScope | Failure {
  const found = scopesNamed(module, name)
  const [scope, ...others] = found
  if (scope === undefined) return unknownName(module, name)
  if (others.length === 0) return scope
  return wrongInput({
    code: 'ambiguous-send-place',
    what: `\`${name}\` is ${found.length} functions of \`${module.source.path}\``,
    fix: `say which one: ${found.map((one) => `${one.path} (line ${placeOf(module.source, one.function.node.start).line})`).join(', ')}`,
    place: placeOf(module.source, scope.function.node.start),
  })
}

function unknownName(module: PythonModule, name: string): Failure {
  const paths = [...classesOf(module).map((one) => one.name), ...scopesOf(module).map((one) => one.path)]
  const last = (path: string): string => path.split('.').at(-1) ?? path
  const near = findNearest(name, name.includes('.') ? paths : paths.map(last))
  const nearest =
    paths.find((path) => path === near) ??
    paths.find((path) => last(path) === near) ??
    paths.find((path) => last(path).toLowerCase().startsWith(name.toLowerCase()))
  return wrongInput({
    code: 'unknown-send-place',
    what: `\`${name}\` is no class or function of \`${module.source.path}\``,
    fix:
      nearest === undefined
        ? `leave out :${name} for a function of the module`
        : `did you mean \`${module.source.path}:${nearest}\`?`,
    place: { file: module.source.path },
  })
}

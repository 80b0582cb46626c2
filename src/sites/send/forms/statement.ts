import { Failure, type Problem, wrongInput } from '../../../errors.js'
import type { PythonModule } from '../../../lang/module.js'
import type { PyFunction } from '../../../lang/python/query.js'
import { type BlockEnd, endOfWork, type PyScope } from '../../../lang/python/scopes.js'
import type { Node } from '../../../lang/tree.js'
import type { ManagerMethod } from '../../../layout/layout.js'
import { shell } from '../../../shell.js'
import { placeOf } from '../../../workspace/place.js'
import { indentAt } from '../../../workspace/source.js'
import {
  blankLinesAbove,
  endWithComment,
  PYTHON_COMMENT,
  placeBehind,
  placeInFront,
  startWithComments,
} from '../../anchors/blocks.js'
import type { Half } from '../../site.js'
import type { SendContext } from '../context.js'
import { habitsOf, tellsFailures } from '../habits.js'
import { type Handler, handlersIn, statementsIn } from '../handler.js'
import { isGuarded } from '../neighbours.js'
import type { Spot, StatementPlace } from '../place.js'
import { argumentIn } from '../sender.js'
import { findSources } from '../values.js'
import type { Frame } from './frame.js'

/** A statement at the end of what a function does. */
export function asStatement(
  target: SendContext,
  module: PythonModule,
  scope: PyScope,
): StatementPlace | Failure {
  const handler = findHandler(target, module, scope)
  const end = handler instanceof Failure ? handler : findEnd(target, module, scope, handler)
  if (end instanceof Failure) return end
  if ('what' in end) return wrongInput({ ...end, place: placeOf(module.source, scope.function.node.start) })
  const guarded = isGuarded(target, module) && !isCaught(scope.function.node, end.statement)
  const told = handler === undefined || handler instanceof Failure ? {} : { handler }
  return { form: 'statement', scope, isGuarded: guarded, ...told, ...spotAt(module, end) }
}

/** Where the function handles whatever fails, if that is what the event tells of. */
function findHandler(
  target: SendContext,
  module: PythonModule,
  scope: PyScope,
): Handler | Failure | undefined {
  const event = target.spec.names.snake
  if (!tellsFailures(habitsOf(target), module.source.path, event)) return undefined
  const handlers = handlersIn(scope.function)
  const [first, second] = handlers
  if (first === undefined)
    return wrongInput({
      code: 'no-place-for-send',
      what: `\`${scope.path}\` has no \`except Exception as e\`, and \`${event}\` tells of what failed`,
      why: 'a send at its end would tell of a failure where nothing has failed',
      fix: shell`name a function that handles failures, or send it by hand where something fails`,
      place: placeOf(module.source, scope.function.node.start),
    })
  if (second === undefined) return first
  const lines = handlers.map(({ clause }) => placeOf(module.source, clause.start).line)
  return wrongInput({
    code: 'ambiguous-send-place',
    what: `\`${scope.path}\` handles failures at ${lines.length} places, and \`${event}\` tells of one`,
    why: `which one is meant cannot be told: lines ${lines.join(', ')}`,
    fix: shell`use --emit-in ${module.source.path} for a function of its own, and call it there`,
    place: placeOf(module.source, first.clause.start),
  })
}

/** Where a function's work is done or what it handles has failed, or why it cannot send there. */
function findEnd(
  target: SendContext,
  module: PythonModule,
  scope: PyScope,
  handler: Handler | undefined,
): BlockEnd | Problem {
  const one = scope.function
  const otherwise =
    scope.owner === undefined
      ? shell`--emit-in ${module.source.path} for a function of its own`
      : shell`--emit-in ${`${module.source.path}:${scope.owner.name}`} for a method of its own`
  if (isWayOfSending(target, module, scope)) {
    return {
      code: 'no-place-for-send',
      what: `\`${scope.path}\` is what messages are sent by, so a send inside it would never end`,
      fix: `name a function that calls it, or use ${otherwise}`,
    }
  }
  if (isWithoutBody(one)) {
    return {
      code: 'no-place-for-send',
      what: `\`${scope.path}\` does nothing itself`,
      why: 'it is declared there, and others do the work',
      fix: `name a function that does the work, or use ${otherwise}`,
    }
  }
  if (!one.isAsync) {
    return {
      code: 'no-place-for-send',
      what: `\`${scope.path}\` is not async, so it cannot await a send`,
      fix: `name an async function, or use ${otherwise}`,
    }
  }
  const end = handler === undefined ? endOfWork(module, one) : endOfHandling(handler)
  const isDeed = end?.side === 'front' && end.statement.descendants('await').length > 0
  if (end !== undefined && !isDeed) return end
  return {
    code: 'no-place-for-send',
    what: `\`${scope.path}\` has no end at which its work is done`,
    why: isDeed
      ? 'it returns what it awaits, so a send would stand in front of the work'
      : 'it never ends, it returns from more than one branch, or what it returns last says that nothing was done',
    fix: `${isDeed ? 'bind the value first and return it then' : 'name another function'}, or use ${otherwise}`,
  }
}

/** The end of what is done about a failure, in front of the statement that leaves. */
function endOfHandling(handler: Handler): BlockEnd | undefined {
  const statements = statementsIn(handler)
  const [previous, statement] = [statements.at(-2), statements.at(-1)]
  if (statement === undefined) return undefined
  const leaves = /^(?:return|raise|continue|break)_statement$/.test(statement.kind)
  return { side: leaves ? 'front' : 'behind', statement, previous }
}

function spotAt({ source }: PythonModule, { statement, previous, side }: BlockEnd): Spot {
  const shared = { file: source.path, base: indentAt(source.text, statement.start) }
  if (side === 'behind') {
    const offset = endWithComment(source.text, statement.end, PYTHON_COMMENT)
    return { ...shared, offset, place: placeBehind(offset, 1) }
  }
  const offset = startWithComments(source.text, statement.start)
  const above = blankLinesAbove(source.text, offset)
  const blankLines = above === 0 && previous === undefined ? 1 : above
  return { ...shared, offset, place: placeInFront(offset, blankLines) }
}

/** Whether a function is one of those that every send goes through. */
function isWayOfSending(
  { channel }: SendContext,
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

/** The send alone, of what the function has. */
export function frameStatement(target: Half, place: StatementPlace, emit: ManagerMethod): Frame {
  const argument = argumentIn(target, place.scope, emit)
  return {
    header: '',
    docstring: '',
    values: findSources(target, place).values,
    argument: (one) => argument(one) ?? one.name,
  }
}

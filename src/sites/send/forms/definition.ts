import type { PythonModule } from '../../../lang/module.js'
import { type Doc, type Page, printDoc, printDocstring } from '../../../lang/python/print.js'
import type { Node } from '../../../lang/tree.js'
import type { ManagerMethod } from '../../../layout/layout.js'
import { readPythonStyle } from '../../../layout/style.js'
import { type PythonParameter, parameterName, pythonParameters } from '../../../payload/python.js'
import type { EventSpec } from '../../../spec/event-spec.js'
import { withArticle } from '../../../spec/names.js'
import { blankLinesBelow, endWithComment, PYTHON_COMMENT, placeBehind } from '../../anchors/blocks.js'
import type { Half } from '../../site.js'
import { loggerOf } from '../call.js'
import type { CallbackPlace, FunctionPlace, MethodPlace, Spot } from '../place.js'
import { senderAt } from '../sender.js'
import { type Frame, given } from './frame.js'

/**
 * Where a function goes that is to stand behind something, as many blank lines apart.
 *
 * @param follows what it may stand behind as well
 */
export function spotBehind(
  module: PythonModule,
  previous: Node,
  base: string,
  blankLines: number,
  follows: readonly Node[] = [],
): Spot {
  const { text } = module.source
  const endOf = (node: Node): number => endWithComment(text, node.end, PYTHON_COMMENT)
  // Where lines stand together it goes behind the last of them, so that it can be taken out again.
  const isApart = (node: Node): boolean => blankLinesBelow(text, endOf(node)) >= blankLines
  const offset = endOf([previous, ...follows].find(isApart) ?? previous)
  // A function keeps its distance from the code that follows as well.
  const missing = Math.max(0, blankLines - blankLinesBelow(text, offset))
  const place: Spot['place'] = (block) => placeBehind(offset, blankLines)(block + '\n'.repeat(missing))
  return { file: module.source.path, offset, base, place }
}

/** A function or method that is given whatever it sends: the parameters of the manager's method, then the payload's. */
export function frameDefinition(
  target: Half,
  place: FunctionPlace | MethodPlace,
  emit: ManagerMethod,
  page: Page,
): Frame {
  const self = place.form === 'method' ? ['self'] : []
  const parameters = payloadParameters(target, place, emit, self)
  const leading = leadingParameters(target, emit, parameters)
  const own = parameters.filter((one) => !leading.some((other) => other.name === one.name))
  const items: Doc[] = [...self, ...[...leading, ...own].map((one) => one.text)]
  return {
    ...printDefinition(target.spec, place.name, items, emit, page),
    values: given(parameters),
    argument: (one) => leading.find((other) => other.of === one.name)?.name ?? one.name,
  }
}

/** The parameters of the payload, none of which hides a name that the function reads. */
export function payloadParameters(
  target: Half,
  place: FunctionPlace | MethodPlace | CallbackPlace,
  emit: ManagerMethod,
  read: readonly string[],
): PythonParameter[] {
  const { repository, layout, fields } = target
  const module = repository.python(place.file)
  const style = readPythonStyle(module, layout.backend.lineLength)
  const logger = place.isGuarded ? [loggerOf(module).split('.')[0] ?? ''] : []
  return pythonParameters(fields, style, [...senderAt(target, place, emit).names, ...logger, ...read])
}

/**
 * The parameters of the manager's method in front of the payload's. One that every event carries, such as the
 * room, is given once; any other field of the same name pushes them aside.
 */
function leadingParameters(
  { custom }: Half,
  emit: ManagerMethod,
  parameters: readonly PythonParameter[],
): { of: string; name: string; text: string }[] {
  const taken = parameters.map((one) => one.name)
  return emit.parameters
    .filter((one) => !one.isMessage)
    .map((one) => {
      const shared = parameters.find(
        ({ name, field }) => name === one.name && custom.leading.some((other) => other.name === field.name),
      )
      if (shared !== undefined)
        return { of: one.name, name: one.name, text: `${one.name}: ${shared.annotation}` }
      const name = taken.includes(one.name) ? parameterName(`to_${one.name}`, taken) : one.name
      return { of: one.name, name, text: one.annotation === undefined ? name : `${name}: ${one.annotation}` }
    })
}

/** The signature of a function that sends, and what it says of itself. */
export function printDefinition(
  spec: EventSpec,
  name: string,
  items: readonly Doc[],
  emit: ManagerMethod,
  page: Page,
): { header: string; docstring: string } {
  const signature: Doc = { open: `async def ${name}(`, items, close: ') -> None:' }
  const reach = { client: 'one client', all: 'all connected clients', room: 'everyone in a room' }[
    emit.target
  ]
  const isNarrow = emit.target === 'all' && emit.parameters.some((one) => !one.isMessage)
  const to = isNarrow ? 'all clients of one bot' : reach
  const text = `Send ${withArticle(spec.names.snake)} message to ${to}.`
  return { header: printDoc(signature, page), docstring: printDocstring(text, page, 1) }
}

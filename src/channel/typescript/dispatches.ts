import type { TsModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { isKind, type Node } from '../../lang/tree.js'
import { isFunctionLike, spanOf } from '../../lang/typescript/grammar.js'
import { ownerOf } from '../../lang/typescript/query.js'
import type { Span } from '../../workspace/span.js'
import { type Message, messageOfType } from './message.js'

/** Where a file takes a message apart by its type: every `switch`, comparison and table of one message. */
export interface TsDispatch extends Span {
  readonly kind: 'switch' | 'if' | 'table'
  readonly message: Message
  /** Where the message can be seen. */
  readonly around: Node
  /** The function at the top level of the file that it stands in. */
  readonly owner: string | undefined
}

/** The messages that a file takes apart by their types, each with the first place that does. */
export const dispatchesOf = perModule((module: TsModule): readonly TsDispatch[] => {
  const found: TsDispatch[] = []
  for (const node of module.root.descendants(
    'SwitchStatement',
    'BinaryExpression',
    'ElementAccessExpression',
    'CallExpression',
  )) {
    const read = readDispatch(node)
    if (read === undefined) continue
    const { kind, message } = read
    const around = aroundOf(message.declaration, node)
    const known = found.findIndex((one) => isSame(one, message, around))
    const earlier = found[known]
    const one = { kind, message, around, owner: ownerOf(node), ...spanOf(node) }
    if (earlier === undefined) found.push(one)
    // A switch says most of how messages are taken.
    else if (kind === 'switch' && earlier.kind !== 'switch') found[known] = one
  }
  return found
})

function isSame(one: TsDispatch, message: Message, around: Node): boolean {
  return (
    one.message.declaration === message.declaration &&
    (message.declaration !== undefined || (one.message.text === message.text && one.around === around))
  )
}

function readDispatch(node: Node): Pick<TsDispatch, 'kind' | 'message'> | undefined {
  const of = (kind: TsDispatch['kind'], type: Node | undefined) => {
    const message = messageOfType(type)
    return message === undefined ? undefined : { kind, message }
  }
  if (isKind(node, 'SwitchStatement')) return of('switch', node.child('expression'))
  if (isKind(node, 'ElementAccessExpression')) return of('table', node.child('argumentExpression'))
  if (isKind(node, 'BinaryExpression'))
    return /^[!=]==?$/.test(node.textOf('operatorToken'))
      ? (of('if', node.child('left')) ?? of('if', node.child('right')))
      : undefined
  const asks = /\.(get|has|includes)$/.exec(node.textOf('expression'))
  return asks === null ? undefined : of(asks[1] === 'get' ? 'table' : 'if', node.list('arguments')[0])
}

/** The body in which a message is known: of the function that takes it, else the block around. */
function aroundOf(declaration: Node | undefined, dispatch: Node): Node {
  const place = declaration ?? dispatch
  const isOwn = isKind(declaration, 'Parameter')
  const taking = isOwn ? [...place.ancestors()].find(isFunctionLike) : undefined
  return taking?.child('body') ?? place.closest('Block', 'SourceFile') ?? place.root
}

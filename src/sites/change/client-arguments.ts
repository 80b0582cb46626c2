import { type ClientUse, usesOfMethod } from '../../channel/client-calls.js'
import { isKind, type Node } from '../../lang/tree.js'
import { typescript } from '../../lang/typescript/language.js'
import { parenthesesOf } from '../../lang/typescript/parentheses.js'
import { declarationOf } from '../../values/typescript/bindings.js'
import { bare } from '../../values/typescript/frame.js'
import type { Edit } from '../../workspace/edits.js'
import { dropItems } from '../../workspace/items.js'
import type { FieldChange, Outcome } from '../site.js'
import { type At, blocked, changed, inFile } from './outcome.js'

/** What does something where it is given, so that it cannot go unseen. */
const DOES = [
  'CallExpression',
  'NewExpression',
  'AwaitExpression',
  'YieldExpression',
  'TaggedTemplateExpression',
  'DeleteExpression',
  'PostfixUnaryExpression',
] as const

const ASSIGNS = /^(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=$|^(?:\+\+|--)$/

/**
 * What is done where a method of the client is called, or handed on, whose parameter goes.
 *
 * @param index how many parameters stand in front of it
 * @param isLast whether none stands behind it
 */
export function dropArgument(
  context: FieldChange,
  method: string,
  index: number,
  isLast: boolean,
): Outcome[] {
  const uses = usesOfMethod(context, method)
  return uses.flatMap(({ call, file, node }): Outcome[] => {
    const at: At = { file, start: node.start }
    if (call === undefined)
      return isLast ? [] : [blocked(at, `\`${method}\` is handed on there with all of its parameters`)]
    const given = call.list('arguments')
    if (given.slice(0, index + 1).some((one) => isKind(one, 'SpreadElement')))
      return [blocked(at, 'what is given to it there is not read')]
    const argument = given[index]
    if (argument === undefined) return []
    if (!isMere(argument))
      return [blocked({ file, start: argument.start }, `\`${argument.text}\` is given to it there`)]
    const { text } = context.repository.workspace.read(file)
    const edits = dropFrom(text, call, given, argument)
    return [changed(at, inFile(file, edits)), ...dropParameterBehind(context, uses, file, argument)]
  })
}

/** Whether code says something and does nothing. */
function isMere(node: Node): boolean {
  const all = [node, ...node.descendants(...DOES, 'ArrowFunction', 'FunctionExpression', 'BinaryExpression')]
  return all.every(
    (one) =>
      !isKind(one, ...DOES, 'ArrowFunction', 'FunctionExpression') &&
      !ASSIGNS.test(one.child('operatorToken')?.text ?? ''),
  )
}

/** A parameter that was there only to be given on goes as well, where nobody gives it to the function by its name. */
function dropParameterBehind(
  context: FieldChange,
  uses: readonly ClientUse[],
  file: string,
  argument: Node,
): Outcome[] {
  const held = bare(argument)
  const declared = isKind(held, 'Identifier') ? declarationOf(held) : undefined
  const owner = isKind(declared, 'Parameter') ? declared.parent : undefined
  if (declared === undefined || !isKind(owner, 'ArrowFunction', 'FunctionExpression')) return []
  const parameters = owner.list('parameters')
  const mentions = owner.descendants('Identifier').filter((one) => one.text === declared.name)
  if (parameters.at(-1) !== declared || mentions.length !== 2) return []
  const index = parameters.length - 1
  const given = callbacksAround(context, file, owner).flatMap((name) =>
    callsGiving(context, name, index, uses),
  )
  if (given.length > 0) return given
  const edits = dropParameter(context.repository.workspace.read(file).text, owner, declared)
  return [changed({ file, start: declared.start }, inFile(file, edits))]
}

/** The callbacks of the hook that a function is in. */
function callbacksAround({ rows, event }: FieldChange, file: string, node: Node): string[] {
  return rows
    .of(event, 'ts-hook-callback')
    .flatMap((one) =>
      one.file === file && one.start <= node.start && node.end <= one.end ? (one.links?.name ?? []) : [],
    )
}

/** The calls of a callback by its name, which may be that of the client's method as well. */
function callsGiving(
  { repository, layout }: FieldChange,
  name: string,
  index: number,
  uses: readonly ClientUse[],
): Outcome[] {
  return repository
    .saying(`${layout.frontend.folder}/src`, typescript.extensions, [name], true)
    .flatMap((file) =>
      repository
        .typescript(file)
        .root.descendants('CallExpression')
        .filter((one) => /(\w+)$/.exec(one.textOf('expression'))?.[1] === name)
        .filter((one) => !uses.some((use) => use.file === file && use.call === one))
        .flatMap((one) => one.list('arguments')[index] ?? [])
        .map((one) => blocked({ file, start: one.start }, `\`${one.text}\` is given to \`${name}\` there`)),
    )
}

/** The edits that take a parameter out of a function. */
export function dropParameter(text: string, owner: Node, parameter: Node): Edit[] {
  return dropFrom(text, owner, owner.list('parameters'), parameter)
}

function dropFrom(text: string, owner: Node, items: readonly Node[], item: Node): Edit[] {
  const list = parenthesesOf(text, owner)
  return list === undefined
    ? [{ start: item.start, end: item.end, text: '()' }]
    : dropItems(text, list, items, new Set([items.indexOf(item)]))
}

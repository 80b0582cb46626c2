import { isKind, type Node } from '../../lang/tree.js'
import { isFunctionLike } from '../../lang/typescript/grammar.js'
import { stringValue } from '../../lang/typescript/literals.js'

/** What a reader may get that it did not get before. */
export interface Gap {
  /** It may be missing. */
  readonly isMissing: boolean
  /** It may be null. */
  readonly isNull: boolean
  /** It may be something else altogether. */
  readonly isOther: boolean
  /** The strings that it may be; undefined where it may be any, or is none. */
  readonly strings: readonly string[] | undefined
  /** Whether it can stand between the tags of a page, as an object cannot. */
  readonly isShowable: boolean
}

/** Whether there is anything that a reader has to see to. */
export function isGap({ isMissing, isNull, isOther }: Gap): boolean {
  return isMissing || isNull || isOther
}

/** Whether a read of a key takes what it may get from now on, by what stands around it there. */
export function takesGap(read: Node, gap: Gap): boolean {
  const value = outermost(read)
  const { parent } = value
  const left = remaining(value, gap)
  if (!isGap(left)) return true
  if (isKind(value, 'BindingElement'))
    return !left.isNull && !left.isOther && value.child('initializer') !== undefined
  if (parent === undefined) return false
  if (isShown(value, parent, left)) return true
  if (isTest(value, parent)) return true
  if (isKind(parent, 'BinaryExpression')) return takesOperator(value, parent, left)
  const isChained =
    isKind(parent, 'PropertyAccessExpression', 'ElementAccessExpression', 'CallExpression') &&
    parent.child('questionDotToken') !== undefined
  return isChained && value.field === 'expression' && !left.isOther
}

/** A value with the parentheses, the casts and the `!` around it. */
function outermost(read: Node): Node {
  let value = read
  while (
    isKind(value.parent, 'ParenthesizedExpression', 'AsExpression', 'NonNullExpression') &&
    value.field === 'expression'
  )
    value = value.parent
  return value
}

/** Whether a value is only shown, whatever it is: in a template string, or between the tags of a page. */
function isShown(value: Node, parent: Node, { isShowable }: Gap): boolean {
  if (isKind(parent, 'TemplateSpan')) return true
  if (isKind(parent, 'CallExpression')) return parent.textOf('expression') === 'String'
  const isPage = isKind(parent, 'JsxExpression') && !isKind(parent.parent, 'JsxAttribute')
  return isPage && isShowable && value.field === 'expression'
}

/** Whether a value is only tested for being there. */
function isTest(value: Node, parent: Node): boolean {
  if (isKind(parent, 'IfStatement')) return value.field === 'expression'
  if (isKind(parent, 'ConditionalExpression')) return value.field === 'condition'
  if (isKind(parent, 'PrefixUnaryExpression')) return parent.text.startsWith('!')
  return isKind(parent, 'TypeOfExpression', 'VoidExpression')
}

function takesOperator(value: Node, operation: Node, gap: Gap): boolean {
  const operator = operation.textOf('operatorToken')
  if (/^[!=]==?$/.test(operator)) {
    const other = value.field === 'left' ? operation.child('right') : operation.child('left')
    return other !== undefined && (isNothing(other) || isComparable(other, gap))
  }
  if (value.field !== 'left') return false
  if (operator === '??' || operator === '||') return !gap.isOther
  if (operator !== '&&') return false
  const around = operation.parent
  return around !== undefined && (isTest(operation, around) || isShown(operation, around, gap))
}

function isNothing(node: Node): boolean {
  return /^(?:undefined|null)$/.test(node.text)
}

/** Whether something can be compared with a value: what may be missing with anything, another string with one of these. */
function isComparable(other: Node, { isOther, strings }: Gap): boolean {
  if (!isOther) return true
  const text = stringValue(other)
  return text !== undefined && strings?.includes(text) === true
}

/** What is left of a gap where conditions around a value, or in front of it, have ruled the rest out. */
function remaining(value: Node, gap: Gap): Gap {
  const read = bareText(value)
  let left = gap
  const rule = (condition: Node | undefined, holds: boolean): void => {
    if (condition !== undefined) left = without(left, condition, holds, read)
  }
  for (let node = value; node.parent !== undefined && !isFunctionLike(node); node = node.parent) {
    const { parent, field } = node
    if (isKind(parent, 'IfStatement') && field !== 'expression')
      rule(parent.child('expression'), field === 'thenStatement')
    if (isKind(parent, 'ConditionalExpression') && field !== 'condition')
      rule(parent.child('condition'), field === 'whenTrue')
    if (isKind(parent, 'BinaryExpression') && field === 'right') {
      const operator = parent.textOf('operatorToken')
      if (/^(?:&&|\|\|)$/.test(operator)) rule(parent.child('left'), operator === '&&')
    }
    if (isKind(parent, 'Block', 'CaseClause', 'DefaultClause'))
      for (const before of parent.list('statements').filter((one) => one.end <= node.start))
        if (isKind(before, 'IfStatement') && leaves(before.child('thenStatement')))
          rule(before.child('expression'), false)
  }
  return left
}

/** Whether nothing behind a statement runs after it. */
function leaves(statement: Node | undefined): boolean {
  const last = isKind(statement, 'Block') ? statement.list('statements').at(-1) : statement
  return isKind(last, 'ReturnStatement', 'ThrowStatement', 'BreakStatement', 'ContinueStatement')
}

/** A gap where a condition holds, or does not. */
function without(gap: Gap, condition: Node, holds: boolean, read: string): Gap {
  if (isKind(condition, 'ParenthesizedExpression'))
    return all(gap, [condition.child('expression')], holds, read)
  if (isKind(condition, 'PrefixUnaryExpression') && condition.text.startsWith('!'))
    return all(gap, [condition.child('operand')], !holds, read)
  if (isKind(condition, 'BinaryExpression')) {
    const operator = condition.textOf('operatorToken')
    const sides = [condition.child('left'), condition.child('right')]
    if (operator === (holds ? '&&' : '||')) return all(gap, sides, holds, read)
    if (operator === (holds ? '!==' : '===') || operator === (holds ? '!=' : '=='))
      return withoutNothing(gap, sides, read, operator.length === 2)
    return gap
  }
  return holds && bareText(condition) === read ? { ...gap, isMissing: false, isNull: false } : gap
}

function all(gap: Gap, conditions: readonly (Node | undefined)[], holds: boolean, read: string): Gap {
  return conditions.reduce<Gap>(
    (left, one) => (one === undefined ? left : without(left, one, holds, read)),
    gap,
  )
}

/** `p.note !== undefined` rules out that it is missing; `p.note != null` that it is null as well. */
function withoutNothing(gap: Gap, sides: readonly (Node | undefined)[], read: string, isLoose: boolean): Gap {
  const nothing = sides.find((one) => one !== undefined && isNothing(one))
  if (nothing === undefined || !sides.some((one) => one !== undefined && bareText(one) === read)) return gap
  return {
    ...gap,
    isMissing: gap.isMissing && !isLoose && nothing.text !== 'undefined',
    isNull: gap.isNull && !isLoose && nothing.text !== 'null',
  }
}

/** The text of a value without what stands around it. */
function bareText(value: Node): string {
  let node: Node | undefined = value
  while (isKind(node, 'ParenthesizedExpression', 'AsExpression', 'NonNullExpression'))
    node = node.child('expression')
  return node?.text ?? value.text
}

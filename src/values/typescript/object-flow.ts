import { isKind, type Node } from '../../lang/tree.js'
import { isFunctionLike, isStatement } from '../../lang/typescript/grammar.js'
import { isTerminated } from '../../lang/typescript/query.js'
import { declarationOf } from './bindings.js'
import { bare, calledBy, type Frame, keyOfAccess, type Written } from './frame.js'
import { chooseObjects, mergeObjects, type ObjectValue, unreadObject, withoutKeys } from './object-value.js'
import { stringsIn, stringsOf } from './strings.js'

/** An object that statements put together under a name. */
export interface ObjectFlow {
  readonly frame: Frame
  /** As written: `body`, `message.payload`. */
  readonly target: string
  evaluate(written: Written): ObjectValue
  set(
    object: ObjectValue,
    keys: string | readonly string[] | undefined,
    at: Written,
    value: Written,
  ): ObjectValue
}

/** What becomes of the object in statements, and whether the place that it is asked for was met there. */
interface Step {
  readonly state: ObjectValue
  readonly isMet: boolean
}

/**
 * The object as it is where it is used, after the statements behind its declaration.
 *
 * @param start what it is where it is declared
 * @param use the end of the statements where it is not among them, as in a function inside
 */
export function flowOf(flow: ObjectFlow, declaration: Node, start: ObjectValue, use: Node): ObjectValue {
  const statements = statementsBehind(declaration)
  return run(flow, statements, start, isKept(use) ? undefined : use).state
}

/** Whether what uses an object only keeps it under another name, so that it can be filled afterwards. */
function isKept(use: Node): boolean {
  const around = [...use.ancestors()].find((one) => isFunctionLike(one) || isStatement(one))
  return isKind(around, 'VariableStatement')
}

function statementsBehind(declaration: Node): readonly Node[] {
  if (isKind(declaration, 'Parameter')) return declaration.parent?.child('body')?.list('statements') ?? []
  const statement = declaration.closest('VariableStatement')
  const siblings = statement?.parent?.list('statements') ?? []
  return siblings.filter((one) => statement !== undefined && one.start > statement.start)
}

function run(flow: ObjectFlow, statements: readonly Node[], start: ObjectValue, use: Node | undefined): Step {
  let state = start
  for (const statement of statements) {
    const step = runOne(flow, statement, state, use)
    if (step.isMet) return step
    state = step.state
  }
  return { state, isMet: false }
}

function runOne(flow: ObjectFlow, statement: Node, state: ObjectValue, use: Node | undefined): Step {
  if (isKind(statement, 'FunctionDeclaration', 'ClassDeclaration'))
    return { state, isMet: use !== undefined && statement.holds(use) }
  const blocks = blocksOf(statement)
  const around = use === undefined || !statement.holds(use) ? undefined : blocks.find((one) => one.holds(use))
  if (around !== undefined) return { ...run(flow, statementsOf(around), state, use), isMet: true }
  if (use !== undefined && statement.holds(use)) return { state, isMet: true }
  if (blocks.length === 0) return { state: runExpressions(flow, statement, state), isMet: false }
  return { state: afterAll(flow, statement, blocks, state), isMet: false }
}

/** What the object may be behind a statement with blocks. */
function afterAll(
  flow: ObjectFlow,
  statement: Node,
  blocks: readonly Node[],
  state: ObjectValue,
): ObjectValue {
  if (isKind(statement, 'Block', 'LabeledStatement'))
    return run(flow, statementsOf(statement), state, undefined).state
  const passed = blocks
    .filter((block) => !isTerminated(block) || isKind(statement, 'SwitchStatement'))
    .map((block) => run(flow, statementsOf(block), state, undefined).state)
  const isExhaustive =
    (isKind(statement, 'IfStatement') && statement.child('elseStatement') !== undefined) ||
    isKind(statement, 'DoStatement')
  const states = isExhaustive ? passed : [state, ...passed]
  return states.length === 0 ? state : chooseObjects(states)
}

const ROLES = ['thenStatement', 'elseStatement', 'statement', 'tryBlock', 'finallyBlock'] as const

/** What a statement may run, each by itself: the sides of an `if`, the body of a loop, the clauses of a `switch`. */
function blocksOf(statement: Node): Node[] {
  if (isKind(statement, 'Block')) return [statement]
  const clauses = statement.child('caseBlock')?.list('clauses') ?? []
  const caught = statement.child('catchClause')?.child('block')
  return [
    ...ROLES.flatMap((role) => statement.list(role)),
    ...(caught === undefined ? [] : [caught]),
    ...clauses,
  ]
}

function statementsOf(block: Node): readonly Node[] {
  return isKind(block, 'Block', 'CaseClause', 'DefaultClause') ? block.list('statements') : [block]
}

/** What the expressions of a statement do to the object, in their order. */
function runExpressions(flow: ObjectFlow, statement: Node, start: ObjectValue): ObjectValue {
  let state = start
  for (const node of statement.below((one) => !isFunctionLike(one) || isArgument(one))) {
    const after = runExpression(flow, node, state)
    if (after !== state) state = isConditional(node, statement) ? chooseObjects([state, after]) : after
  }
  return state
}

/** Whether a function is given to a call, which may run it: `keys.forEach((key) => …)`. */
function isArgument({ parent, field }: Node): boolean {
  return isKind(parent, 'CallExpression') && field === 'arguments'
}

/** Whether an expression runs only sometimes: `isNew && (body.id = id)`. */
function isConditional(node: Node, statement: Node): boolean {
  for (const one of node.ancestors()) {
    if (one === statement) return false
    if (isKind(one, 'ConditionalExpression', 'IfStatement') || isFunctionLike(one)) return true
    if (isKind(one, 'BinaryExpression') && /^(?:&&|\|\||\?\?)$/.test(one.textOf('operatorToken'))) return true
  }
  return false
}

function runExpression(flow: ObjectFlow, node: Node, state: ObjectValue): ObjectValue {
  if (isKind(node, 'BinaryExpression')) return runAssignment(flow, node, state)
  if (isKind(node, 'DeleteExpression')) {
    const access = node.child('expression')
    const key = access === undefined || !isOfTarget(flow, access) ? undefined : keyOfAccess(access)
    return key === undefined ? state : withoutKeys(state, [key])
  }
  return isKind(node, 'CallExpression') ? runCall(flow, node, state) : state
}

/** `body.id = id`, `body['id'] = id`, `body = {…}` */
function runAssignment(flow: ObjectFlow, node: Node, state: ObjectValue): ObjectValue {
  const operator = node.textOf('operatorToken')
  const left = node.child('left')
  const right = node.child('right')
  if (left === undefined || right === undefined || !/^(?:\?\?|\|\||&&)?=$/.test(operator)) return state
  const { frame } = flow
  if (left.text === flow.target) {
    const value = flow.evaluate({ node: right, frame })
    return operator === '=' ? value : chooseObjects([state, value])
  }
  if (!isOfTarget(flow, left)) return state
  const key = keyOfAccess(left) ?? keysOf(frame, left)
  const set = flow.set(state, key, { node, frame }, { node: right, frame })
  return operator === '=' ? set : chooseObjects([state, set])
}

function isOfTarget({ target }: ObjectFlow, access: Node): boolean {
  const object = isKind(access, 'PropertyAccessExpression', 'ElementAccessExpression')
    ? access.child('expression')
    : undefined
  return object !== undefined && bare(object).text === target
}

function keysOf(frame: Frame, access: Node): readonly string[] | undefined {
  const key = access.child('argumentExpression')
  if (key === undefined) return undefined
  const looped = isKind(key, 'Identifier') ? loopOver(key) : undefined
  const strings = looped === undefined ? stringsOf({ node: key, frame }) : stringsIn({ node: looped, frame })
  return strings?.map((one) => one.value)
}

/** What a loop goes over that gives a name: `for (const key of KEYS)`. */
function loopOver(name: Node): Node | undefined {
  const loop = declarationOf(name)?.parent?.parent
  return isKind(loop, 'ForOfStatement') ? loop.child('expression') : undefined
}

/** Who only looks at what is given, or sends it. */
const READERS =
  /^(?:console|JSON|Object|Array|Math|Number|String|Boolean|structuredClone)\b|\bsend\w*$|^this\b/

/** `Object.assign(body, more)`, `fill(body)` */
function runCall(flow: ObjectFlow, call: Node, state: ObjectValue): ObjectValue {
  const { frame, target } = flow
  const callee = call.textOf('expression')
  const given = call.list('arguments')
  const index = given.findIndex((one) => bare(one).text === target)
  if (index === -1) return state
  if (callee === 'Object.assign')
    return index > 0
      ? state
      : given
          .slice(1)
          .map((node) => flow.evaluate({ node, frame }))
          .reduce(mergeObjects, state)
  if (READERS.test(callee)) return state
  const inside = calledBy(frame, call)
  const parameter = inside?.node.list('parameters')[index]
  if (inside === undefined || !isKind(parameter?.child('name'), 'Identifier')) {
    const reason = `given to \`${callee}\`, which is not read and may set keys`
    return { ...state, unread: [...state.unread, ...unreadObject({ node: call, frame }, reason).unread] }
  }
  const body = inside.node.child('body')
  const own = { ...flow, frame: inside.frame, target: parameter.name }
  return isKind(body, 'Block') ? run(own, body.list('statements'), state, undefined).state : state
}

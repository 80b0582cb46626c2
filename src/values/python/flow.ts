import { callArguments, statementsOf } from '../../lang/python/query.js'
import { completes } from '../../lang/python/scopes.js'
import { isKind, type Node } from '../../lang/tree.js'
import { calledBy } from './calls.js'
import { chooseEntries, type Entries, mergeEntries, NO_ENTRIES } from './entries.js'
import { bare, type Frame, itemsOf } from './frame.js'
import { stringsOf } from './strings.js'

/** A dict that statements put together under a name, or under an attribute of one. */
export interface Flow {
  readonly frame: Frame
  /** As written: `payload`, `message.payload`. */
  readonly target: string
  evaluate(frame: Frame, node: Node): Entries
  set(
    frame: Frame,
    dict: Entries,
    keys: readonly string[] | undefined,
    at: Node,
    value: Node,
    isEach?: boolean,
  ): Entries
}

type State = Entries | undefined

/** What becomes of the dict in a block, and whether the place that it is asked for was met there. */
interface Step {
  readonly state: State
  readonly isMet: boolean
}

/**
 * The dict as it is where it is used, after the statements in front of that; undefined where none of them binds it.
 *
 * @param state what it is in front of the statements
 * @param until where it is used; the end of the statements where that is not among them
 */
export function flowOf(
  flow: Flow,
  statements: readonly Node[],
  state: State,
  until: Node | undefined,
): Entries | undefined {
  return runBlock(flow, statements, state, until).state
}

function runBlock(flow: Flow, statements: readonly Node[], start: State, until: Node | undefined): Step {
  let state = start
  for (const statement of statements) {
    const step = runStatement(flow, statement, state, until)
    if (step.isMet) return step
    state = step.state
  }
  return { state, isMet: false }
}

function runStatement(flow: Flow, statement: Node, state: State, until: Node | undefined): Step {
  const isAround = until !== undefined && statement.holds(until)
  const blocks = blocksOf(statement)
  if (blocks.length === 0) {
    return isAround ? { state, isMet: true } : { state: runSimple(flow, statement, state), isMet: false }
  }
  if (isKind(statement, 'function_definition', 'class_definition', 'decorated_definition'))
    return { state, isMet: isAround }
  const bound = headOf(flow, statement, state)
  if (isAround) {
    for (const block of blocks)
      if (block.holds(until))
        return {
          state: runBlock(flow, statementsOf(block), before(flow, statement, block, bound), until).state,
          isMet: true,
        }
    return { state: bound, isMet: true }
  }
  return { state: afterAll(flow, statement, blocks, bound), isMet: false }
}

/** What stands in front of a block in its own statement: a `try` has run when its `else` begins. */
function before(flow: Flow, statement: Node, block: Node, state: State): State {
  const body = statement.child('body')
  const isBehind = isKind(statement, 'try_statement') && isKind(block.parent, 'else_clause', 'finally_clause')
  return isBehind && body !== undefined ? runBlock(flow, statementsOf(body), state, undefined).state : state
}

/** What the dict may be behind a statement with blocks. */
function afterAll(flow: Flow, statement: Node, blocks: readonly Node[], state: State): State {
  const run = (block: Node | undefined, from: State = state): State =>
    runBlock(flow, statementsOf(block), from, undefined).state
  switch (statement.kind) {
    case 'with_statement':
      return run(statement.child('body'))
    case 'try_statement': {
      const tried = run(statement.child('body'))
      const clauses = statement.children.filter((child) =>
        isKind(child, 'except_clause', 'except_group_clause'),
      )
      const otherwise = statement.children.find((child) => child.kind === 'else_clause')
      const last = statement.children.find((child) => child.kind === 'finally_clause')
      const whole = otherwise === undefined ? tried : run(otherwise.child('body'), tried)
      const caught = clauses
        .filter((clause) => leaves(flow, blockOf(clause)))
        .map((clause) => run(blockOf(clause), either([state, tried])))
      const behind = either([whole, ...caught])
      return last === undefined ? behind : run(blockOf(last), behind)
    }
    case 'for_statement':
    case 'while_statement': {
      const left = statement.child('left')
      const items = itemsOf(statement.child('right'))
      const once = run(statement.child('body'))
      // A loop over a list that is written out runs through all of it.
      return left !== undefined && items !== undefined && items.length > 0 ? once : either([state, once])
    }
    default: {
      const passed = blocks.filter((block) => leaves(flow, block)).map((block) => run(block))
      return either(isExhaustive(statement) ? passed : [state, ...passed])
    }
  }
}

/** Whether what stands behind a block can be reached through it. */
function leaves({ frame }: Flow, block: Node | undefined): boolean {
  return statementsOf(block).every((one) => completes(frame.module, one))
}

function isExhaustive(statement: Node): boolean {
  if (statement.kind === 'if_statement')
    return statement.children.some((child) => child.kind === 'else_clause')
  return statement.descendants('case_clause').some((one) => /^case\s+_\s*:/.test(one.text))
}

function either(states: readonly State[]): State {
  const bound = states.filter((one) => one !== undefined)
  return bound.length === 0 ? undefined : chooseEntries(bound)
}

/** The blocks of a compound statement, in order. */
function blocksOf(statement: Node): Node[] {
  const clauses = statement.children.flatMap((child) => {
    if (child.kind === 'block') return [child]
    if (/_clause$/.test(child.kind)) {
      const block = blockOf(child)
      return block === undefined ? [] : [block]
    }
    return []
  })
  return clauses.flatMap((block) =>
    statement.kind === 'match_statement' && block.parent === statement
      ? block.children
          .filter((child) => child.kind === 'case_clause')
          .flatMap((child) => blockOf(child) ?? [])
      : [block],
  )
}

function blockOf(clause: Node): Node | undefined {
  return (
    clause.child('consequence') ??
    clause.child('body') ??
    clause.children.find((child) => child.kind === 'block')
  )
}

/** What the head of a compound statement does: `if (payload := {…})`. */
function headOf(flow: Flow, statement: Node, state: State): State {
  const condition = statement.child('condition')
  return condition === undefined ? state : runExpressions(flow, condition, state)
}

function runSimple(flow: Flow, statement: Node, state: State): State {
  const { frame, target } = flow
  const expression = statement.kind === 'expression_statement' ? statement.children[0] : statement
  if (isKind(expression, 'assignment', 'augmented_assignment')) {
    const left = expression.child('left')
    const right = expression.child('right')
    if (right === undefined || left === undefined) return state
    if (left.text === target) {
      const value = flow.evaluate(frame, right)
      return isKind(expression, 'augmented_assignment') ? mergeEntries(state ?? NO_ENTRIES, value) : value
    }
    if (isKind(left, 'subscript') && left.textOf('value') === target) {
      const key = left.child('subscript')
      return flow.set(frame, state ?? NO_ENTRIES, stringsOf(frame, key), left, right, isLooped(frame, key))
    }
    // What the right side does to the dict is done before.
    return runExpressions(flow, right, state)
  }
  if (isKind(statement, 'delete_statement')) {
    const removed = [statement, ...statement.descendants('subscript')].filter(
      (one) => isKind(one, 'subscript') && one.textOf('value') === target,
    )
    return removed.reduce(
      (dict: State, one) => without(dict, stringsOf(frame, one.child('subscript'))),
      state,
    )
  }
  return runExpressions(flow, statement, state)
}

/** Whether a key is the name that a loop over a list which is written out gives, so that each is set. */
function isLooped(frame: Frame, key: Node | undefined): boolean {
  if (!isKind(key, 'identifier')) return false
  const loop = key.closest('for_statement')
  const left = loop?.child('left')
  return (
    frame.scope?.function.node.holds(key) === true &&
    itemsOf(loop?.child('right')) !== undefined &&
    left !== undefined &&
    [left, ...left.children].some((one) => one.text === key.text)
  )
}

function without(state: State, keys: readonly string[] | undefined): State {
  if (state === undefined || keys === undefined) return state
  const isGone = (key: string): boolean => keys.includes(key)
  return keys.length === 1
    ? { ...state, entries: state.entries.filter((one) => !isGone(one.key)) }
    : { ...state, entries: state.entries.map((one) => (isGone(one.key) ? { ...one, isSure: false } : one)) }
}

/** Who only looks at what is given. */
const READERS =
  /^(?:print|len|str|repr|bool|list|sorted|tuple|set|dict|isinstance|type|id|any|all|sum|min|max|json\.dumps|(?:\w+\.)*log(?:ger)?\.\w+|(?:\w+\.)*model_validate|(?:copy\.)?(?:deep)?copy|asyncio\.\w+)$/

/** What calls inside of an expression do to the dict: `payload.update(…)`, `fill(payload)`. */
function runExpressions(flow: Flow, node: Node, start: State): State {
  const { frame, target } = flow
  let state = start
  const parts = [node, ...node.descendants('call', 'named_expression')]
  for (const part of parts) {
    if (isKind(part, 'named_expression') && part.textOf('name') === target) {
      const value = part.child('value')
      if (value !== undefined) state = flow.evaluate(frame, value)
    }
    if (!isKind(part, 'call')) continue
    const callee = part.child('function')
    const arguments_ = callArguments(part)
    if (isKind(callee, 'attribute') && callee.textOf('object') === target) {
      state = runMethod(flow, callee.textOf('attribute'), part, state)
      continue
    }
    const own = arguments_.find((one) => bare(one.value).text === target)
    if (own === undefined || state === undefined || READERS.test(callee?.text ?? '')) continue
    if (/^[A-Z]|^cls$/.test(callee?.text ?? '') || isSend(callee)) continue
    state = runCallee(flow, part, target, state)
  }
  return state
}

/** A send takes what it is given and changes nothing. */
function isSend(callee: Node | undefined): boolean {
  return /(?:^|[._])(?:send|broadcast|emit|publish|put|append)\w*$/.test(callee?.text ?? '')
}

/** A function that is given the dict may set keys on it. */
function runCallee(flow: Flow, call: Node, target: string, state: Entries): Entries {
  const run = calledBy(flow.frame, call)
  const given = run === undefined ? [] : [...run.frame.given]
  const parameter = given.find(([, written]) => bare(written.node).text === target)?.[0]
  if (run === undefined || parameter === undefined) {
    const reason = `given to \`${call.textOf('function')}\`, which is not read and may set keys`
    return { ...state, unread: [...state.unread, { node: call, frame: flow.frame, reason }] }
  }
  const inside = { ...flow, frame: run.frame, target: parameter }
  return flowOf(inside, run.function.body, state, undefined) ?? state
}

function runMethod(flow: Flow, method: string, call: Node, state: State): State {
  const { frame } = flow
  const arguments_ = callArguments(call)
  const dict = state ?? NO_ENTRIES
  switch (method) {
    case 'update':
      return arguments_.reduce(
        (one: Entries, { name, value }): Entries =>
          name === undefined
            ? mergeEntries(one, flow.evaluate(frame, value))
            : flow.set(frame, one, [name], value, value),
        dict,
      )
    case 'setdefault': {
      const [key, value] = arguments_
      const keys = stringsOf(frame, key?.value)
      if (keys?.every((one) => dict.entries.some((other) => other.key === one && other.isSure)) === true)
        return dict
      return flow.set(frame, dict, keys, call, value?.value ?? call)
    }
    case 'pop':
      return without(dict, stringsOf(frame, arguments_[0]?.value))
    case 'clear':
      return NO_ENTRIES
    default:
      return state
  }
}

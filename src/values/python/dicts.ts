import { dictEntries } from '../../lang/python/literals.js'
import { callArguments, type PyFunction } from '../../lang/python/query.js'
import { isKind, type Node } from '../../lang/tree.js'
import { calledBy } from './calls.js'
import {
  chooseEntries,
  type Entries,
  type Entry,
  mergeEntries,
  NO_ENTRIES,
  unreadEntries,
  withEntry,
} from './entries.js'
import { flowOf } from './flow.js'
import {
  bare,
  deeper,
  definitionOf,
  type Frame,
  isGenerator,
  itemsOf,
  returned,
  returnsOf,
  sidesOf,
} from './frame.js'
import { dumpedBy, isTypedDict } from './models.js'
import { itemsBehind, stringsOf } from './strings.js'

/** The keys of a dict, wherever it is put together; what cannot be followed is told in its place. */
export function entriesOf(frame: Frame, node: Node): Entries {
  const next = deeper(frame)
  const one = bare(node)
  if (next === undefined) return unreadEntries(frame, one, 'followed for too long')
  switch (one.kind) {
    case 'dictionary':
      return literal(frame, one)
    case 'dictionary_splat':
      return entriesOf(frame, inner(one) ?? one)
    case 'dictionary_comprehension':
      return comprehension(frame, one)
    case 'none':
      return NO_ENTRIES
    case 'conditional_expression':
      return chooseEntries(sidesOf(one).map((side) => entriesOf(next, side)))
    case 'boolean_operator':
      return either(next, one)
    case 'binary_operator': {
      const [left, right] = [one.child('left'), one.child('right')]
      const isUnion = one.textOf('operator') === '|'
      if (!isUnion || left === undefined || right === undefined)
        return unreadEntries(frame, one, 'no dict that is read')
      return mergeEntries(entriesOf(next, left), entriesOf(next, right))
    }
    case 'named_expression': {
      const value = one.child('value')
      return value === undefined ? NO_ENTRIES : entriesOf(next, value)
    }
    case 'call':
      return called(next, one)
    case 'identifier':
      return named(next, one)
    default:
      return unreadEntries(frame, one, `\`${firstLine(one)}\`, which nothing here says the keys of`)
  }
}

function literal(frame: Frame, dict: Node): Entries {
  return dictEntries(dict).reduce((entries: Entries, { key, value, node }): Entries => {
    if (value.kind === 'dictionary_splat') return mergeEntries(entries, entriesOf(frame, value))
    const keys = key === undefined ? stringsOf(frame, node.child('key')) : [key]
    return withKeys(frame, entries, keys, node, value)
  }, NO_ENTRIES)
}

/** A dict with a value set under a key, or under one of several. */
export function withKeys(
  frame: Frame,
  dict: Entries,
  keys: readonly string[] | undefined,
  at: Node,
  value: Node,
  isEach = false,
): Entries {
  if (keys === undefined)
    return {
      ...dict,
      unread: [...dict.unread, { node: at, frame, reason: 'a key that is made when it runs' }],
    }
  const isSure = isEach || keys.length === 1
  return keys.reduce(
    (entries: Entries, key): Entries =>
      withEntry(entries, { key, isSure, at: { node: at, frame }, values: [{ node: bare(value), frame }] }),
    dict,
  )
}

/** `{key: row[key] for key in ("id", "row")}`: its keys are those of a list that is written out. */
function comprehension(frame: Frame, node: Node): Entries {
  const pair = node.children.find((child) => child.kind === 'pair')
  const clauses = node.children.filter((child) => child.kind === 'for_in_clause')
  const [clause] = clauses
  const key = pair?.child('key')
  const value = pair?.child('value')
  const left = clause?.child('left')
  const right = clause?.child('right')
  if (
    key === undefined ||
    value === undefined ||
    left === undefined ||
    right === undefined ||
    clauses.length > 1
  )
    return unreadEntries(frame, node, 'a comprehension whose keys show only when it runs')
  const isFiltered = node.children.some((child) => child.kind === 'if_clause')
  const copied = itemsOfDict(frame, pair, left, right)
  if (copied !== undefined) return isFiltered ? optional(withoutNone(copied)) : copied
  const keys = keysOver(frame, key, left, right)
  const made = withKeys(frame, NO_ENTRIES, keys, node, value, true)
  return isFiltered ? optional(made) : made
}

/** `{key: value for key, value in fields.items()}`: the keys are those of `fields`, at their places. */
function itemsOfDict(frame: Frame, pair: Node | undefined, left: Node, right: Node): Entries | undefined {
  const source = /\.items\(\)$/.test(right.text) ? right.child('function')?.child('object') : undefined
  const [key, value] = left.children.filter((child) => child.isNamed)
  if (source === undefined || pair === undefined || pair.textOf('key') !== key?.text) return undefined
  const inside = entriesOf(frame, source)
  const made = pair.child('value')
  const isCopied = made !== undefined && made.text === value?.text
  if (isCopied || made === undefined) return inside
  return { ...inside, entries: inside.entries.map((one) => ({ ...one, values: [{ node: made, frame }] })) }
}

/** What a key is over all items of what is looped over. */
function keysOver(frame: Frame, key: Node, left: Node, right: Node): readonly string[] | undefined {
  const names = left.children.filter((child) => child.isNamed)
  const items = itemsBehind(frame, right)
  if (items === undefined) return undefined
  const place = left.text === key.text ? undefined : names.findIndex((one) => one.text === key.text)
  if (place === -1) return undefined
  const values = items.map((item) =>
    stringsOf(frame, place === undefined ? item : itemsOf(bare(item))?.[place]),
  )
  return values.every((one) => one?.length === 1) ? values.flatMap((one) => one ?? []) : undefined
}

/** A dict that may not be set at all. */
function optional(dict: Entries): Entries {
  return { ...dict, entries: dict.entries.map((one): Entry => ({ ...one, isSure: false })) }
}

/** What a filter leaves of `filename or None` is never none. */
function withoutNone(dict: Entries): Entries {
  const bareOf = (node: Node): Node => {
    const isNone = isKind(node, 'boolean_operator') && isKind(node.child('right'), 'none')
    return isNone ? (node.child('left') ?? node) : node
  }
  const values = (entry: Entry): Entry['values'] =>
    entry.values.map((one) => ({ ...one, node: bareOf(one.node) }))
  return { ...dict, entries: dict.entries.map((one) => ({ ...one, values: values(one) })) }
}

/** `given or {}` has what either side has. */
function either(frame: Frame, node: Node): Entries {
  const sides = [node.child('left'), node.child('right')].filter((side) => side !== undefined)
  return chooseEntries(sides.map((side) => entriesOf(frame, side)))
}

function called(frame: Frame, call: Node): Entries {
  const callee = call.child('function')
  const name = callee?.text ?? ''
  if (name === 'dict' || isTypedDict(frame, name)) return given(frame, call)
  if (/^(?:copy\.)?(?:deep)?copy$/.test(name) || /^(?:\w+\.)?jsonable_encoder$/.test(name)) {
    const [first] = callArguments(call)
    return first === undefined ? NO_ENTRIES : entriesOf(frame, first.value)
  }
  if (isKind(callee, 'attribute') && callee.textOf('attribute') === 'copy')
    return entriesOf(frame, callee.child('object') ?? call)
  const dumped = dumpedBy(frame, call)
  if (dumped !== undefined) return dumped
  const run = calledBy(frame, call)
  if (run === undefined) return unreadEntries(frame, call, `what \`${name}\` gives, which is not read here`)
  if (isGenerator(run.function))
    return unreadEntries(frame, call, `what \`${name}\` gives one after the other`)
  const results = returnsOf(run.function).map((one) => {
    const value = returned(one)
    return value === undefined ? NO_ENTRIES : entriesOf(run.frame, value)
  })
  return results.length === 0
    ? unreadEntries(frame, call, `what \`${name}\` gives, which returns nothing`)
    : chooseEntries(results)
}

/** `dict(base, id=1, **more)` */
function given(frame: Frame, call: Node): Entries {
  return callArguments(call).reduce(
    (dict: Entries, { name, value }): Entries =>
      name === undefined
        ? mergeEntries(
            dict,
            itemsOf(bare(value)) === undefined ? entriesOf(frame, value) : pairs(frame, value),
          )
        : withKeys(frame, dict, [name], value, value),
    NO_ENTRIES,
  )
}

/** `[("id", 1), ("row", 2)]` */
function pairs(frame: Frame, list: Node): Entries {
  return (itemsOf(bare(list)) ?? []).reduce((dict: Entries, item): Entries => {
    const [key, value] = itemsOf(bare(item)) ?? []
    return withKeys(frame, dict, stringsOf(frame, key), item, value ?? item)
  }, NO_ENTRIES)
}

function named(frame: Frame, node: Node): Entries {
  const name = node.text
  const functions = frame.scope === undefined ? [] : [frame.scope.function, ...frame.scope.around]
  for (const one of functions) {
    const isHere = one === frame.scope?.function
    const parameter = one.keywords === name || one.parameters.some((other) => other.name === name)
    const from = isHere && parameter ? frame.given.get(name) : undefined
    const start =
      from === undefined ? undefined : givenEntries(one, { ...from.frame, depth: frame.depth }, from.node)
    const until = isHere && one.node.holds(node) ? node : undefined
    const flow = flowOf({ frame, target: name, evaluate: entriesOf, set: withKeys }, one.body, start, until)
    if (flow !== undefined) return flow
    if (parameter) {
      const reason = `the parameter \`${name}\`, whose keys are its caller's`
      return { entries: [], unread: [{ node, frame, reason, isGiven: true }] }
    }
  }
  const definition = definitionOf(frame, name)
  if (definition?.value === undefined)
    return unreadEntries(frame, node, `\`${name}\`, which nothing here says the keys of`)
  return entriesOf(
    { ...frame, module: definition.module, scope: undefined, given: new Map() },
    definition.value,
  )
}

/** What a call gives to a parameter: to one that takes all other keywords, those that it has no other for. */
function givenEntries(one: PyFunction, frame: Frame, given: Node): Entries {
  const call = given.parent
  if (!isKind(given, 'argument_list') || !isKind(call, 'call')) return entriesOf(frame, given)
  const others = one.parameters.map((parameter) => parameter.name)
  return callArguments(call).reduce((dict: Entries, { name, value }): Entries => {
    if (value.kind === 'dictionary_splat') return mergeEntries(dict, entriesOf(frame, value))
    return name === undefined || others.includes(name) ? dict : withKeys(frame, dict, [name], value, value)
  }, NO_ENTRIES)
}

function inner(node: Node): Node | undefined {
  return node.children.find((child) => child.isNamed && child.kind !== 'comment')
}

function firstLine(node: Node): string {
  const [line = ''] = node.text.split('\n')
  return line
}

import { type Factory, factoriesOfChannel, findEnvelope, type Given } from '../channel/envelope.js'
import { type EnvelopeField, envelopeFields, isFilledOtherwise } from '../channel/envelope-fields.js'
import { perChannel } from '../channel/open-channel.js'
import { groupBy } from '../group.js'
import { localsOf } from '../lang/python/branches.js'
import type { PyFunction } from '../lang/python/query.js'
import type { Node } from '../lang/tree.js'
import { placeOf } from '../workspace/place.js'
import type { Blocked, Half } from './site.js'

/** How a new factory makes its message, as its neighbours do. */
export interface Making {
  /** `cls`, or a helper of the envelope: `cls._make`. */
  readonly callee: string
  /** The arguments in order; `text` of type and payload is their keyword with its `=`, or nothing. */
  readonly items: readonly { readonly kind: 'type' | 'payload' | 'other'; readonly text: string }[]
}

/**
 * How the factories of a channel make their messages: by which call, and with what besides type and payload. An
 * argument that all of them give alike is given; one that the call needs and that only they know is a block.
 */
export function readMaking(target: Half): Making | Blocked {
  const found = findEnvelope(target)
  const all = factoriesOfChannel(target)
  const { usual, alike, given } = usualFormOf(target)
  const { module } = found ?? {}
  if (found === undefined || module === undefined || usual === undefined) {
    const missing = found === undefined ? undefined : requiredFields(target)[0]
    return missing === undefined ? BY_CLASS : blockedField(target, missing, all)
  }
  const shared = given.filter((one) => isShared(target, one)).map((one) => one.argument)
  const blocked =
    usual.made.callee === 'cls' ? findUnfilled(target, shared, alike) : findUnnamed(target, usual, shared)
  if (blocked !== undefined) return blocked
  const kinds = usual.made.order.flatMap((one): Making['items'][number][] => {
    if (one === 'type') return [{ kind: 'type', text: prefix(usual.made.typeBy) }]
    if (one === 'payload') return [{ kind: 'payload', text: prefix(usual.made.payloadBy) }]
    return shared.includes(one) ? [{ kind: 'other', text: flat(one) }] : []
  })
  const payload = { kind: 'payload', text: 'payload=' } as const
  const items = kinds.some((one) => one.kind === 'payload') ? kinds : [...kinds, payload]
  return { callee: usual.made.callee, items }
}

const BY_CLASS: Making = {
  callee: 'cls',
  items: [
    { kind: 'type', text: 'type=' },
    { kind: 'payload', text: 'payload=' },
  ],
}

function prefix(keyword: string | undefined): string {
  return keyword === undefined ? '' : `${keyword}=`
}

/** How most factories make their messages. */
interface UsualForm {
  /** One of them; one that gives a payload, where there is one. */
  readonly usual: Factory | undefined
  readonly alike: readonly Factory[]
  /** What all of them give besides type and payload. */
  readonly given: readonly GivenByAll[]
}

/** An argument that all factories give alike. */
interface GivenByAll {
  readonly argument: Given
  /** The names in it that are a parameter or a local of one of them. */
  readonly own: readonly string[]
}

const usualFormOf = perChannel((open): UsualForm => {
  const forms = groupBy(factoriesOfChannel(open), formOf)
  const [alike = []] = [...forms.values()].toSorted((a, b) => b.length - a.length)
  const usual = alike.find((one) => one.made.order.includes('payload')) ?? alike[0]
  const given = (usual?.made.others ?? []).flatMap((argument): GivenByAll[] => {
    const text = flat(argument)
    const isAlike = ({ made }: Factory): boolean => made.others.some((other) => flat(other) === text)
    if (text.includes('\n') || !alike.every(isAlike)) return []
    const own = namesIn(argument.value).filter((name) => alike.some(({ method }) => isOwn(method, name)))
    return [{ argument, own }]
  })
  return { usual, alike, given }
})

function formOf({ made }: Factory): string {
  return `${made.callee} ${made.typeBy ?? ''}`
}

/** Whether a new factory can give an argument that all others give: what it is made of is no other's own. */
function isShared({ custom, fields }: Half, { own }: GivenByAll): boolean {
  // A parameter that every factory of the channel has is the new one's as well.
  return own.every(
    (name) => custom.leading.some((one) => one.name === name) && fields.some((one) => one.name === name),
  )
}

/** Whether a name is a factory's own: a parameter, or a local. */
function isOwn(method: PyFunction, name: string): boolean {
  return name !== 'cls' && localsOf(method).has(name)
}

/** The names that an expression reads: no attributes, no keywords. */
function namesIn(value: Node): string[] {
  return [value, ...value.descendants('identifier')].flatMap((node) =>
    node.kind === 'identifier' && node.field !== 'attribute' && node.field !== 'name' ? [node.text] : [],
  )
}

/** The argument as written, on one line; what cannot stand on one keeps its line ends. */
function flat({ name, value }: Given): string {
  const text = value.text
  const isPlain = !text.includes('#') && !/"""|'''/.test(text)
  return prefix(name) + (isPlain ? text.replaceAll(/\s*\n\s*/g, '') : text)
}

/** The first required field of the envelope that the new factory could not give. */
function findUnfilled(
  target: Half,
  shared: readonly Given[],
  factories: readonly Factory[],
): Blocked | undefined {
  const passes = (given: readonly Given[], field: EnvelopeField): boolean =>
    given.some((one) => one.name !== undefined && field.names.includes(one.name)) ||
    given.some((one) => one.name === undefined)
  const missing = requiredFields(target).find((field) => {
    if (passes(shared, field)) return false
    const isPassed = factories.some((one) => passes(one.made.others, field))
    return isPassed || !isFilledOtherwise(target)
  })
  return missing === undefined ? undefined : blockedField(target, missing, factories)
}

/** The first parameter of a helper that the new factory could not give. */
function findUnnamed(target: Half, usual: Factory, shared: readonly Given[]): Blocked | undefined {
  const missing = usual.made.others.find((one) => !shared.includes(one))
  const found = findEnvelope(target)
  if (missing === undefined || found === undefined) return undefined
  const { source } = found.module
  return {
    kind: 'blocked',
    lookedFor: `what to give \`${usual.made.callee}\` besides type and payload`,
    nearest: `\`${usual.method.name}\` gives \`${missing.value.text}\`, and others something else`,
    place: placeOf(source, missing.value.start),
  }
}

function requiredFields(target: Half): EnvelopeField[] {
  return envelopeFields(target).filter((one) => one.isRequired)
}

function blockedField(target: Half, field: EnvelopeField, factories: readonly Factory[]): Blocked {
  const found = findEnvelope(target)
  const given = factories.flatMap(({ method, made }) =>
    made.others
      .filter((one) => one.name !== undefined && field.names.includes(one.name))
      .map((one) => ({ factory: method.name, one })),
  )[0]
  const nearest =
    given === undefined || found === undefined
      ? 'no factory gives it'
      : `\`${given.factory}\` gives \`${flat(given.one)}\`, which not every factory does`
  return {
    kind: 'blocked',
    lookedFor: `a value for \`${field.name}\`, which \`${target.channel.envelope.name}\` requires`,
    nearest,
    place: placeOf(field.source, field.start),
  }
}

import { type Emit, isDropped } from '../channel/emits.js'
import { findEnvelope, withBases } from '../channel/envelope.js'
import { perChannel } from '../channel/open-channel.js'
import { lookUp } from '../group.js'
import { python } from '../lang/python/language.js'
import { classesOf, type PyFunction } from '../lang/python/query.js'
import { escapeRegExp } from '../layout/candidates.js'
import { findReferences } from '../ledger/references.js'
import type { SurveyContext } from '../sites/site.js'
import { placeOf } from '../workspace/place.js'
import type { Named } from './named.js'

/** Every use of a member of a Python class by the class's own name: `WSMessageType.SEAT_TAKEN`. */
export function memberUses({ repository, layout }: SurveyContext, className: string): Named[] {
  return findReferences(repository, [className], {
    folder: layout.backend.folder,
    extensions: python.extensions,
    withTests: false,
  }).flatMap((one) => {
    const { source } = repository.python(one.file)
    const name = one.isString
      ? undefined
      : /^\s*\.\s*(\w+)/.exec(source.text.slice(one.end, one.end + NEAR))?.[1]
    return name === undefined ? [] : [{ name, place: placeOf(source, one.start) }]
  })
}

/** So far a name is from the dot behind its class. */
const NEAR = 200

/** Whether a factory is called by another method of the envelope that something uses: `cls.error(…)`. */
export function isCalledInside(
  context: SurveyContext,
  name: string,
  emits: readonly Emit[],
  seen: readonly string[] = [],
): boolean {
  const methods = callersInside(context).get(name) ?? []
  return methods
    .filter((method) => method.name !== name && !seen.includes(method.name))
    .some(
      (method) =>
        emits.some((one) => one.kind === 'factory' && one.name === method.name && !isDropped(context, one)) ||
        isCalledInside(context, method.name, emits, [...seen, name]),
    )
}

/** The methods of the envelope by what they call of it. */
const callersInside = perChannel((open): ReadonlyMap<string, readonly PyFunction[]> => {
  const call = new RegExp(`\\b(?:cls|self|${escapeRegExp(open.channel.envelope.name)})\\.(\\w+)`, 'g')
  const found = new Map<string, PyFunction[]>()
  for (const method of findEnvelope(open)?.one.methods ?? [])
    for (const name of new Set([...method.node.text.matchAll(call)].map((one) => one[1] ?? '')))
      found.set(name, [...(found.get(name) ?? []), method])
  return found
})

/** Names of a Python class: methods and assignments of it and of its bases, as far as the repository holds them. */
export function namesOfClass(context: SurveyContext, file: string, className: string): Set<string> {
  const module = context.repository.python(file)
  const one = lookUp(classesOf(module), className)
  const all = one === undefined ? [] : withBases(context, { module, one })
  return new Set(
    all.flatMap((found) => [...found.one.methods, ...found.one.assignments]).map(({ name }) => name),
  )
}

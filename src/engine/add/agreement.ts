import { collision, type Failure, formatPlace, type Problem } from '../../errors.js'
import { docstringAt } from '../../lang/python/query.js'
import { showingSites } from '../../ledger/fields.js'
import { findShapeDifference, type Shape, type ShapeField } from '../../payload/shape.js'
import { shell } from '../../shell.js'
import { actionName } from '../../sites/naming.js'
import { SITES } from '../../sites/registry.js'
import { sendAt } from '../../sites/send/neighbours.js'
import { type Half, isSiteOf, type Occurrence, type Site, siteKey } from '../../sites/site.js'
import { HALF_DIRECTIONS } from '../../spec/event-spec.js'
import { type FieldType, printField } from '../../spec/field-type.js'
import { placeOf } from '../../workspace/place.js'
import { changeCommand } from './change-command.js'

/**
 * An event that exists is completed, never replaced: what is there must be there once, and agree with what was asked
 * for, or with itself where no fields were given.
 *
 * @returns a Failure with exit code 3 that names both places
 */
export function checkAgreement(target: Half): Failure | undefined {
  const unanswering = findUnanswering(target)
  if (unanswering.length > 0) return collision(...unanswering)
  const problems = [
    ...findDuplicates(target),
    ...findOtherDescription(target),
    ...findIdle(target),
    // One more send spreads neither of two places that contradict each other.
    ...(target.spec.fields !== undefined
      ? findDifferences(target)
      : target.isSendOnly
        ? []
        : findConflicts(target)),
  ]
  return problems.length > 0 ? collision(...problems) : undefined
}

/** Sites at which the event stands more than once; it may be sent from any number of places. */
function findDuplicates({ rows, spec, repository, direction }: Half): Problem[] {
  const event = spec.names.snake
  return SITES.filter((site) => isSiteOf(site, direction) && !site.leeway.isRepeatable).flatMap(
    (site): Problem[] => {
      const [first, second] = rows.of(event, siteKey(site))
      if (first === undefined || second === undefined) return []
      const [place, other] = [first, second].map((one) =>
        placeOf(repository.workspace.read(one.file), one.start),
      )
      if (place === undefined || other === undefined) return []
      return [
        {
          code: 'stands-twice',
          what: `the ${site.title} of \`${event}\` stands twice: ${formatPlace(place)} and ${formatPlace(other)}`,
          why: 'which of them is meant cannot be told',
          fix: 'take one of them out',
          place,
        },
      ]
    },
  )
}

/** A request that is there already, whose branch does something else: the event would be sent nowhere. */
function findUnanswering({ rows, spec, answer, repository }: Half): Problem[] {
  const event = answer?.spec.names.snake
  const request = spec.names.snake
  const [branch] = rows.of(request, 'python-handler-branch')
  if (event === undefined || branch === undefined || spec.emit.to === 'none') return []
  if (branch.links?.owes === event || rows.of(event, 'python-send').length > 0) return []
  return [
    {
      code: 'name-taken',
      what: `\`${request}\` is there already, and its branch does not answer with \`${event}\``,
      why: 'an event that exists is completed, never replaced: nothing would send the answer',
      fix: `give another --request, or use --emit none and send \`${event}\` in that branch by hand`,
      place: placeOf(repository.workspace.read(branch.file), branch.start),
    },
  ]
}

/** Flags that would change nothing of an event that is there: none is passed over in silence. */
function findIdle(target: Half): Problem[] {
  return [findIdleStore(target), findIdleEmit(target)].filter((one) => one !== undefined)
}

function findIdleStore({ rows, spec, repository }: Half): Problem | undefined {
  const { hook, as } = spec.store
  const event = spec.names.snake
  const [found] = rows.of(event, 'ts-hook-case')
  if (found === undefined || hook === 'none' || (hook === undefined && as === undefined)) return undefined
  const calls = found.links?.storeCalls ?? []
  const isMade = calls.some((one) => one.member === actionName(event))
  const isSaid = hook === undefined || calls.some((one) => one.hook === hook)
  if (isMade ? isSaid : as === undefined && isSaid) return undefined
  return {
    code: 'store-differs',
    what: `\`${event}\` has a case already, which keeps nothing in that way`,
    why: 'an event that exists is completed, never replaced, and no command changes what its case does',
    fix: `leave out ${hook === undefined ? '--store-as' : '--store'}, and say in the case what is kept`,
    place: placeOf(repository.workspace.read(found.file), found.start),
  }
}

function findIdleEmit({ rows, spec, place, channel, repository }: Half): Problem | undefined {
  const { to } = spec.emit
  const event = spec.names.snake
  const sends = rows.of(event, 'python-send')
  const [first] = sends
  if (to === undefined || to === 'none' || place !== undefined || first === undefined) return undefined
  const targets = sends.flatMap(({ file, start }) => {
    const name = sendAt(channel, repository.python(file), start)
    return channel.manager?.methods.find((method) => method.name === name)?.target ?? []
  })
  if (targets.length === 0 || targets.includes(to)) return undefined
  return {
    code: 'target-differs',
    what: `\`${event}\` is sent already, to \`${targets[0]}\``,
    why: 'no command changes whom a send reaches',
    fix: `leave out --emit, or add another send with --emit-in FILE`,
    place: placeOf(repository.workspace.read(first.file), first.start),
  }
}

/** A description that the event has already and that was not asked for. */
function findOtherDescription({ rows, spec, repository }: Half): Problem[] {
  const event = spec.names.snake
  const { description } = spec
  if (description === undefined) return []
  const bare = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
  const places = [...rows.of(event, 'python-factory'), ...rows.of(event, 'python-payload-model')]
  const docstrings = places.flatMap(({ file, start }) => {
    const module = repository.python(file)
    const said = docstringAt(module, start)
    return said === undefined ? [] : [{ module, start, said }]
  })
  if (docstrings.some(({ said }) => bare(said) === bare(description))) return []
  return docstrings
    .flatMap(({ module, start, said }): Problem[] => {
      return [
        {
          code: 'description-differs',
          what: `\`${event}\` exists with another description: ${bare(said)}`,
          why: 'an event that exists is completed, never replaced',
          fix: shell`cachibot-ws change-event ${event} --description ${description}`,
          place: placeOf(module.source, start),
        },
      ]
    })
    .slice(0, 1)
}

/** Sites that show another payload than was asked for. */
function findDifferences(target: Half): Problem[] {
  return SITES.filter((site) => isSiteOf(site, target.direction)).flatMap((site) =>
    target.rows.of(target.spec.names.snake, siteKey(site)).flatMap((found): Problem[] => {
      if (site.shape === undefined || found.shape === undefined) return []
      const difference = findShapeDifference(site.shape(target), found.shape, site.side === 'server')
      return difference === undefined
        ? []
        : [describeDifference(target, site, found, found.shape, difference)]
    }),
  )
}

function describeDifference(
  target: Half,
  site: Site,
  found: Occurrence,
  shape: Shape,
  difference: string,
): Problem {
  const shown = shape
    .map((one) => `${one.key}: ${printField({ ...one, name: one.key, optional: one.optional === true })}`)
    .join(', ')
  const asked = target.fields.map((field) => `${field.name}: ${printField(field)}`).join(', ')
  return {
    code: 'payload-differs',
    what: `\`${target.spec.names.snake}\` exists with another payload: in its ${site.title} ${difference}`,
    why: `asked for { ${asked} }, there is { ${shown} }; an event that exists is completed, never replaced`,
    fix: adviseChange(target),
    place: placeOf(target.repository.workspace.read(found.file), found.start),
  }
}

/** What to do where other fields were asked for: whoever names only what is new does not mean that the others go. */
function adviseChange(target: Half): string {
  const flag = target.answer === undefined ? 'the fields' : '--request-field'
  const [whole, added] = [changeCommand(target), changeCommand(target, false)]
  if (whole === undefined) return `leave out ${flag} to complete it as it is, or use another name`
  const commands =
    added === undefined || added === whole
      ? [`to change it: ${whole}`]
      : [`to change it: ${added}`, `for these fields alone: ${whole}`]
  return [...commands, `to complete it as it is, leave out ${flag}`].join('; ')
}

/** The sites that put a payload on the wire, each with those that take it off: by what they read, or by its type. */
const WIRE: readonly (readonly [producer: Site, consumer: Site])[] = HALF_DIRECTIONS.flatMap((direction) => {
  const shown = showingSites(direction)
  const readers = shown.filter((site) => site.role === 'consumes')
  const takers = readers.length > 0 ? readers : shown.filter((site) => site.role === 'declares')
  return shown
    .filter((site) => site.role === 'produces')
    .flatMap((producer) => takers.map((taker) => [producer, taker] as const))
})

/** Places of the event that cannot both be right: a key that is read and never sent, or has another type. */
function findConflicts({ rows, spec, repository }: Half): Problem[] {
  const event = spec.names.snake
  return WIRE.flatMap(([producer, consumer]): Problem[] => {
    const [from] = rows.of(event, siteKey(producer))
    const [to] = rows.of(event, siteKey(consumer))
    if (from?.shape === undefined || to?.shape === undefined) return []
    const conflict = findConflict(from.shape, to.shape)
    if (conflict === undefined) return []
    const [sent, read] = [from, to].map((one) => placeOf(repository.workspace.read(one.file), one.start))
    if (sent === undefined || read === undefined) return []
    return [
      {
        code: 'payload-contradicts-itself',
        what: `\`${event}\` does not agree with itself: ${conflict}, at ${formatPlace(read)}`,
        why: `what is sent stands at ${formatPlace(sent)}; completing the event would spread one of the two`,
        fix: 'make the two agree, or give the fields with -f',
        place: read,
      },
    ]
  })
}

function findConflict(sent: Shape, read: Shape): string | undefined {
  for (const field of read) {
    const other = sent.find((one) => one.key === field.key)
    if (other === undefined && field.optional === false)
      return `it reads \`${field.key}\`, which is never sent`
    if (other !== undefined && findShapeDifference([bare(other)], [bare(field)], false) !== undefined)
      return `it reads \`${field.key}\` as another type than it is sent`
  }
  return undefined
}

/** A field by its type alone: null and missing are told apart by `check`. */
function bare({ key, type }: ShapeField): ShapeField {
  const inner: FieldType = type.kind === 'nullable' ? type.item : type
  return { key, type: inner, optional: undefined }
}

import { collision, type Failure, type Place, type Problem } from '../../errors.js'
import { ChannelFacts } from '../../facts/channel-facts.js'
import { ownEmits } from '../../facts/read-channel.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import { brokenFiles } from '../../ledger/unread.js'
import { findShapeDifference, type Shape, shapeOfFields, wireKey } from '../../payload/shape.js'
import type { Finding } from '../../rules/finding.js'
import { SITES } from '../../sites/registry.js'
import { type FieldChange, type Occurrence, type Site, siteKey } from '../../sites/site.js'
import type { FieldType } from '../../spec/field-type.js'
import type { FileWrite } from '../../workspace/diff.js'
import { placeOf } from '../../workspace/place.js'
import { findingsOf } from '../channel-findings.js'
import { disproved, prove } from '../proof.js'
import type { Staged } from './stage.js'

/**
 * Proves a change by surveying what was staged: whatever showed the payload shows the new one, no other event shows
 * anything else, and where none of the edits is, no byte of one differs.
 *
 * @returns a Failure 3 for places that say the field in a way that was not followed, 5 for anything else that does not
 *   hold, which is a bug of ours
 */
export function proveChange(
  before: Surveyed,
  after: Surveyed,
  change: FieldChange,
  staged: Staged,
): Failure | undefined {
  const files = staged.files.map(
    (file): FileWrite => ({
      before: before.repository.workspace.read(file),
      after: after.repository.workspace.read(file),
    }),
  )
  const subject = `the change of \`${change.event}\``
  const refuted = prove(subject, { before, after, files }, [])
  if (refuted !== undefined) return refuted
  const wrong = findWrongShapes(before, after, change)
  const bugs = [
    ...wrong.filter(({ isUnfollowed }) => !isUnfollowed).map(({ text }) => text),
    ...findTouched(before, after, change.event, staged),
  ]
  if (bugs.length === 0 && wrong.length > 0)
    return collision(...wrong.map((one) => sayUnfollowed(change, one)))
  return bugs.length === 0 ? undefined : disproved(subject, bugs)
}

/** A place whose payload is not the old one with the field changed. */
interface WrongShape {
  readonly text: string
  readonly place: Place
  /** Whether all that is wrong is the field itself, which is still the old one. */
  readonly isUnfollowed: boolean
}

function sayUnfollowed({ event }: FieldChange, { text, place }: WrongShape): Problem {
  return {
    code: 'place-not-followed',
    what: `\`${event}\` cannot be changed: ${text}`,
    why: 'how that place says the field is not followed; a change is made at every place or at none',
    fix: 'change that place by hand, then run the command again',
    place,
  }
}

function findWrongShapes(before: Surveyed, after: Surveyed, change: FieldChange): WrongShape[] {
  return SITES.filter((site) => site.payload === 'wire').flatMap((site) => {
    const had = before.rows.of(change.event, siteKey(site))
    const has = after.rows.of(change.event, siteKey(site))
    return had.flatMap((one, index): WrongShape[] => {
      if (one.shape === undefined) return []
      const place = placeOf(before.repository.workspace.read(one.file), one.start)
      const shape = has[index]?.shape
      const title = `the ${site.title} of \`${change.event}\``
      if (shape === undefined)
        return [{ text: `the payload of ${title} cannot be read`, place, isUnfollowed: false }]
      const difference = compare(one.shape, shape, change, site)
      const isUnfollowed = difference !== OTHERS
      return difference === undefined ? [] : [{ text: `in ${title} ${difference}`, place, isUnfollowed }]
    })
  })
}

const OTHERS = 'another field is not as it was'

function compare(
  had: Shape,
  has: Shape,
  { before, after, wireCase, direction }: FieldChange,
  site: Site,
): string | undefined {
  const old = before === undefined ? undefined : wireKey(before, wireCase)
  const key = after === undefined ? undefined : wireKey(after, wireCase)
  const others = (shape: Shape): string[] =>
    shape
      .filter((one) => one.key !== old && one.key !== key)
      .map(({ key: name, type, optional }) =>
        // Who reads a key says more of it, or less, by what stands around.
        JSON.stringify(site.role === 'consumes' ? name : [name, told(type), optional]),
      )
      .toSorted()
  if (others(had).join() !== others(has).join()) return OTHERS
  const isGone = old !== undefined && old !== key && has.some((one) => one.key === old)
  if (isGone) return `\`${old}\` is still there`
  const shown = has.find((one) => one.key === key)
  // What a place does not show, such as a branch that reads some of the keys, it need not.
  if (after === undefined || shown === undefined || site.role === 'consumes') return undefined
  const isTypeTold = before === undefined || old === key
  const isRequired = direction === 'client-to-server' && !after.optional && after.default === undefined
  if (isTypeTold && isRequired && before?.optional === true && shown.optional === true)
    return `\`${key}\` may still be left out`
  // Who tells a request leaves out what has a default, or gives it perhaps.
  const expected = shapeOfFields([after], wireCase).map((one) => ({
    ...one,
    optional: direction === 'client-to-server' ? undefined : one.optional,
  }))
  return isTypeTold ? findShapeDifference(expected, [shown], false) : undefined
}

/** Other events that show something else, or that are written otherwise where no edit is. */
function findTouched(before: Surveyed, after: Surveyed, event: string, staged: Staged): string[] {
  return before.rows
    .events()
    .filter((other) => other !== event)
    .flatMap((other) =>
      SITES.filter((site) => {
        const had = before.rows.of(other, siteKey(site))
        const has = after.rows.of(other, siteKey(site))
        return (
          had.length !== has.length ||
          had.some((one, index) => isOther(before, after, one, has[index], staged))
        )
      }).map((site) => `the ${site.title} of \`${other}\` would be another one`),
    )
}

function isOther(
  before: Surveyed,
  after: Surveyed,
  had: Occurrence,
  has: Occurrence | undefined,
  { edits }: Staged,
): boolean {
  if (has === undefined || JSON.stringify(shown(had)) !== JSON.stringify(shown(has))) return true
  const isEdited = (edits.get(had.file) ?? []).some((one) => had.start <= one.start && one.end <= had.end)
  const text = ({ repository }: Surveyed, { file, start, end }: Occurrence): string =>
    repository.workspace.read(file).text.slice(start, end)
  return !isEdited && text(before, had) !== text(after, has)
}

/** A type without the text of one that is not known, which may say the name of a parameter. */
function told(type: FieldType): FieldType {
  return type.kind === 'unknown' ? { ...type, raw: '' } : type
}

function shown({ shape }: Occurrence): unknown {
  return shape?.map(({ key, type, optional }) => [key, type, optional])
}

/** What `check` would say of the event that it does not say now. */
export function newFindings(before: Surveyed, after: Surveyed, { event, ...change }: FieldChange): Finding[] {
  const [old, key] = [change.before, change.after].map((one) =>
    one === undefined ? '' : wireKey(one, change.wireCase),
  )
  const nameOf = ({ rule, subject }: Finding): string => `${rule} ${subject}`
  const known = new Set(
    findingsAbout(before, event).flatMap((one) => [
      nameOf(one),
      nameOf({ ...one, subject: one.subject.replaceAll(old ?? '', key ?? '') }),
    ]),
  )
  return findingsAbout(after, event).filter((one) => !known.has(nameOf(one)))
}

function findingsAbout(context: Surveyed, event: string): Finding[] {
  const broken = new Set(brokenFiles(context).map((one) => one.place?.file ?? ''))
  const facts = new ChannelFacts(context, ownEmits(context), broken)
  return findingsOf(
    facts,
    facts.rows.filter((row) => row.event === event),
    true,
  )
}

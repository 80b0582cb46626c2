import type { Surveyed } from '../../ledger/surveyed.js'
import { REPORTED } from '../../sites/registry.js'
import { nameOf, placeOfRequirement } from '../../sites/requirements/missing-requirements.js'
import { type Half, type Occurrence, type Site, siteKey } from '../../sites/site.js'
import { placeOf } from '../../workspace/place.js'
import { describeBlocked } from '../blocked.js'
import type { Conditions } from '../resolve/condition.js'
import type { Change } from '../result.js'
import { carrierOf, type Decision, type HalfPlan } from './decide.js'
import { type Completed, findCompleted } from './stage.js'

/** What decisions are described by: the channel with what is written, or as it is where nothing is. */
interface Shown extends Surveyed {
  readonly isWritten: boolean
  readonly conditions: Conditions
}

/** One change a site, in the order they are reported, and one for each thing that a place which is there lacked. */
export function describeHalves(halves: readonly HalfPlan[], shown: Shown): Change[] {
  const completed = findCompleted(halves)
  return halves.flatMap(({ target, decisions }) =>
    REPORTED.flatMap((site) => {
      const own = decisions.get(siteKey(site))
      const decision = own?.kind === 'carried' ? carrierOf(site, halves) : own
      if (decision === undefined) return []
      const lacking = completed.filter((one) => one.target === target && one.site === site)
      return [
        describeSite(target, site, decision, shown),
        ...lacking.map((one) => describeCompleted(one, shown)),
      ]
    }),
  )
}

/** The occurrence that was not there. */
function newOne({ rows, spec }: Half, site: Site, all: readonly Occurrence[]): Occurrence | undefined {
  const known = rows.of(spec.names.snake, siteKey(site))
  const before = ({ file }: Occurrence): number => known.filter((one) => one.file === file).length
  const own = all.filter((one) => all.filter(({ file }) => file === one.file).length > before(one))
  return own.find((one) => !known.some(({ file, start }) => file === one.file && start === one.start))
}

/** Which of the occurrences is the send that was asked for and is there already; -1 where none was. */
function indexOfSent({ rows, spec, sentAt }: Half, site: Site): number {
  if (siteKey(site) !== 'python-send' || sentAt === undefined) return -1
  return rows.of(spec.names.snake, siteKey(site)).indexOf(sentAt)
}

function describeCompleted({ target, site, requirement }: Completed, shown: Shown): Change {
  const { repository, isWritten } = shown
  const verb = requirement.kind === 'python-export' ? 're-exported' : 'imported'
  const reason = `\`${nameOf(repository, requirement)}\` was not ${verb}`
  const shared = { site: site.id, event: target.spec.names.snake }
  return isWritten
    ? { ...shared, status: 'inserted', ...placeOfRequirement(repository, requirement), reason }
    : { ...shared, status: 'advised', file: requirement.file, reason: `${reason}; ${HELD_BACK}` }
}

const HELD_BACK = 'held back because something is blocked; --partial writes it'

function describeSite(target: Half, site: Site, decision: Decision, shown: Shown): Change {
  const { repository, rows, isWritten, conditions } = shown
  const event = target.spec.names.snake
  const shared = { site: site.id, event }
  if (decision.kind === 'not-needed') return { ...shared, status: 'not-needed', reason: decision.reason }
  if (decision.kind === 'blocked') {
    const { blocked } = decision
    return { ...shared, status: 'blocked', ...blocked.place, reason: describeBlocked(blocked) }
  }
  const all = rows.of(event, siteKey(site))
  const found =
    decision.kind === 'insert' ? newOne(target, site, all) : all[Math.max(0, indexOfSent(target, site))]
  const place = found === undefined ? {} : placeOf(repository.workspace.read(found.file), found.start)
  if (decision.kind !== 'insert') {
    const there = target.rows.of(event, siteKey(site))
    const isEdited = there.some((one) => conditions(site, one) === 'edited')
    return {
      ...shared,
      status: 'present',
      ...place,
      ...(isEdited ? { reason: 'edited by hand, and left so' } : {}),
    }
  }
  if (isWritten) return { ...shared, status: 'inserted', ...place, text: decision.text }
  return { ...shared, status: 'advised', file: decision.file, text: decision.text, reason: HELD_BACK }
}

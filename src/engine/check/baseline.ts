import { posix } from 'node:path'
import type { Place } from '../../errors.js'
import { groupBy } from '../../group.js'
import type { Finding } from '../../rules/finding.js'
import { upkeepFinding } from '../../rules/upkeep.js'
import type { BaselineEntry } from '../../settings/baseline-file.js'

/** A baseline as it was read: the entries, each with its place. */
export type Baseline = readonly { readonly entry: BaselineEntry; readonly place: Place }[]

/** What tells a finding apart without its lines and its folder, as one text: what is accepted stays so in a moved file. */
export function fingerprintOf(finding: Finding): string {
  return keyOf(entryOf(finding, 1))
}

function entryOf({ rule, event, place, subject }: Finding, count: number): BaselineEntry {
  const row = event === undefined ? {} : { channel: event.channel, event: event.name }
  return { rule, ...row, file: place.file, subject, count }
}

/** Of an event, whatever the file is called now; what belongs to none is told by the name of its file as well. */
function keyOf({ rule, channel, event, file, subject }: BaselineEntry): string {
  return JSON.stringify([rule, channel, event, event === undefined ? posix.basename(file) : null, subject])
}

/** The entries that accept these findings, equal ones of a file counted. */
export function acceptAll(findings: readonly Finding[]): BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>()
  for (const finding of findings) {
    const key = JSON.stringify([fingerprintOf(finding), finding.place.file])
    entries.set(key, entryOf(finding, (entries.get(key)?.count ?? 0) + 1))
  }
  return [...entries.values()]
}

/**
 * Takes out the findings that a baseline accepts, those in the file of an entry before those in another one.
 *
 * @param isJudged whether an entry's finding would have been found if it were there; others are not stale
 */
export function accept(
  findings: readonly Finding[],
  baseline: Baseline,
  isJudged: (entry: BaselineEntry) => boolean,
): { readonly kept: Finding[]; readonly accepted: Finding[]; readonly upkeep: Finding[] } {
  const entries = baseline.map(({ entry, place }) => ({ entry, place, key: keyOf(entry), left: entry.count }))
  const byKey = groupBy(entries, ({ key }) => key)
  const taken = new Set<Finding>()
  for (const isSameFile of [true, false]) {
    for (const finding of findings.filter((one) => !taken.has(one))) {
      const taker = byKey
        .get(fingerprintOf(finding))
        ?.find((one) => one.left > 0 && (!isSameFile || one.entry.file === finding.place.file))
      if (taker === undefined) continue
      taker.left -= 1
      taken.add(finding)
    }
  }
  return {
    kept: findings.filter((one) => !taken.has(one)),
    accepted: findings.filter((one) => taken.has(one)),
    upkeep: entries
      .filter(({ entry, left }) => left > 0 && isJudged(entry))
      .map(({ entry, left, place }) => staleEntry(entry, left, place)),
  }
}

function staleEntry(entry: BaselineEntry, unused: number, place: Place): Finding {
  const { rule, channel, event, file, subject } = entry
  const row = channel === undefined || event === undefined ? {} : { event: { channel, name: event } }
  const name = event === undefined ? '' : ` of \`${event}\``
  const times = entry.count > 1 ? `${unused} of ${entry.count} times ` : ''
  return upkeepFinding('stale-baseline-entry', {
    ...row,
    subject: `${rule} ${subject}`,
    place,
    what: `\`${rule}\`${name} (\`${subject}\`) in \`${file}\` is ${times}accepted and no longer found`,
    why: 'the baseline would accept it without a word if it came back',
    fix: 'take it out of the baseline: cachibot-ws check --write-baseline',
  })
}

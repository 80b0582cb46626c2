import type { Place } from '../../errors.js'
import type { Finding } from '../../rules/finding.js'
import { upkeepFinding } from '../../rules/upkeep.js'
import type { BaselineEntry } from '../../settings/baseline-file.js'

/** A baseline as it was read: the entries, each with its place. */
export type Baseline = readonly { readonly entry: BaselineEntry; readonly place: Place }[]

/** What tells a finding apart without its lines, as one text. */
export function fingerprintOf(finding: Finding): string {
  return keyOf(entryOf(finding, 1))
}

function entryOf({ rule, event, place, subject }: Finding, count: number): BaselineEntry {
  const row = event === undefined ? {} : { channel: event.channel, event: event.name }
  return { rule, ...row, file: place.file, subject, count }
}

function keyOf({ rule, channel, event, file, subject }: BaselineEntry): string {
  return JSON.stringify([rule, channel ?? null, event ?? null, file, subject])
}

/** The entries that accept these findings, equal ones counted. */
export function acceptAll(findings: readonly Finding[]): BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>()
  for (const finding of findings) {
    const key = fingerprintOf(finding)
    entries.set(key, entryOf(finding, (entries.get(key)?.count ?? 0) + 1))
  }
  return [...entries.values()]
}

/**
 * Takes out the findings that a baseline accepts.
 *
 * @param isInScope whether an entry is about what was checked; the others are not stale but unasked
 */
export function accept(
  findings: readonly Finding[],
  baseline: Baseline,
  isInScope: (entry: BaselineEntry) => boolean,
): { readonly kept: Finding[]; readonly accepted: Finding[]; readonly upkeep: Finding[] } {
  const left = new Map<string, number>()
  for (const { entry } of baseline) left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) + entry.count)
  const kept: Finding[] = []
  const accepted: Finding[] = []
  for (const finding of findings) {
    const key = fingerprintOf(finding)
    const count = left.get(key) ?? 0
    if (count > 0) left.set(key, count - 1)
    ;(count > 0 ? accepted : kept).push(finding)
  }
  const upkeep = baseline.flatMap(({ entry, place }) => {
    const key = keyOf(entry)
    const unused = Math.min(left.get(key) ?? 0, entry.count)
    left.set(key, (left.get(key) ?? 0) - unused)
    return unused > 0 && isInScope(entry) ? [staleEntry(entry, unused, place)] : []
  })
  return { kept, accepted, upkeep }
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

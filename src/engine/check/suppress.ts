import { findNearest, type Place } from '../../errors.js'
import type { Finding } from '../../rules/finding.js'
import { upkeepFinding } from '../../rules/upkeep.js'
import type { Suppression } from './suppressions.js'

/** A finding that a comment at one of its ends takes out. */
export interface Suppressed {
  readonly finding: Finding
  readonly reason: string
}

/**
 * Takes out the findings that a comment suppresses at either end.
 *
 * @param options.rules the ids that a comment can name
 * @param options.isWhole whether every event was checked; otherwise a comment may be about one that was not
 * @returns what is left, what was taken out, and what is wrong with the comments themselves
 */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  { rules, isWhole }: { readonly rules: readonly string[]; readonly isWhole: boolean },
): { readonly kept: Finding[]; readonly suppressed: Suppressed[]; readonly upkeep: Finding[] } {
  const kept: Finding[] = []
  const suppressed: Suppressed[] = []
  const used = new Map<Suppression, Set<string>>()
  for (const finding of findings) {
    const takers = suppressions.filter((one) => one.rules.includes(finding.rule) && isAbout(one, finding))
    for (const one of takers) used.set(one, (used.get(one) ?? new Set()).add(finding.rule))
    const taker = takers.find((one) => one.reason !== '')
    if (taker === undefined) kept.push(finding)
    else suppressed.push({ finding, reason: taker.reason })
  }
  const upkeep = suppressions
    .filter((one) => isWhole || findings.some((finding) => isAbout(one, finding)))
    .flatMap((one) => [
      ...findUnknown(one, rules),
      ...(one.reason === '' ? [withoutReason(one)] : findUnused(one, rules, used.get(one) ?? new Set())),
    ])
  return { kept, suppressed, upkeep }
}

function isAbout({ place, line }: Suppression, finding: Finding): boolean {
  const isThere = (end: Place): boolean => end.file === place.file && end.line === line
  return isThere(finding.place) || finding.related.some(isThere)
}

function findUnknown({ rules: named, place }: Suppression, rules: readonly string[]): Finding[] {
  if (named.length === 0) {
    return [
      upkeepFinding('suppression-of-unknown-rule', {
        subject: '',
        place,
        what: 'the comment names no rule',
        why: 'it ignores nothing, although it reads as if it did',
        fix: 'name the rule in brackets: cachibot-ws: ignore[rule-id] reason',
      }),
    ]
  }
  return named
    .filter((id) => !rules.includes(id))
    .map((id) => {
      const nearest = findNearest(id, rules)
      return upkeepFinding('suppression-of-unknown-rule', {
        subject: id,
        place,
        what: `\`${id}\` is no rule`,
        why: 'the comment ignores nothing by that name',
        fix:
          nearest === undefined ? 'see what there is: cachibot-ws explain' : `did you mean \`${nearest}\`?`,
      })
    })
}

function withoutReason({ rules, place }: Suppression): Finding {
  return upkeepFinding('suppression-without-reason', {
    subject: rules.join(', '),
    place,
    what: `the comment that ignores \`${rules.join(', ')}\` gives no reason`,
    why: 'nobody can tell later whether it still holds, so it ignores nothing',
    fix: 'say why behind the bracket',
  })
}

function findUnused({ rules, place }: Suppression, known: readonly string[], used: Set<string>): Finding[] {
  return rules
    .filter((id) => known.includes(id) && !used.has(id))
    .map((id) =>
      upkeepFinding('unused-suppression', {
        subject: id,
        place,
        what: `the comment ignores \`${id}\`, which is not found here`,
        why: 'it would hide the finding if it came back',
        fix: 'remove the comment',
      }),
    )
}

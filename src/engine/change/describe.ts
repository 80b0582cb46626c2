import { formatPlace, type Place } from '../../errors.js'
import type { Repository } from '../../layout/repository.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import { REPORTED } from '../../sites/registry.js'
import { type FieldChange, isSiteOf, type SiteId, siteKey } from '../../sites/site.js'
import { placeOf } from '../../workspace/place.js'
import type { Change, Status } from '../result.js'
import type { Decided } from './decide.js'
import type { Staged } from './stage.js'

/** What is told of one place: where it is as long as nothing is written, and then where it is in the new file. */
export interface Told {
  readonly site: SiteId
  readonly event: string
  readonly status: Status
  readonly file: string
  readonly start: number
  readonly reason: string | undefined
}

/** What is left to people: with its place, where it is about one, which moves as that of what is told. */
export interface Advice {
  readonly text: string
  readonly at: Located | undefined
}

interface Located {
  readonly file: string
  readonly start: number
}

/** What a step is told of: every place that was decided, and those of the row that have nothing to do with fields. */
export function tell(
  context: Surveyed,
  { event, direction }: FieldChange,
  decided: readonly Decided[],
): Told[] {
  const own = decided.map(({ site, outcome }): Told => {
    const { file, start, reason } = outcome
    return { site, event, status: outcome.kind, file, start, reason }
  })
  const silent = REPORTED.filter(
    (site) => isSiteOf(site, direction) && !own.some((one) => one.site === site.id),
  )
  const others = silent.flatMap((site) =>
    context.rows.of(event, siteKey(site)).map(
      ({ file, start }): Told => ({
        site: site.id,
        event,
        status: 'present',
        file,
        start,
        reason: undefined,
      }),
    ),
  )
  return [...own, ...others]
}

/** What was told, once the files are as they were staged. */
export function move(told: readonly Told[], { moved }: Pick<Staged, 'moved'>): Told[] {
  return told.map((one) => ({ ...one, start: moved(one.file, one.start) }))
}

/** Advice, once the files are as they were staged. */
export function moveAdvice(advice: readonly Advice[], { moved }: Pick<Staged, 'moved'>): Advice[] {
  return advice.map(({ text, at }) => ({
    text,
    at: at === undefined ? undefined : { file: at.file, start: moved(at.file, at.start) },
  }))
}

/** What is left to people, with the place where it stands in the end. */
export function adviceIn(repository: Repository, advice: readonly Advice[]): string[] {
  return advice.map(({ text, at }) => {
    const { file, line } = at === undefined ? {} : placeAt(repository, at)
    return file === undefined
      ? text
      : `${formatPlace({ file, ...(line === undefined ? {} : { line }) })}: ${text}`
  })
}

/** What was told, each place once and in the order of the report. */
export function describe(repository: Repository, told: readonly Told[]): Change[] {
  const ordered = REPORTED.map((site) => site.id)
  const changes = told
    .toSorted((a, b) => ordered.indexOf(a.site) - ordered.indexOf(b.site))
    .map(({ site, event, status, reason, ...at }): Change => {
      return { site, event, status, ...placeAt(repository, at), ...(reason === undefined ? {} : { reason }) }
    })
  // A place that one step changes and another leaves alone is a changed one.
  return changes.filter((one, index) => {
    const same = changes.filter(
      (other) =>
        other.site === one.site &&
        other.file === one.file &&
        other.line === one.line &&
        other.reason === one.reason,
    )
    const best = same.find((other) => other.status === 'changed') ?? same[0]
    return best === one || changes.indexOf(best as Change) === index
  })
}

function placeAt(repository: Repository, { file, start }: Located): Place {
  const source = repository.findAside(file)
  return source === undefined ? { file } : placeOf(source, start)
}

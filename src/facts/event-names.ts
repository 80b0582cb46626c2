import { takenAway } from '../channel/receiving.js'
import { typescript } from '../lang/typescript/language.js'
import { findReferences } from '../ledger/references.js'
import type { SurveyContext } from '../sites/site.js'

/** Where the frontend itself says the name of an event in a string, but as a member of the union or a case of the hook. */
export function partsThatSay(
  { repository, layout, channel, rows }: SurveyContext,
  event: string,
): ('hook' | 'client')[] {
  const own = [...rows.of(event, 'ts-union-member'), ...rows.of(event, 'ts-hook-case')]
  const said = findReferences(repository, [event], {
    folder: `${layout.frontend.folder}/src`,
    extensions: typescript.extensions,
    withTests: false,
  }).filter(
    (one) =>
      one.isString &&
      !own.some((site) => site.file === one.file && site.start <= one.start && one.end <= site.end),
  )
  return (['hook', 'client'] as const).filter((part) => said.some((one) => one.file === channel[part]?.file))
}

/** Whether the hook or the client takes an event in front of the switch, so that it needs no case. */
export function isTakenBefore(context: SurveyContext, event: string): boolean {
  return takenAway(context, event) !== undefined
}

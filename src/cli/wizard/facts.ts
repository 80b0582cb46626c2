import type { ChannelChoice, StoreChoice } from '../../engine/choices.js'
import type { EventPlan } from '../../engine/result.js'
import type { Problem, ProblemWords } from '../../errors.js'
import type { Shown } from '../../report/shown/shown.js'
import type { SpecInput } from '../../spec/event-spec.js'
import type { Answers } from './answers.js'

/** What the wizard knows of the checkout. Everything that it asks follows from the answers and these. */
export interface Facts {
  readonly channels: readonly ChannelChoice[]
  readonly stores: readonly StoreChoice[]
  readonly backend: EmitPlaces
  /** Whether the run is to write, or only to show what it would. */
  readonly isDryRun: boolean
  /** The plan of an event, or what is wrong with it. Nothing is written. */
  plan(input: SpecInput): Planned
  /** The plan in words: each file with its new lines, and what is left to people. */
  describe(planned: Planned): Shown
  /** Why a new file cannot be made at a path. */
  findSaveProblem(path: string): ProblemWords | undefined
}

/** Where the server could send an event from. */
export interface EmitPlaces {
  /** The Python files of the backend. */
  files(): readonly string[]
  /** The classes and functions of one of them, each by its path: `Board.call`. */
  names(file: string): readonly string[]
}

export type Planned = EventPlan | { readonly problems: readonly Problem[] }

/** The channel that an event is of: the one that was said, the only one that has it, else the usual one. */
export function channelOf(
  { channels }: Pick<Facts, 'channels'>,
  { channel, name = '' }: Pick<Answers, 'channel' | 'name'>,
): ChannelChoice | undefined {
  const having = channel === undefined ? channels.filter(({ events }) => events.includes(name)) : []
  const id = having.length === 1 ? having[0]?.id : (channel ?? 'main')
  return channels.find((one) => one.id === id) ?? channels[0]
}

/** Whether the event is there already, and is to be completed. */
export function isKnown(answers: Pick<Answers, 'channel' | 'name'>, facts: Pick<Facts, 'channels'>): boolean {
  return channelOf(facts, answers)?.events.includes(answers.name ?? '') === true
}

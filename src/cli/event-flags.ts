import { orThrow } from '../errors.js'
import { buildSpec, parseFieldFlags, type SpecInput } from '../spec/event-spec.js'
import type { GlobalFlags } from './context.js'
import type { Answers } from './wizard/answers.js'
import { fieldsOfFlags } from './wizard/fields.js'

/** The flags of `add-event`. */
export interface AddEventFlags extends GlobalFlags {
  readonly field?: readonly string[]
  readonly direction?: string
  readonly request?: string
  readonly requestField?: readonly string[]
  readonly channel?: string
  readonly description?: string
  readonly store?: string
  readonly storeAs?: string
  readonly emit?: string
  readonly emitIn?: string
  readonly spec?: string
  readonly dryRun?: boolean
  readonly diff?: boolean
  readonly partial?: boolean
}

/** The flags of `change-event`. */
export interface ChangeEventFlags extends GlobalFlags {
  readonly addField?: readonly string[]
  readonly removeField?: readonly string[]
  readonly renameField?: readonly string[]
  readonly setType?: readonly string[]
  readonly pass?: readonly string[]
  readonly description?: string
  readonly channel?: string
  readonly dryRun?: boolean
  readonly diff?: boolean
}

/**
 * What flags say of an event without a name, as answers of the wizard.
 *
 * @throws Failure with exit code 2 for what no event could have
 */
export function readAnswers(flags: AddEventFlags): Answers {
  const { direction } = orThrow(buildSpec({ name: STAND_IN, ...readOverrides(flags) }))
  return {
    fields: fieldsOfFlags(flags.field ?? []),
    requestFields: fieldsOfFlags(flags.requestField ?? []),
    ...(direction === undefined ? {} : { direction }),
    ...given({
      requestName: flags.request,
      channel: flags.channel,
      description: flags.description,
      store: flags.store,
      storeAs: flags.storeAs,
      emit: flags.emit,
      emitIn: flags.emitIn,
    }),
  }
}

/** A name that every event can have: flags are checked with it before the first question. */
const STAND_IN = 'seat_taken'

/** What flags say of an event, its name aside. */
export function readOverrides(flags: AddEventFlags): Partial<SpecInput> {
  const store = given({ hook: flags.store, as: flags.storeAs })
  const emit = given({ to: flags.emit, in: flags.emitIn })
  const request =
    flags.request === undefined && flags.requestField === undefined
      ? undefined
      : {
          ...(flags.request === undefined ? {} : { name: flags.request }),
          ...(flags.requestField === undefined
            ? {}
            : { payload: parseFieldFlags(flags.requestField, '--request-field') }),
        }
  return {
    ...(flags.direction === undefined ? {} : { direction: flags.direction }),
    ...(flags.channel === undefined ? {} : { channel: flags.channel }),
    ...(flags.description === undefined ? {} : { description: flags.description }),
    ...(flags.field === undefined ? {} : { payload: parseFieldFlags(flags.field) }),
    ...(request === undefined ? {} : { request }),
    ...(store === undefined ? {} : { store }),
    ...(emit === undefined ? {} : { emit }),
  }
}

/** What is there of an object; undefined where nothing is. */
function given<T extends object>(object: T): Partial<T> | undefined {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Partial<T>)
}

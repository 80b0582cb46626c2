import { resolve } from 'node:path'
import { type Failure, orThrow, wrongInput } from '../errors.js'
import { buildSpec, type EventSpec, parseFieldFlags, type SpecInput } from '../spec/event-spec.js'
import { buildSpecFromFile } from '../spec/spec-file.js'
import { placeInSpec } from '../spec/spec-places.js'
import { decodeText, readText } from '../workspace/read-text.js'
import { createSource } from '../workspace/source.js'
import type { GlobalFlags, World } from './context.js'
import type { Answers } from './wizard/answers.js'

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
  readonly partial?: boolean
}

/**
 * What flags say of an event without a name, as answers of the wizard.
 *
 * @throws Failure with exit code 2 for what no event could have
 */
export function readAnswers(flags: AddEventFlags): Answers {
  const { direction } = orThrow(buildSpec({ name: STAND_IN, ...readOverrides(flags) }))
  return {
    fields: flags.field ?? [],
    requestFields: flags.requestField ?? [],
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

/** A spec, and what the repository has against it with the places of the file it came from. */
export interface Given {
  readonly spec: EventSpec
  place(failure: Failure): Failure
}

/** The spec that flags and file give; undefined when not even a name is given. */
export async function readSpec(
  world: World,
  name: string | undefined,
  flags: AddEventFlags,
): Promise<Given | undefined> {
  const overrides = readOverrides(flags)
  if (flags.spec === undefined) {
    if (name === undefined) return undefined
    return { spec: orThrow(buildSpec({ name, ...overrides })), place: (failure) => failure }
  }
  for (const [option, value] of [
    ['--field', flags.field],
    ['--request-field', flags.requestField],
  ] as const) {
    if (value === undefined) continue
    throw wrongInput({
      what: `fields are given both by ${option} and by --spec`,
      fix: 'put them all into the spec file',
    })
  }
  const file = flags.spec === '-' ? 'stdin' : flags.spec
  const text = await readSpecText(world, flags.spec)
  const spec = orThrow(buildSpecFromFile(text, file, overrides))
  if (name !== undefined && name !== spec.names.snake) {
    throw wrongInput({
      what: `the event is named \`${name}\` on the command line and \`${spec.names.snake}\` in the spec`,
      fix: 'give the name in one place',
      place: { file },
    })
  }
  return { spec, place: (failure) => placeInSpec(failure, text, file) }
}

/** What flags say of an event, its name aside. */
function readOverrides(flags: AddEventFlags): Partial<SpecInput> {
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

async function readSpecText(world: World, file: string): Promise<string> {
  if (file === '-') return createSource('stdin', orThrow(decodeText(await world.readStdin(), 'stdin'))).text
  const path = resolve(world.cwd, file)
  const kind = world.disk.stat(path)?.kind
  if (kind === 'other') {
    throw wrongInput({
      what: `the spec file \`${file}\` is a pipe or a device, and is not read`,
      why: 'only regular files are read',
      fix: 'give the spec on stdin: --spec - < FILE, or COMMAND | cachibot-ws add-event --spec -',
      place: { file },
    })
  }
  const content = kind === 'folder' ? undefined : orThrow(readText(world.disk, path, file))
  if (content === undefined)
    throw wrongInput({ what: `the spec file \`${file}\` does not exist`, place: { file } })
  return createSource(file, content).text
}

import { resolve } from 'node:path'
import { type Failure, orThrow, wrongInput } from '../errors.js'
import { buildSpec, type EventSpec } from '../spec/event-spec.js'
import { buildSpecFromFile } from '../spec/spec-file.js'
import { placeInSpec } from '../spec/spec-places.js'
import { decodeText, readText } from '../workspace/read-text.js'
import { createSource } from '../workspace/source.js'
import type { World } from './context.js'
import { type AddEventFlags, readOverrides } from './event-flags.js'

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
      code: 'contradicting-options',
      what: `fields are given both by ${option} and by --spec`,
      fix: 'put them all into the spec file',
    })
  }
  const file = flags.spec === '-' ? 'stdin' : flags.spec
  const text = await readSpecText(world, flags.spec)
  const spec = orThrow(buildSpecFromFile(text, file, overrides))
  if (name !== undefined && name !== spec.names.snake) {
    throw wrongInput({
      code: 'contradicting-options',
      what: `the event is named \`${name}\` on the command line and \`${spec.names.snake}\` in the spec`,
      fix: 'give the name in one place',
      place: { file },
    })
  }
  return { spec, place: (failure) => placeInSpec(failure, text, file) }
}

async function readSpecText(world: World, file: string): Promise<string> {
  if (file === '-') return createSource('stdin', orThrow(decodeText(await world.readStdin(), 'stdin'))).text
  const path = resolve(world.cwd, file)
  const kind = world.disk.stat(path)?.kind
  if (kind === 'other') {
    throw wrongInput({
      code: 'file-not-readable',
      what: `the spec file \`${file}\` is a pipe or a device, and is not read`,
      why: 'only regular files are read',
      fix: 'give the spec on stdin: --spec - < FILE, or COMMAND | cachibot-ws add-event --spec -',
      place: { file },
    })
  }
  const content = kind === 'folder' ? undefined : orThrow(readText(world.disk, path, file))
  if (content === undefined)
    throw wrongInput({
      code: 'file-not-found',
      what: `the spec file \`${file}\` does not exist`,
      place: { file },
    })
  return createSource(file, content).text
}

import { resolve } from 'node:path'
import { orThrow, wrongInput } from '../errors.js'
import { buildSpec } from '../spec/event-spec.js'
import { readSpecFile, type SpecPart } from '../spec/spec-file.js'
import { decodeText, readText } from '../workspace/read-text.js'
import { createSource } from '../workspace/source.js'
import type { World } from './context.js'
import { type AddEventFlags, readOverrides } from './event-flags.js'

/** The specs that flags and file give, one or several; undefined when not even a name is given. */
export async function readSpecs(
  world: World,
  name: string | undefined,
  flags: AddEventFlags,
): Promise<readonly SpecPart[] | undefined> {
  const overrides = readOverrides(flags)
  if (flags.spec === undefined) {
    if (name === undefined) return undefined
    return [{ spec: orThrow(buildSpec({ name, ...overrides })), place: (failure) => failure }]
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
  const specs = orThrow(
    readSpecFile(text, file, (count) => {
      if (count > 1) assertForSeveral(name, flags, file)
      return overrides
    }),
  )
  const [only, ...others] = specs
  const isAlone = only !== undefined && others.length === 0
  if (isAlone && name !== undefined && name !== only.spec.names.snake) {
    throw wrongInput({
      code: 'contradicting-options',
      what: `the event is named \`${name}\` on the command line and \`${only.spec.names.snake}\` in the spec`,
      fix: 'give the name in one place',
      place: { file },
    })
  }
  return specs
}

/** What is one event's own cannot be said of all that a file has. */
function assertForSeveral(name: string | undefined, flags: AddEventFlags, file: string): void {
  const own = [
    ['a name', name],
    ['--description', flags.description],
    ['--request', flags.request],
  ] as const
  const given = own.filter(([, value]) => value !== undefined).map(([option]) => option)
  if (given.length === 0) return
  throw wrongInput({
    code: 'contradicting-options',
    what: `the spec file has several events, and ${given.join(' and ')} can be said of one only`,
    fix: 'say it in the file',
    place: { file },
  })
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

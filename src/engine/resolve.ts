import { collision, formatPlace, type Problem, wrongInput } from '../errors.js'
import type { Channel, Layout, StoreRef } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import type { Ledger } from '../ledger/ledger.js'
import { chooseEmit } from '../sites/parts/emit.js'
import { resolveNamedTypes } from '../sites/parts/named-types.js'
import { placeOf } from '../sites/parts/place.js'
import { readWireCase } from '../sites/parts/python-envelope.js'
import { findShapeDifference, type Shape, type WireCase, wireKey } from '../sites/parts/shape.js'
import { defaultStore, findHome } from '../sites/parts/ts-store.js'
import { SITES } from '../sites/registry.js'
import { siteKey, type Target } from '../sites/site.js'
import type { EventSpec } from '../spec/event-spec.js'
import { type Field, printField } from '../spec/field-type.js'
import { camelToSnake, NAME_PATTERN, proposeName, snakeToCamel } from '../spec/names.js'
import { unknownChoice } from '../spec/reserved.js'

/** The channels whose events this version writes. */
const WRITTEN_CHANNELS = ['main']

/**
 * The channel of a spec.
 *
 * @throws Failure with exit code 2 for one that was not discovered or is not written by this version
 */
export function resolveChannel(repository: Repository, layout: Layout, id: string): Channel {
  const channel = layout.channels.find((one) => one.id === id)
  if (channel === undefined)
    throw wrongInput(...repository.unreadable.values(), missingChannel(repository, layout, id))
  if (WRITTEN_CHANNELS.includes(id)) return channel
  throw wrongInput({
    what: `events of the channel \`${id}\` are not written by this version`,
    why: `it completes events of ${WRITTEN_CHANNELS.join(', ')} only`,
    fix: 'leave out --channel, or write the event by hand',
  })
}

function missingChannel(repository: Repository, layout: Layout, id: string): Problem {
  if (!WRITTEN_CHANNELS.includes(id)) {
    const known = layout.channels.map((one) => one.id)
    return unknownChoice('channel of this repository', id, known)
  }
  const { folder } = layout.backend
  const candidates = repository.search(
    folder,
    ['.py'],
    (text) => /\bWSMessage(Type)?\b/.test(text) && /^class /m.test(text),
  )
  const broken = candidates
    .map((file) => repository.python(file))
    .find((module) => module.syntaxErrors.length > 0)
  const place = broken === undefined ? undefined : placeOf(broken.source, broken.syntaxErrors[0] ?? 0)
  return {
    what: `the channel \`${id}\` was not found in \`${folder}\``,
    why: `looked for \`class WSMessageType(str, Enum)\` and a class with the fields \`type: WSMessageType\` and \`payload\`${
      place === undefined ? '' : `; nearest: \`${place.file}\`, which has a syntax error`
    }`,
    fix: place === undefined ? 'see what was found: cachibot-ws info --verbose' : 'mend the syntax error',
    ...(place === undefined ? {} : { place }),
  }
}

/**
 * Resolves a spec against a repository: the fields an existing event has, the wire case, the store, the way
 * it is sent.
 *
 * @throws Failure 2 for an unknown store, 3 where the event exists with another shape or direction
 */
export function resolveTarget(
  repository: Repository,
  layout: Layout,
  channel: Channel,
  ledger: Ledger,
  spec: EventSpec,
): Target {
  const context = { repository, layout, channel, rows: ledger }
  assertDirection(context, spec)
  const wireCase = readWireCase(repository, channel)
  const fields = spec.fields ?? adoptFields(ledger, spec.names.snake, wireCase)
  const target: Target = {
    ...context,
    spec,
    fields,
    wireCase,
    namedTypes: resolveNamedTypes(repository, layout, channel, fields),
    store: resolveStore(context, spec),
    emit: chooseEmit({ repository, channel, spec }),
  }
  assertKeys(fields, wireCase)
  assertShapes(target)
  return target
}

function resolveStore(
  context: Pick<Target, 'repository' | 'layout' | 'channel' | 'rows'>,
  spec: EventSpec,
): StoreRef | undefined {
  const { repository, layout, channel } = context
  const { hook } = spec.store
  const home = findHome(context, spec.names.snake)
  if (hook !== undefined) {
    if (hook === 'none' || hook.startsWith('new:')) {
      throw wrongInput({
        what: `\`--store ${hook}\` is not written by this version`,
        fix: `name an existing store: ${layout.stores.map((store) => store.hook).join(', ')}`,
      })
    }
    const found = layout.stores.find((store) => store.hook === hook)
    if (found === undefined)
      throw wrongInput(
        unknownChoice(
          'store of this repository',
          hook,
          layout.stores.map((store) => store.hook),
        ),
      )
    if (home !== undefined && home.store.hook !== hook) {
      throw collision({
        what: `\`${spec.names.snake}\` already keeps its state in \`${home.store.hook}\``,
        why: `its \`${home.action}\` is there`,
        fix: `leave out --store, or give --store ${home.store.hook}`,
        place: { file: home.store.file },
      })
    }
    return found
  }
  if (home !== undefined) return home.store
  return defaultStore(repository, layout, channel)
}

/** The fields of an event that is there already, as its factory or its interface shows them. */
function adoptFields(ledger: Ledger, event: string, wireCase: WireCase): readonly Field[] {
  const shape: Shape | undefined =
    ledger.of(event, 'python-factory')[0]?.shape ?? ledger.of(event, 'ts-payload-interface')[0]?.shape
  return (shape ?? []).map((one) => {
    const snake = one.parameter?.replace(/_$/, '') ?? camelToSnake(one.key)
    const name = NAME_PATTERN.test(snake) ? snake : (proposeName(one.key) ?? 'value')
    const derived = wireCase === 'camel' ? snakeToCamel(name) : name
    return { name, type: one.type, optional: one.optional, ...(derived === one.key ? {} : { wire: one.key }) }
  })
}

/** @throws Failure with exit code 2 when two fields have one key on the wire of the channel. */
function assertKeys(fields: readonly Field[], wireCase: WireCase): void {
  const names = new Map<string, string>()
  for (const field of fields) {
    const key = wireKey(field, wireCase)
    const other = names.get(key)
    if (other !== undefined) {
      throw wrongInput({
        what: `the fields \`${other}\` and \`${field.name}\` have the same wire key \`${key}\``,
        fix: 'give one of them another `wire`',
      })
    }
    names.set(key, field.name)
    const { type } = field
    const inner = type.kind === 'list' || type.kind === 'nullable' ? type.item : type
    if (inner.kind === 'object') assertKeys(inner.fields, wireCase)
  }
}

/** @throws Failure with exit code 3 when a site shows another payload than the spec has. */
function assertShapes(target: Target): void {
  const problems: Problem[] = []
  for (const site of SITES) {
    for (const found of target.rows.of(target.spec.names.snake, siteKey(site))) {
      if (site.shape === undefined || found.shape === undefined || target.spec.fields === undefined) continue
      const difference = findShapeDifference(site.shape(target), found.shape, site.id.startsWith('python'))
      if (difference === undefined) continue
      const source = target.repository.workspace.read(found.file)
      const shown = found.shape
        .map((one) => `${one.key}: ${printField({ name: one.key, ...one })}`)
        .join(', ')
      problems.push({
        what: `\`${target.spec.names.snake}\` exists with another payload: in its ${site.title} ${difference}`,
        why: `asked for { ${target.fields.map((field) => `${field.name}: ${printField(field)}`).join(', ')} }, there is { ${shown} }; an event that exists is completed, never replaced`,
        fix: `leave out the fields to complete it as it is, or use another name`,
        place: placeOf(source, found.start),
      })
    }
  }
  if (problems.length > 0) throw collision(...problems)
}

/** @throws Failure with exit code 3 when everything that is there says the client sends the event. */
function assertDirection(
  { repository, channel, rows }: Pick<Target, 'repository' | 'channel' | 'rows'>,
  spec: EventSpec,
): void {
  const event = spec.names.snake
  const isServerEvent = (['python-factory', 'python-send', 'ts-hook-case'] as const).some(
    (site) => rows.of(event, site).length > 0,
  )
  const member = rows.of(event, 'python-enum-member')[0]?.links?.name
  if (isServerEvent) return
  const evidence: { file: string; pattern: RegExp; what: string }[] = []
  if (channel.handler !== undefined && member !== undefined) {
    const pattern = new RegExp(`(==|case)\\s*${channel.enum.name}\\.${member}(?![A-Za-z0-9_])`)
    evidence.push({ file: channel.handler.file, pattern, what: 'the handler reads it from the client' })
  }
  if (channel.client !== undefined) {
    evidence.push({
      file: channel.client.file,
      pattern: new RegExp(`\\bsend\\w*\\(\\s*['"]${event}['"]`),
      what: 'the client sends it',
    })
  }
  for (const { file, pattern, what } of evidence) {
    const source = repository.workspace.read(file)
    const match = pattern.exec(source.text)
    if (match === null) continue
    const place = placeOf(source, match.index)
    throw collision({
      what: `\`${event}\` is a client-to-server event here: ${what} at ${formatPlace(place)}`,
      why: 'one name cannot go both ways',
      fix: `use another name, for example \`${event}_result\``,
      place,
    })
  }
}

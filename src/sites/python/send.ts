import { findEmits } from '../../channel/emits.js'
import { findArgument } from '../../channel/handler.js'
import { localsOf } from '../../lang/python/branches.js'
import { type Doc, type Page, printDoc, printDocstring, printString } from '../../lang/python/print.js'
import { boundNames, classesOf } from '../../lang/python/query.js'
import type { ManagerMethod } from '../../layout/layout.js'
import { pageAt, readPythonStyle } from '../../layout/style.js'
import { type PythonParameter, parameterName, pythonNeeds, pythonParameters } from '../../payload/python.js'
import type { Field } from '../../spec/field-type.js'
import { withArticle } from '../../spec/names.js'
import { placeOf } from '../../workspace/place.js'
import { nearestTo } from '../anchors/nearest.js'
import { wholeBlock } from '../anchors/whole.js'
import { factoryCall, isEmitOf } from '../naming.js'
import { moduleOf, namedPythonImports } from '../requirements/named-types.js'
import { loggerNeeds, loggerOf, missingParameters, printFactoryCall, printSend } from '../send/call.js'
import { findHidden, senderAt } from '../send/sender.js'
import { findEmitUnit } from '../send/unit.js'
import { findSources } from '../send/values.js'
import {
  type EmitPlace,
  type Half,
  NO_LEEWAY,
  NoView,
  type Occurrence,
  type Requirement,
  type Site,
} from '../site.js'

declare module '../site.js' {
  interface SitesByKey {
    'python-send': Site
  }
}

/**
 * The place where the server sends the event: any use of its factory counts; a new one gets a helper beside
 * the channel's manager, or goes where `--emit-in` says.
 *
 *     + async def send_seat_taken(client_id: str, seat_id: str) -> None:
 *     +     """Send a seat_taken message to one client."""
 *     +     await manager.send(client_id, WSMessage.seat_taken(seat_id=seat_id))
 */
export const pythonSend: Site = {
  id: 'python-send',
  title: 'send',
  template: 'python-send',
  side: 'server',
  direction: 'server-to-client',
  role: 'produces',
  payload: 'none',
  linked: undefined,
  leeway: { ...NO_LEEWAY, isRepeatable: true, carriedBy: 'python-handler-branch' },
  listed: { item: 'backend', isMain: true, letter: 'S', column: 'send' },
  needs: ['python-factory'],

  survey(context) {
    const { rows } = context
    // A bare dict has no name that says of which channel it is.
    const emits = findEmits(context).filter(({ kind }) => kind !== 'dict')
    return emits.flatMap((emit) =>
      rows
        .events()
        .filter((event) => isEmitOf(context, event, emit))
        .map((event): Occurrence => ({ event, file: emit.file, start: emit.start, end: emit.end })),
    )
  },

  notNeeded: ({ spec }) => (spec.emit.to === 'none' ? 'asked for by `--emit none`' : undefined),

  findTaken(target) {
    const { repository, place, emit } = target
    if (place === undefined || emit === undefined) return undefined
    const taken = place.name === undefined ? undefined : findTakenName(target, place, place.name)
    if (taken !== undefined)
      return { name: place.name ?? '', place: placeOf(repository.python(place.file).source, taken) }
    return findHidden(target, place, senderAt(target, place, emit))
  },

  anchor(target) {
    const { repository, channel, layout, emit, place, spec } = target
    const { manager } = channel
    if (manager === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `a class with async methods that take a \`${channel.envelope.name}\`, and an instance of it`,
        ...(channel.handler === undefined ? {} : { place: { file: channel.handler.file } }),
        ...nearestTo(target, 'manager'),
      }
    }
    if (emit === undefined) {
      const offered = [...new Set(manager.methods.map((method) => method.target))].join(', ')
      return {
        kind: 'blocked',
        lookedFor: `a method of ${manager.title} that sends to \`${spec.emit.to ?? 'client'}\``,
        nearest: `it offers ${offered}`,
        place: { file: manager.file },
      }
    }
    if (place === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `\`${manager.instance ?? emit.name}\` to stand behind`,
        place: { file: manager.file },
      }
    }
    const missing = missingParameters(target)
    if (missing.length > 0) {
      return {
        kind: 'blocked',
        lookedFor: `a field for each parameter of the factory \`${factoryCall(target)}\``,
        nearest: `no field gives \`${missing.join('`, `')}\``,
        place: { file: channel.envelope.file },
      }
    }
    return {
      kind: 'anchor',
      file: place.file,
      indent: readPythonStyle(repository.python(place.file), layout.backend.lineLength).indent,
      base: place.base,
      place: place.place,
    }
  },

  view(target) {
    const { repository, layout, spec, emit, place } = target
    if (place === undefined || emit === undefined) throw new NoView('python-send has no view without a place')
    const module = repository.python(place.file)
    const style = readPythonStyle(module, layout.backend.lineLength)
    const page = pageAt(style, place.base)
    const isNew = place.name !== undefined
    const levels = (isNew || place.form === 'case' ? 1 : 0) + (place.isGuarded ? 1 : 0)
    const inner: Page = { ...page, column: page.column + levels * page.indentWidth }
    const sender = senderAt(target, place, emit)
    const parameters = isNew ? ownParameters(target, place, emit) : []
    const leading = isNew && place.form !== 'callback' ? leadingParameters(target, emit, parameters) : []
    const message = printFactoryCall(
      target,
      isNew ? given(parameters) : findSources(target, place, style).values,
    )
    const argument = (one: ManagerMethod['parameters'][number]): string =>
      leading.find((other) => other.of === one.name)?.name ??
      scopedArgument(target, place, emit, one) ??
      one.name
    const texts = ['Could not send %s', spec.names.snake].map((text) => printString(text, style.quote))
    const failure: Doc = {
      open: `${loggerOf(module)}.debug(`,
      items: [...texts, 'exc_info=True'],
      close: ')',
    }
    return {
      ...printHeader(target, place, emit, parameters, leading, page),
      imports: sender.imports.map((one) => `from ${one.module} import ${one.name}`),
      send: printDoc(printSend(sender.object, emit, message, argument), inner),
      failure: place.isGuarded ? printDoc(failure, inner) : '',
    }
  },

  requirements({ repository, channel, rows, spec, fields, namedTypes, place }) {
    // One that is there needs what its own text says.
    const file = place?.file ?? rows.of(spec.names.snake, 'python-send')[0]?.file
    if (channel.manager === undefined || file === undefined) return []
    const module = repository.python(file)
    const imports = fields
      .flatMap((field) => pythonNeeds(field.type))
      .map((need): Requirement => ({ kind: 'python-library', file, ...need }))
    const isBound = file !== channel.manager.file || boundNames(module).has(channel.envelope.name)
    const logger = place?.isGuarded === false ? [] : loggerNeeds(module)
    const from = moduleOf(channel.envelope.file)
    return [
      ...(place !== undefined && place.name === undefined
        ? []
        : [...imports, ...namedPythonImports(fields, namedTypes, file)]),
      ...(isBound
        ? []
        : [{ kind: 'python-import', file, module: from, name: channel.envelope.name } as const]),
      ...logger.map((need): Requirement => ({ kind: 'python-library', file, ...need })),
    ]
  },

  cut({ repository, rows }, { file, start, event }) {
    const module = repository.python(file)
    const unit = findEmitUnit(module, start, event, rows)
    return unit.kind === 'blocked' ? unit : wholeBlock(module.source, unit)
  },

  unit({ repository, rows }, { file, start, event }) {
    const unit = findEmitUnit(repository.python(file), start, event, rows)
    return unit.kind === 'unit' ? unit : undefined
  },

  goneNames({ repository, rows }, { file, start, event }) {
    const unit = findEmitUnit(repository.python(file), start, event, rows)
    const scope = unit.kind === 'unit' ? unit.scope : undefined
    if (unit.kind === 'blocked' || scope === undefined) return []
    const { name } = scope.function
    switch (unit.form) {
      case 'function':
        return [{ name, file, as: 'import', behind: NO_DEFINITION }]
      case 'method':
        return [{ name, file, as: 'member', behind: /\.\s*$/ }]
      case 'callback':
        return [{ name, file, as: 'local', behind: NO_DEFINITION }]
      default:
        return []
    }
  },
}

/** Another function of the same name is no use of this one. */
const NO_DEFINITION = /(?<!\bdef\s+)$/

/** The offset of something else that has the name of the new function. */
function findTakenName({ repository }: Half, place: EmitPlace, name: string): number | undefined {
  const module = repository.python(place.file)
  if (place.form === 'function') return boundNames(module).get(name)?.start
  if (place.form === 'callback' && place.scope !== undefined)
    return localsOf(place.scope.function).has(name) ? place.scope.function.node.start : undefined
  const owner = classesOf(module).find(
    (one) => one.node.start <= place.offset && place.offset <= one.node.end,
  )
  return [...(owner?.methods ?? []), ...(owner?.assignments ?? [])].find((one) => one.name === name)?.node
    .start
}

/** The parameters of the payload; those of a callback leave alone what it reads of the function around it. */
function ownParameters(target: Half, place: EmitPlace, emit: ManagerMethod): PythonParameter[] {
  const { repository, layout, fields } = target
  const module = repository.python(place.file)
  const style = readPythonStyle(module, layout.backend.lineLength)
  const sender = senderAt(target, place, emit)
  const read = emit.parameters.flatMap((one) =>
    one.isMessage ? [] : (scopedArgument(target, place, emit, one)?.split('.')[0] ?? []),
  )
  const logger = place.isGuarded ? [loggerOf(module).split('.')[0] ?? ''] : []
  const self = place.form === 'method' ? ['self'] : []
  return pythonParameters(fields, style, [...sender.names, ...read, ...logger, ...self])
}

/** What the function around a place gives for a parameter of the manager's method; undefined where there is none. */
function scopedArgument(
  { channel }: Half,
  { scope }: EmitPlace,
  emit: ManagerMethod,
  parameter: ManagerMethod['parameters'][number],
): string | undefined {
  if (scope === undefined || channel.manager === undefined) return undefined
  const functions = [scope.function, ...scope.around]
  return findArgument(functions, channel.manager, emit, parameter)
}

function given(parameters: readonly PythonParameter[]): { field: Field; value: string }[] {
  return parameters.map(({ field, name }) => ({ field, value: name }))
}

/** The first lines of what is written: those of a function, of a case, or none. */
function printHeader(
  { spec }: Half,
  place: EmitPlace,
  emit: ManagerMethod,
  parameters: readonly PythonParameter[],
  leading: readonly { name: string; text: string }[],
  page: Page,
): { header: string; docstring: string } {
  if (place.stream !== undefined) return { header: `case ${place.stream.pattern}:`, docstring: '' }
  if (place.name === undefined) return { header: '', docstring: '' }
  const own = parameters.filter((one) => !leading.some((other) => other.name === one.name))
  const signature: Doc = {
    open: `async def ${place.name}(`,
    items: [
      ...(place.form === 'method' ? ['self'] : []),
      ...leading.map((one) => one.text),
      ...own.map((one) => one.text),
    ],
    close: ') -> None:',
  }
  const reach = { client: 'one client', all: 'all connected clients', room: 'everyone in a room' }[
    emit.target
  ]
  const isNarrow = emit.target === 'all' && emit.parameters.some((one) => !one.isMessage)
  const to = isNarrow ? 'all clients of one bot' : reach
  const text = `Send ${withArticle(spec.names.snake)} message to ${to}.`
  return { header: printDoc(signature, page), docstring: printDocstring(text, page, 1) }
}

/**
 * The parameters of the manager's method in front of the payload's. One that every event carries, such as the
 * room, is given once; any other field of the same name pushes them aside.
 */
function leadingParameters(
  { custom }: Half,
  emit: ManagerMethod,
  parameters: readonly PythonParameter[],
): { of: string; name: string; text: string }[] {
  const taken = parameters.map((one) => one.name)
  return emit.parameters
    .filter((one) => !one.isMessage)
    .map((one) => {
      const shared = parameters.find(
        ({ name, field }) => name === one.name && custom.leading.some((other) => other.name === field.name),
      )
      if (shared !== undefined)
        return { of: one.name, name: one.name, text: `${one.name}: ${shared.annotation}` }
      const name = taken.includes(one.name) ? parameterName(`to_${one.name}`, taken) : one.name
      return { of: one.name, name, text: one.annotation === undefined ? name : `${name}: ${one.annotation}` }
    })
}

import type { PythonModule } from '../lang/python/parser.js'
import { type Doc, printDoc, printDocstring } from '../lang/python/print.js'
import { assignmentsOf, boundNames, childOf, descendants, functionsOf, textOf } from '../lang/python/query.js'
import type { ManagerMethod } from '../layout/layout.js'
import { pageOf, readPythonStyle } from '../layout/style.js'
import { withArticle } from '../spec/names.js'
import { endWithComment, PYTHON_COMMENT, placeBehind } from './parts/anchors.js'
import { moduleOf, namedPythonImports } from './parts/named-types.js'
import { derivedFactory, factoryCall, helperName } from './parts/naming.js'
import { placeOf } from './parts/place.js'
import { missingParameters, printFactoryCall, printSend } from './parts/python-call.js'
import { eventOfMember } from './parts/python-enum.js'
import { type PythonParameter, parameterName, pythonNeeds, pythonParameters } from './parts/python-types.js'
import type { Occurrence, Requirement, Site, SurveyContext, Target } from './site.js'

/**
 * The place where the server sends the event: any use of its factory counts; a new one gets a helper beside
 * the channel's manager.
 *
 *     + async def send_seat_taken(client_id: str, seat_id: str) -> None:
 *     +     """Send a seat_taken message to one client."""
 *     +     await manager.send(client_id, WSMessage.seat_taken(seat_id=seat_id))
 */
export const pythonSend: Site = {
  id: 'python-send',
  title: 'send',
  template: 'python-send',
  direction: 'server-to-client',
  needs: ['python-factory'],

  survey(context) {
    return emittingFiles(context).flatMap((file) => findEmits(context, context.repository.python(file)))
  },

  notNeeded: ({ spec }) => (spec.emit.to === 'none' ? 'asked for by `--emit none`' : undefined),

  findTaken({ repository, channel, spec }) {
    if (channel.manager === undefined) return undefined
    const module = repository.python(channel.manager.file)
    const other = boundNames(module).get(helperName(spec.names.snake))
    return other === undefined
      ? undefined
      : { name: helperName(spec.names.snake), place: placeOf(module.source, other.start) }
  },

  anchor(target) {
    const { repository, channel, layout, emit, spec } = target
    const { manager } = channel
    if (manager === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `a class with async methods that take a \`${channel.envelope.name}\`, and an instance of it`,
        ...(channel.handler === undefined ? {} : { place: { file: channel.handler.file } }),
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
    const missing = missingParameters(target)
    if (missing.length > 0) {
      return {
        kind: 'blocked',
        lookedFor: `a field for each parameter of the factory \`${factoryCall(target)}\``,
        nearest: `no field gives \`${missing.join('`, `')}\``,
        place: { file: channel.envelope.file },
      }
    }
    const module = repository.python(manager.file)
    const { text } = module.source
    const helpers = functionsOf(module).filter(
      (one) => one.isAsync && /^send_/.test(one.name) && usesName(module, one.node, channel.envelope.name),
    )
    const getter = functionsOf(module).find((one) => one.name === manager.getter)
    const instance = assignmentsOf(module).find((one) => one.name === manager.instance)
    const sender = functionsOf(module).findLast((one) =>
      manager.methods.some(({ name }) => name === one.name),
    )
    const previous =
      helpers.at(-1)?.node ?? getter?.node ?? (manager.instance === undefined ? sender?.node : instance?.node)
    if (previous === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `\`${manager.instance ?? emit.name}\` to stand behind`,
        place: { file: manager.file },
      }
    }
    return {
      kind: 'anchor',
      file: manager.file,
      indent: readPythonStyle(module, layout.backend.lineLength).indent,
      base: '',
      place: placeBehind(endWithComment(text, previous.end, PYTHON_COMMENT), 2),
    }
  },

  view(target) {
    const { repository, channel, layout, spec, fields, emit } = target
    if (channel.manager === undefined || emit === undefined)
      throw new Error('python-send has no view without a manager')
    const style = readPythonStyle(repository.python(channel.manager.file), layout.backend.lineLength)
    const page = pageOf(style, 0)
    const parameters = pythonParameters(fields, style.quote, [channel.manager.instance ?? emit.name])
    const leading = leadingParameters(target, emit, parameters)
    const own = parameters.filter((one) => !leading.some((other) => other.name === one.name))
    const signature: Doc = {
      open: `async def ${helperName(spec.names.snake)}(`,
      items: [...leading.map((one) => one.text), ...own.map((one) => one.text)],
      close: ') -> None:',
    }
    const message = printFactoryCall(
      target,
      parameters.map(({ field, name }) => ({ field, value: name })),
    )
    const send = printSend(
      channel.manager,
      emit,
      message,
      (name) => leading.find((other) => other.of === name)?.name ?? name,
    )
    const reach = { client: 'one client', all: 'all connected clients', room: 'everyone in a room' }[
      emit.target
    ]
    const to = leading.length > 0 && emit.target === 'all' ? 'all clients of one bot' : reach
    return {
      signature: printDoc(signature, page),
      docstring: printDocstring(`Send ${withArticle(spec.names.snake)} message to ${to}.`, page, 1),
      send: printDoc(send, page, 1),
    }
  },

  requirements({ repository, channel, fields, namedTypes }) {
    if (channel.manager === undefined) return []
    const file = channel.manager.file
    const imports = fields
      .flatMap((field) => pythonNeeds(field.type))
      .map((need): Requirement => ({ kind: 'python-import', file, ...need }))
    const isBound = boundNames(repository.python(file)).has(channel.envelope.name)
    const module = moduleOf(channel.envelope.file)
    return [
      ...imports,
      ...namedPythonImports(fields, namedTypes, file),
      ...(isBound ? [] : [{ kind: 'python-import', file, module, name: channel.envelope.name } as const]),
    ]
  },
}

/**
 * The parameters of the manager's method in front of the payload's. One that every event carries, such as the
 * room, is given once; any other field of the same name pushes them aside.
 */
function leadingParameters(
  { custom }: Target,
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

function emittingFiles({ repository, channel, layout }: SurveyContext): string[] {
  const mention = new RegExp(`(?<![A-Za-z0-9_])${channel.envelope.name}\\s*[.(]`)
  return repository
    .search(layout.backend.folder, ['.py'], (text) => mention.test(text))
    .filter((file) => file !== channel.envelope.file)
}

/** Calls of a factory, and envelopes made by hand, in one file. */
function findEmits({ channel, custom, rows }: SurveyContext, module: PythonModule): Occurrence[] {
  const events = new Map(
    rows
      .events()
      .flatMap((event) =>
        rows.of(event, 'python-factory').map((found) => [found.links?.name ?? event, event] as const),
      ),
  )
  return descendants(module.root, 'call').flatMap((call): Occurrence[] => {
    const callee = childOf(call, 'function')
    if (callee === undefined) return []
    const shared = { file: module.source.path, start: call.start, end: call.end }
    const name = textOf(module, callee)
    if (name.startsWith(`${channel.envelope.name}.`)) {
      const factory = name.slice(channel.envelope.name.length + 1)
      const event =
        events.get(factory) ?? rows.events().find((one) => derivedFactory(custom, one) === factory)
      return event === undefined ? [] : [{ event, ...shared }]
    }
    if (name !== channel.envelope.name) return []
    const member = new RegExp(`type=${channel.enum.name}\\.(\\w+)`).exec(textOf(module, call))?.[1]
    return member === undefined ? [] : [{ event: eventOfMember(rows, member), ...shared }]
  })
}

function usesName(module: PythonModule, node: Parameters<typeof textOf>[1], name: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9_])${name}\\.`).test(textOf(module, node))
}

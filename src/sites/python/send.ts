import { findEmits } from '../../channel/emits.js'
import { type Doc, type Page, printDoc, printString } from '../../lang/python/print.js'
import { boundNames } from '../../lang/python/query.js'
import { pageAt, readPythonStyle } from '../../layout/style.js'
import { pythonNeeds } from '../../payload/python.js'
import { placeOf } from '../../workspace/place.js'
import { nearestTo } from '../anchors/nearest.js'
import { wholeBlock } from '../anchors/whole.js'
import { changeSend } from '../change/send.js'
import { eventsOfEmit, factoryCall } from '../naming.js'
import { perRows } from '../per-rows.js'
import { moduleOf, namedPythonImports } from '../requirements/named-types.js'
import {
  asCaller,
  loggerNeeds,
  loggerOf,
  missingParameters,
  printFactoryCall,
  printSend,
} from '../send/call.js'
import { findTakenName, frameAt } from '../send/forms.js'
import { isDefinition } from '../send/place.js'
import { findHidden, senderAt } from '../send/sender.js'
import { findEmitUnit } from '../send/unit.js'
import { NO_LEEWAY, NoView, type Occurrence, type Requirement, type Site } from '../site.js'

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
    // A bare dict has no name that says of which channel it is.
    const emits = findEmits(context).filter(({ kind }) => kind !== 'dict')
    return emits.flatMap((emit) =>
      eventsOfEmit(context, emit).map(
        (event): Occurrence => ({ event, file: emit.file, start: emit.start, end: emit.end }),
      ),
    )
  },

  notNeeded({ spec, rows, owed, partner }) {
    if (spec.emit.to === 'none') return 'asked for by `--emit none`'
    const isAskedFor = spec.emit.in !== undefined
    const request =
      owed.length > 0 ? partner?.event : isAskedFor ? undefined : owing(rows).get(spec.names.snake)
    return request === undefined ? undefined : `the branch of \`${request}\` is to answer with it`
  },

  findTaken(target) {
    const { repository, place, emit } = target
    if (place === undefined || emit === undefined) return undefined
    const taken = isDefinition(place) ? findTakenName(target, place) : undefined
    if (isDefinition(place) && taken !== undefined)
      return { name: place.name, place: placeOf(repository.python(place.file).source, taken) }
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
    const missing = missingParameters(asCaller(target))
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

  view(asked) {
    const target = asCaller(asked)
    const { repository, layout, spec, emit, place } = target
    if (place === undefined || emit === undefined) throw new NoView('python-send has no view without a place')
    const module = repository.python(place.file)
    const style = readPythonStyle(module, layout.backend.lineLength)
    const page = pageAt(style, place.base)
    const { header, docstring, values, argument } = frameAt(target, place, emit, page)
    const levels = (header === '' ? 0 : 1) + (place.isGuarded ? 1 : 0)
    const inner: Page = { ...page, column: page.column + levels * page.indentWidth }
    const sender = senderAt(target, place, emit)
    const message = printFactoryCall(target, values)
    const texts = ['Could not send %s', spec.names.snake].map((text) => printString(text, style.quote))
    const failure: Doc = {
      open: `${loggerOf(module)}.debug(`,
      items: [...texts, 'exc_info=True'],
      close: ')',
    }
    return {
      header,
      docstring,
      imports: sender.imports.map((one) => `from ${one.module} import ${one.name}`),
      send: printDoc(printSend(sender.object, emit, message, argument), inner),
      failure: place.isGuarded
        ? printDoc(failure, { ...inner, column: inner.column - page.indentWidth }, 1)
        : '',
    }
  },

  requirements(target) {
    const { repository, channel, rows, spec, fields, namedTypes, place } = asCaller(target)
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
      ...(place !== undefined && !isDefinition(place)
        ? []
        : [...imports, ...namedPythonImports(fields, namedTypes, file)]),
      ...(isBound
        ? []
        : [{ kind: 'python-import', file, module: from, name: channel.envelope.name } as const]),
      ...logger.map((need): Requirement => ({ kind: 'python-library', file, ...need })),
    ]
  },
  change: changeSend,

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

/** The request whose branch people are to answer with an event, by that event. */
const owing = perRows(
  (rows): ReadonlyMap<string, string> =>
    new Map(
      rows
        .events()
        .flatMap((request) =>
          rows
            .of(request, 'python-handler-branch')
            .flatMap(({ links }) => (links?.owes === undefined ? [] : [[links.owes, request] as const])),
        ),
    ),
)

/** Another function of the same name is no use of this one. */
const NO_DEFINITION = /(?<!\bdef\s+)$/

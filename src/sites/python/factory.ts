import { eventOfMember } from '../../channel/enum.js'
import { factoriesOfChannel, findEnvelope, findHidden } from '../../channel/envelope.js'
import { perChannel } from '../../channel/open-channel.js'
import {
  type Doc,
  prefixDoc,
  printDoc,
  printDocstring,
  printSetting,
  printString,
} from '../../lang/python/print.js'
import { majority, pageOf, readPythonStyle } from '../../layout/style.js'
import {
  parameterName,
  printDict,
  printWireValue,
  pythonNeeds,
  pythonParameters,
} from '../../payload/python.js'
import { shapeOfFields, wireKey } from '../../payload/shape.js'
import { withArticle } from '../../spec/names.js'
import { placeOf } from '../../workspace/place.js'
import { indentAt } from '../../workspace/source.js'
import { endWithComment, PYTHON_COMMENT, placeBehind } from '../anchors/blocks.js'
import { wholeBlock } from '../anchors/whole.js'
import { changeFactory } from '../change/factory.js'
import { readMaking } from '../factory-arguments.js'
import { behindOwner, factoryName } from '../naming.js'
import { namedPythonImports } from '../requirements/named-types.js'
import { findHiddenLibrary } from '../requirements/python-library.js'
import { type Half, NO_LEEWAY, NoView, type Occurrence, type Requirement, type Site } from '../site.js'
import { findUnreadFactory } from '../unread/python.js'

declare module '../site.js' {
  interface SitesByKey {
    'python-factory': Site
  }
}

/**
 * The classmethod that makes the message. Keys of optional fields are set only when there is a value.
 *
 *     + @classmethod
 *     + def seat_taken(cls, seat_id: str, note: str | None = None) -> "WSMessage":
 *     +     """Create a seat taken message."""
 *     +     payload: dict[str, Any] = {"seatId": seat_id}
 *     +     if note is not None:
 *     +         payload["note"] = note
 *     +     return cls(type=WSMessageType.SEAT_TAKEN, payload=payload)
 */
export const pythonFactory: Site = {
  id: 'python-factory',
  title: 'factory',
  template: 'python-factory',
  side: 'server',
  direction: 'server-to-client',
  role: 'produces',
  payload: 'wire',
  linked: undefined,
  leeway: NO_LEEWAY,
  listed: { item: 'factory', isMain: true, letter: 'F', column: 'factory' },
  needs: ['python-enum-member'],

  survey(context) {
    return factoriesOfChannel(context).map(
      (factory): Occurrence => ({
        event: eventOfMember(context, factory.member),
        file: factory.module.source.path,
        start: factory.method.node.start,
        end: factory.method.node.end,
        shape: factory.shape,
        links: { name: factory.method.name },
      }),
    )
  },

  notNeeded: () => undefined,
  unread: findUnreadFactory,

  findTaken(target) {
    const hidden = findHidden(target, factoryName(target))
    if (hidden !== undefined) return { name: hidden.name, place: placeOf(hidden.source, hidden.start) }
    const names = target.fields.map((field) => parameterName(field.name))
    const module = target.repository.python(target.channel.envelope.file)
    return findHiddenLibrary(module, this.requirements(target), [factoryName(target), ...names])
  },

  anchor(target) {
    const { channel, layout } = target
    const found = findEnvelope(target)
    const last = found?.one.body.children.filter((child) => child.kind !== 'comment').at(-1)
    if (found === undefined || last === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `the class \`${channel.envelope.name}\``,
        place: { file: channel.envelope.file },
      }
    }
    const making = readMaking(target)
    if ('kind' in making) return making
    const { text } = found.module.source
    const own = factoriesOfChannel(target).filter((one) => found.one.node.holds(one.method.node))
    const previous = own.at(-1)?.method.node ?? last
    const { indent } = readPythonStyle(found.module, layout.backend.lineLength)
    return {
      kind: 'anchor',
      file: channel.envelope.file,
      indent,
      base: indentAt(text, previous.start),
      place: placeBehind(endWithComment(text, previous.end, PYTHON_COMMENT), 1),
    }
  },

  shape: ({ fields, wireCase }) => shapeOfFields(fields, wireCase),

  view(target) {
    const { repository, channel, layout, spec, fields, wireCase } = target
    const module = repository.python(channel.envelope.file)
    const style = readPythonStyle(module, layout.backend.lineLength)
    const page = pageOf(style, 1)
    const custom = readFactoryCustom(target)
    const returns = custom.returns ?? printString(channel.envelope.name, style.quote)
    const parameters = pythonParameters(fields, style)
    const signature = {
      open: `def ${factoryName(target)}(`,
      items: ['cls', ...parameters.map((parameter) => parameter.text)],
      close: `) -> ${returns}:`,
    }
    const inOrder = fields.flatMap((field) => parameters.find((parameter) => parameter.field === field) ?? [])
    const key = (name: (typeof inOrder)[number]): string =>
      printString(wireKey(name.field, wireCase), style.quote)
    const sent = inOrder.filter((parameter) => !parameter.field.optional)
    const optional = inOrder.filter((parameter) => parameter.field.optional)
    const dict = {
      open: '{',
      items: sent.map((parameter) => printWireValue(`${key(parameter)}: `, parameter)),
      close: '}',
    }
    const making = readMaking(target)
    if ('kind' in making) throw new NoView('python-factory has no view where its call cannot be made')
    const member = `${channel.enum.name}.${memberName(target)}`
    const call = (payload: Doc): Doc => ({
      open: `return ${making.callee}(`,
      items: making.items.map(({ kind, text }): Doc => {
        if (kind === 'payload') return prefixDoc(text, payload)
        return kind === 'type' ? text + member : text
      }),
      close: ')',
    })
    const description =
      spec.description ??
      (custom.isDocumented ? `Create ${withArticle(spec.names.snake)} message.` : undefined)
    return {
      signature: printDoc(signature, page),
      docstring: description === undefined ? '' : printDocstring(description, page, 1),
      payload: printDoc({ ...dict, open: `payload: ${printDict(style)} = {` }, page, 1),
      conditionals: optional.map((parameter) => ({
        name: parameter.name,
        assignment: printSetting(`payload[${key(parameter)}]`, printWireValue('', parameter), page, 2),
      })),
      returnPayload: printDoc(call('payload'), page, 1),
      returnLiteral: printDoc(call(dict), page, 1),
    }
  },

  requirements({ channel, fields, namedTypes }) {
    const file = channel.envelope.file
    const isConditional = fields.some((field) => field.optional)
    const needs = [
      ...fields.flatMap((field) => pythonNeeds(field.type)),
      ...(isConditional ? [{ module: 'typing', name: 'Any' }] : []),
    ]
    return [
      ...needs.map((need): Requirement => ({ kind: 'python-library', file, ...need })),
      ...namedPythonImports(fields, namedTypes, file),
    ]
  },
  change: changeFactory,

  cut({ repository }, { file, start, end }) {
    return wholeBlock(repository.workspace.read(file), { start, end })
  },

  goneNames: ({ channel }, { file, links }) =>
    links?.name === undefined
      ? []
      : [{ name: links.name, file, as: 'member', behind: behindOwner(channel.envelope.name) }],
}

/** What the factories say they return, and whether most have a docstring. */
const readFactoryCustom = perChannel((open) => {
  const existing = factoriesOfChannel(open)
  const documented = existing.filter((factory) => factory.method.docstring !== undefined)
  return {
    returns: majority(existing.flatMap((factory) => factory.method.returns ?? [])),
    isDocumented: documented.length * 2 >= existing.length,
  }
})

/** The enum member of the event: the existing one's name, else the derived one. */
function memberName({ rows, spec }: Half): string {
  return rows.of(spec.names.snake, 'python-enum-member')[0]?.links?.name ?? spec.names.constant
}

import { lookUp } from '../../group.js'
import { findReexported } from '../../lang/typescript/exports.js'
import { readTypeOf, type TsObjectType } from '../../lang/typescript/object-types.js'
import { printJsDocText, printPropertyName } from '../../lang/typescript/print.js'
import { boundNames, interfacesOf, type TsInterface, topLevelSpans } from '../../lang/typescript/query.js'
import { scopeOf } from '../../layout/repository.js'
import { readTsStyle } from '../../layout/style.js'
import { type Shape, shapeOfFields, wireKey } from '../../payload/shape.js'
import { printTsType, readTsShape } from '../../payload/typescript.js'
import { placeOf } from '../../workspace/place.js'
import type { Span } from '../../workspace/span.js'
import { inOrder } from '../../workspace/span.js'
import { endWithComment, placeBehind, TS_COMMENT } from '../anchors/blocks.js'
import { nearestTo } from '../anchors/nearest.js'
import { partnerAt } from '../anchors/partner.js'
import { wholeBlock } from '../anchors/whole.js'
import { changeInterface } from '../change/interface.js'
import { interfaceName, modelName, ownersOfModels, typesOf } from '../naming.js'
import { namedTsImports } from '../requirements/named-types.js'
import { NO_LEEWAY, type Occurrence, type Requirement, type Site } from '../site.js'

declare module '../site.js' {
  interface SitesByKey {
    'ts-payload-interface': Site
  }
}

/**
 * The interface that the hook casts the payload to.
 *
 *     + export interface SeatTakenPayload {
 *     +   seatId: string
 *     +   note?: string
 *     + }
 */
export const tsPayloadInterface: Site = {
  id: 'ts-payload-interface',
  title: 'payload interface',
  template: 'ts-payload-interface',
  side: 'client',
  direction: undefined,
  role: 'declares',
  payload: 'wire',
  linked: {
    through: ['ts-hook-case', 'ts-send-method'],
    ownNames: (event) => [modelName(event)],
    isShared: true,
  },
  leeway: { ...NO_LEEWAY, isOptional: true },
  listed: { item: 'types', isMain: false, letter: 'I', column: 'interface', isOptional: true },
  needs: [],

  survey({ repository, layout, channel, rows }) {
    if (channel.union === undefined) return []
    const file = channel.union.file
    const module = repository.typescript(file)
    const interfaces = interfacesOf(module)
    const scope = scopeOf(repository, layout)
    const ownerOf = ownersOfModels(rows)
    return rows.events().flatMap((event): Occurrence[] => {
      const types = typesOf(rows, event)
      const [linked] = inOrder(types.flatMap((type) => lookUp(interfaces, type) ?? []))
      const derived = ownerOf(event) === undefined ? modelName(event) : undefined
      const one = linked ?? (derived === undefined ? undefined : lookUp(interfaces, derived))
      return one === undefined
        ? []
        : [
            {
              event,
              file,
              start: one.start,
              end: one.end,
              shape: shapeOf(readTypeOf(scope, module, one.name)),
              links: { name: one.name },
            },
          ]
    })
  },

  notNeeded({ fields, rows, spec }) {
    if (fields.length === 0) return 'the event has no fields'
    const event = spec.names.snake
    const types = typesOf(rows, event)
    const inline = types.find((type) => !/^[A-Za-z_]\w*$/.test(type))
    if (inline !== undefined) return `its type stands in place: \`${inline}\``
    const method = rows.of(event, 'ts-send-method')[0]?.links?.name
    return method !== undefined && types.length === 0
      ? `\`${method}\` takes what it sends one by one`
      : undefined
  },

  findTaken({ repository, channel, layout, spec }) {
    if (channel.union === undefined) return undefined
    const name = modelName(spec.names.snake)
    const module = repository.typescript(channel.union.file)
    const other = boundNames(module).get(name)
    if (other !== undefined) return { name, place: placeOf(module.source, other.start) }
    const open = (path: string) => repository.findTypescript(path)
    const passedOn = findReexported(open, module, name, layout.frontend.aliases)
    const place = passedOn === undefined ? undefined : boundNames(passedOn.module).get(passedOn.name)
    return passedOn === undefined || place === undefined
      ? undefined
      : { name, place: placeOf(passedOn.module.source, place.start) }
  },

  anchor(target) {
    const { repository, channel } = target
    if (channel.union === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `the file of the union \`${channel.enum.name}\``,
        ...nearestTo(target, 'union'),
      }
    }
    if (channel.nearest.tsEnvelope !== undefined) {
      return {
        kind: 'blocked',
        lookedFor: `the one interface with \`type: ${channel.union.name}\` and \`payload\``,
        ...nearestTo(target, 'tsEnvelope'),
      }
    }
    const module = repository.typescript(channel.union.file)
    const partner = partnerAt(target, 'ts-payload-interface')
    const previous =
      partner === undefined
        ? lastOfCluster(interfacesOf(module), topLevelSpans(module), channel.tsEnvelope?.name)
        : target.partner?.side === 'before'
          ? partner
          : topLevelSpans(module).findLast((one) => one.end <= partner.start)
    if (previous === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `an interface with \`type: ${channel.union.name}\` and \`payload\``,
        place: { file: channel.union.file },
      }
    }
    const { indent } = readTsStyle(module)
    return {
      kind: 'anchor',
      file: channel.union.file,
      indent,
      base: '',
      place: placeBehind(endWithComment(module.source.text, previous.end, TS_COMMENT), 1),
    }
  },

  shape: ({ fields, wireCase }) => shapeOfFields(fields, wireCase),

  view(target) {
    const { repository, channel, spec, fields, wireCase } = target
    const style = readTsStyle(repository.typescript(channel.union?.file ?? ''))
    return {
      name: interfaceName(target),
      description: spec.description === undefined ? '' : printJsDocText(spec.description),
      fields: fields.map((field) => ({
        key: printPropertyName(wireKey(field, wireCase), style.quote) + (field.optional ? '?' : ''),
        type: printTsType(field.type, style.quote, wireCase) + style.memberMark,
        description: field.description === undefined ? '' : printJsDocText(field.description),
      })),
    }
  },

  requirements: ({ channel, fields, namedTypes }): readonly Requirement[] =>
    channel.union === undefined ? [] : namedTsImports(fields, namedTypes, channel.union.file),
  change: changeInterface,

  cut({ repository }, { file, start, end }) {
    return wholeBlock(repository.workspace.read(file), { start, end })
  },

  goneNames: (_context, { event, file }) => [{ name: modelName(event), file, as: 'import' }],
}

/** The keys with the types as they are written; undefined where there may be others. */
function shapeOf(type: TsObjectType | undefined): Shape | undefined {
  return type === undefined || type.isOpen
    ? undefined
    : readTsShape(type.members.map(({ written, ...member }) => ({ ...member, type: written })))
}

/** The last of the payload interfaces that follow the envelope without another kind of statement between. */
function lastOfCluster(
  interfaces: readonly TsInterface[],
  statements: readonly Span[],
  envelope: string | undefined,
): TsInterface | undefined {
  let last =
    interfaces.find((one) => one.name === envelope) ??
    interfaces.findLast((one) => one.name.endsWith('Payload'))
  const byStart = new Map(interfaces.map((one) => [one.start, one]))
  for (const statement of statements) {
    if (last === undefined || statement.start < last.end) continue
    const following = byStart.get(statement.start)
    if (following?.name.endsWith('Payload') !== true) break
    last = following
  }
  return last
}

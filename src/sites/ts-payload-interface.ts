import { printJsDocText, printPropertyName } from '../lang/typescript/print.js'
import { boundNames, interfacesOf, type TsInterface, topLevelSpans } from '../lang/typescript/query.js'
import { readTsStyle } from '../layout/style.js'
import { endWithComment, placeBehind, TS_COMMENT } from './parts/anchors.js'
import { namedTsImports } from './parts/named-types.js'
import { interfaceName, modelName } from './parts/naming.js'
import { placeOf } from './parts/place.js'
import { shapeOfFields, wireKey } from './parts/shape.js'
import { printTsType, readTsShape } from './parts/typescript-types.js'
import type { Occurrence, Requirement, Site } from './site.js'

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
  needs: [],

  survey({ repository, channel, rows }) {
    if (channel.union === undefined) return []
    const file = channel.union.file
    const interfaces = interfacesOf(repository.typescript(file))
    return rows.events().flatMap((event): Occurrence[] => {
      const casts = rows.of(event, 'ts-hook-case').flatMap((found) => found.links?.casts ?? [])
      const linked = interfaces.find((one) => casts.includes(one.name))
      const one = linked ?? interfaces.find((candidate) => candidate.name === modelName(event))
      return one === undefined
        ? []
        : [{ event, file, start: one.start, end: one.end, shape: readTsShape(one.members) }]
    })
  },

  notNeeded({ fields, rows, spec }) {
    if (fields.length === 0) return 'the event has no fields'
    const casts = rows.of(spec.names.snake, 'ts-hook-case').flatMap((found) => found.links?.casts ?? [])
    const inline = casts.find((cast) => !/^[A-Za-z_]\w*$/.test(cast))
    return inline === undefined ? undefined : `its case says the type in place: \`${inline}\``
  },

  findTaken({ repository, channel, spec }) {
    if (channel.union === undefined) return undefined
    const name = modelName(spec.names.snake)
    const module = repository.typescript(channel.union.file)
    const other = boundNames(module).get(name)
    return other === undefined ? undefined : { name, place: placeOf(module.source, other.start) }
  },

  anchor({ repository, channel }) {
    if (channel.union === undefined) {
      return { kind: 'blocked', lookedFor: `the file of the union \`${channel.enum.name}\`` }
    }
    const module = repository.typescript(channel.union.file)
    const previous = lastOfCluster(interfacesOf(module), topLevelSpans(module), channel.tsEnvelope?.name)
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
}

/** The last of the payload interfaces that follow the envelope without another kind of statement between. */
function lastOfCluster(
  interfaces: readonly TsInterface[],
  statements: readonly { start: number; end: number }[],
  envelope: string | undefined,
): TsInterface | undefined {
  let last =
    interfaces.find((one) => one.name === envelope) ??
    interfaces.findLast((one) => one.name.endsWith('Payload'))
  for (;;) {
    const next = statements.find((statement) => last !== undefined && statement.start >= last.end)
    const following = interfaces.find((one) => one.start === next?.start && one.name.endsWith('Payload'))
    if (following === undefined) return last
    last = following
  }
}

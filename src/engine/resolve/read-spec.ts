import { readWireCase } from '../../channel/envelope.js'
import { docstringAt } from '../../lang/python/query.js'
import { directionOf } from '../../ledger/direction.js'
import { readFields } from '../../ledger/fields.js'
import { isInside, type Unit } from '../../ledger/pair.js'
import { helperName } from '../../sites/naming.js'
import { SITES } from '../../sites/registry.js'
import { sendAt } from '../../sites/send/neighbours.js'
import { findEmitUnit } from '../../sites/send/unit.js'
import { type SurveyContext, siteKey, tellsAlone } from '../../sites/site.js'
import { findHome, readKept, readUpsertKey } from '../../sites/store.js'
import type { EventSpec, HalfDirection, StoreAs } from '../../spec/event-spec.js'
import type { Field } from '../../spec/field-type.js'
import { deriveNames, withArticle } from '../../spec/names.js'
import { lineStart } from '../../workspace/source.js'

/** The spec that would write what is there of an event, and of its request where it has one. */
export function readSpec(context: SurveyContext, { event, request }: Unit): EventSpec {
  const direction = directionOf(context.rows, event)?.direction ?? directionOfRest(context, event)
  return {
    names: deriveNames(event),
    direction: request === undefined ? direction : 'bidirectional',
    request:
      request === undefined
        ? undefined
        : { names: deriveNames(request), fields: readOwnFields(context, request) },
    channel: context.channel.id,
    description: readDescription(context, event),
    fields: readOwnFields(context, event),
    store: { hook: readStoreHook(context, event), as: readStoreAs(context, event) },
    emit: readEmit(context, event, request),
  }
}

/** The direction of an event of which nothing is left that has its wire name. */
function directionOfRest({ rows }: SurveyContext, event: string): HalfDirection | undefined {
  const there = SITES.filter((site) => tellsAlone(site) && rows.of(event, siteKey(site)).length > 0)
  return there.find((site) => site.direction !== undefined)?.direction
}

/** The fields of an event without those that every event of the channel carries. */
function readOwnFields(context: SurveyContext, event: string): readonly Field[] | undefined {
  const { rows, custom } = context
  const direction =
    directionOf(rows, event)?.direction ?? directionOfRest(context, event) ?? 'server-to-client'
  const fields = readFields(rows, event, direction, readWireCase(context))
  if (direction === 'client-to-server') return fields
  return fields?.filter((field) => !custom.leading.some((one) => one.name === field.name))
}

function readStoreHook(context: SurveyContext, event: string): string | undefined {
  const home = findHome(context, event)
  if (home !== undefined) return home.store.hook
  return context.rows.of(event, 'ts-hook-case').length > 0 ? 'none' : undefined
}

function readStoreAs(context: SurveyContext, event: string): StoreAs | undefined {
  const kept = readKept(context, event)
  if (kept === undefined || kept === 'count' || kept === 'latest') return undefined
  if (kept === 'append') return { way: 'append', field: undefined }
  const wire = readUpsertKey(context, event)
  const field = readOwnFields(context, event)?.find(
    (one) => (one.wire ?? deriveNames(one.name).camel) === wire || one.name === wire,
  )
  return { way: 'upsert', field: field?.name }
}

/** How an event is sent: the target of its first send, and where that stands if not where it would by itself. */
function readEmit(context: SurveyContext, event: string, request: string | undefined): EventSpec['emit'] {
  const { rows, channel, repository } = context
  const [sent] = rows.of(event, 'python-send')
  if (sent === undefined) return { to: undefined, in: undefined }
  const module = repository.python(sent.file)
  const name = sendAt(channel, module, sent.start)
  const to = channel.manager?.methods.find((method) => method.name === name)?.target
  const branch = request === undefined ? undefined : rows.of(request, 'python-handler-branch')[0]
  if (branch !== undefined && isInside(sent, branch)) return { to, in: undefined }
  const unit = findEmitUnit(module, sent.start, event, rows)
  if (unit.kind === 'blocked' || unit.scope === undefined) return { to, in: undefined }
  const { scope, form } = unit
  if (form === 'function') {
    const isUsual = sent.file === channel.manager?.file && scope.function.name === helperName(event)
    return { to, in: isUsual ? undefined : sent.file }
  }
  const parent = scope.path.split('.').slice(0, -1).join('.')
  const isOwn = form === 'method' || form === 'callback'
  return { to, in: `${sent.file}:${isOwn ? parent : scope.path}` }
}

/** What docstrings say about the event, if it is not what they say without a description; else what the client's JSDoc does. */
function readDescription(context: SurveyContext, event: string): string | undefined {
  const { repository, channel, rows } = context
  const module = repository.python(channel.envelope.file)
  const usual = [`Create ${withArticle(event)} message.`, `Payload for ${event} events.`]
  const said = [...rows.of(event, 'python-factory'), ...rows.of(event, 'python-payload-model')]
    .map((one) => docstringAt(module, one.start)?.replace(/\s+/g, ' ').trim())
    .find((text) => text !== undefined && !usual.includes(text))
  return said ?? readJsDoc(context, event)
}

function readJsDoc({ repository, rows }: SurveyContext, event: string): string | undefined {
  const [method] = rows.of(event, 'ts-send-method')
  if (method === undefined) return undefined
  const { text } = repository.workspace.read(method.file)
  const above = text.slice(0, method.start).trimEnd()
  return /\/\*\* ((?:(?!\*\/).)*) \*\/$/.exec(above.slice(lineStart(above, above.length)))?.[1]
}

import { branchesOf } from '../../channel/branches.js'
import { findArgument, findHandlerChain, type Handler } from '../../channel/handler.js'
import { type Mark, printMark } from '../../channel/marks.js'
import { casesOf, localsOf } from '../../lang/python/branches.js'
import {
  type Doc,
  displayWidth,
  type Page,
  prefixDoc,
  printCommentLines,
  printDoc,
  printString,
  wrapComment,
} from '../../lang/python/print.js'
import { boundNames } from '../../lang/python/query.js'
import { calleeOf } from '../../layout/manager-part.js'
import { majority, pageAt, readPythonStyle } from '../../layout/style.js'
import {
  adapterNeeds,
  needsAdapter,
  type PythonNeed,
  parameterName,
  printRead,
  readTypeOf,
} from '../../payload/python.js'
import { wireKey } from '../../payload/shape.js'
import type { Field } from '../../spec/field-type.js'
import { placeOf } from '../../workspace/place.js'
import { indentAt } from '../../workspace/source.js'
import { blankLinesBetween, placeBehind } from '../anchors/blocks.js'
import { nearestTo } from '../anchors/nearest.js'
import { wholeBlock } from '../anchors/whole.js'
import { changeBranch } from '../change/handler-branch.js'
import { moduleOf } from '../requirements/named-types.js'
import { importElsehow, libraryNames } from '../requirements/python-library.js'
import {
  asCaller,
  loggerNeeds,
  loggerOf,
  missingParameters,
  printFactoryCall,
  printSend,
} from '../send/call.js'
import {
  type Blocked,
  type Half,
  NO_LEEWAY,
  NoView,
  type Occurrence,
  type Requirement,
  type Site,
} from '../site.js'
import { findUnreadBranch } from '../unread/python.js'

declare module '../site.js' {
  interface SitesByKey {
    'python-handler-branch': Site
  }
}

/**
 * The branch of the handler that takes the event from the client. It answers with the event it is the request
 * of, or logs at debug level; it binds no local that could hide another one, and never raises.
 *
 *     + elif msg_type == WSMessageType.SEAT_CLAIM:
 *     +     if not isinstance(payload, dict):
 *     +         payload = {}
 *     +     logger.debug("seat_claim: %r", {"seat_id": payload.get("seatId", "")})
 */
export const pythonHandlerBranch: Site = {
  id: 'python-handler-branch',
  title: 'handler branch',
  template: 'python-handler-branch',
  side: 'server',
  direction: 'client-to-server',
  role: 'consumes',
  payload: 'wire',
  linked: undefined,
  leeway: NO_LEEWAY,
  listed: { item: 'backend', isMain: false, letter: 'B', column: 'branch' },
  needs: ['python-enum-member'],

  survey(context) {
    return branchesOf(context).map(
      ({ event, start, end, shape, isPlaceholder, owes }): Occurrence => ({
        event,
        file: context.channel.handler?.file ?? '',
        start,
        end,
        shape,
        links: { isPlaceholder, owes },
      }),
    )
  },

  notNeeded: () => undefined,
  unread: findUnreadBranch,

  findTaken(target) {
    const handler = findHandlerChain(target)
    if (handler === undefined) return undefined
    // A local of the function would stand in front of what the branch needs of the module.
    const locals = localsOf(handler.owner)
    const place = placeOf(handler.module.source, handler.owner.node.start)
    const needed = this.requirements(target)
    const imported = needed.flatMap((one) =>
      one.kind === 'python-import' ? [{ name: one.name, place }] : [],
    )
    const libraries = libraryNames(handler.module, needed).map(({ name, library }) => {
      return { name, place, fix: importElsehow(library) }
    })
    return [...imported, ...libraries].find(({ name }) => locals.has(name))
  },

  anchor(target) {
    const { channel, layout } = target
    const handler = findHandlerChain(target)
    const last = handler?.chain.branches.at(-1)
    if (handler === undefined || last === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `an \`if\` that compares a message's type with members of \`${channel.enum.name}\``,
        ...(channel.handler === undefined
          ? { nearest: 'no function decorated with `.websocket(…)`', ...nearestTo(target, 'handler') }
          : findMatch(target, channel.handler.file)),
      }
    }
    const blocked = findBlock(target, handler)
    if (blocked !== undefined) return blocked
    const { text } = handler.module.source
    const gaps = handler.chain.branches
      .slice(1)
      .map((branch, index) =>
        String(blankLinesBetween(text, handler.chain.branches[index]?.end ?? 0, branch.start)),
      )
    return {
      kind: 'anchor',
      file: handler.module.source.path,
      indent: readPythonStyle(handler.module, layout.backend.lineLength).indent,
      base: indentAt(text, handler.chain.start),
      place: placeBehind(last.end, Math.min(1, Number(majority(gaps) ?? '0'))),
    }
  },

  shape: ({ fields, wireCase, answer }) =>
    fields.map((field) => {
      const answered = answer === undefined ? undefined : answeredBy(answer, field)
      return {
        key: wireKey(field, wireCase),
        optional: undefined,
        type: readTypeOf(field, answered),
      }
    }),

  view(target) {
    const { channel, layout, spec, fields, answer, owed } = target
    const handler = findHandlerChain(target)
    if (handler?.payload === undefined) throw new NoView('python-handler-branch has no view without a chain')
    const { module, payload } = handler
    const style = readPythonStyle(module, layout.backend.lineLength)
    const page = pageAt(style, indentAt(module.source.text, handler.chain.start))
    const read = (field: Field, by?: Field): Doc =>
      printRead(payload.expression, wireKey(field, target.wireCase), field, by, style)
    const isSent = answer?.emit !== undefined && owed.length === 0
    const mark = answer === undefined || owed.length === 0 ? undefined : markOf(answer, owed)
    const logged = fields.filter((field) => !isSent || answeredBy(answer, field) === undefined)
    const isRead = fields.length > 0
    const member = target.rows.of(spec.names.snake, 'python-enum-member')[0]?.links?.name
    return {
      condition: printComparison(
        handler.subject,
        `${channel.enum.name}.${member ?? spec.names.constant}${handler.suffix}`,
        page,
      ),
      comment: spec.description === undefined ? [] : printCommentLines(spec.description, page, 1),
      mark: mark === undefined ? [] : wrapComment(printMark(mark), page, 1),
      statement: isRead ? (payload.statement ?? '') : '',
      isRead,
      payload: payload.expression,
      debug:
        isSent && logged.length === 0
          ? ''
          : printDoc(printLog(handler, spec.names.snake, logged, read, style.quote), page, 1),
      ...(isSent ? printAnswer(target, answer, handler, read, page) : { send: '', failure: '' }),
    }
  },

  requirements(target) {
    const { channel, fields, owed } = target
    const answer = owed.length === 0 ? target.answer : undefined
    const handler = findHandlerChain(target)
    if (handler === undefined) return []
    const file = handler.module.source.path
    const bound = boundNames(handler.module)
    const needs: Requirement[] = []
    const request = (module: string, name: string): void => {
      needs.push({ kind: 'python-import', file, module, name })
    }
    const use = (library: readonly (PythonNeed & { readonly usual?: 'module' })[]): void => {
      needs.push(...library.map((one) => ({ kind: 'python-library', file, ...one }) as const))
    }
    const carried = answer?.emit === undefined ? [] : answeredFields(target, answer)
    const dates = carried.filter(({ by }) => needsAdapter(by))
    const logs = carried.length < fields.length || answer?.emit === undefined || dates.length > 0
    if (logs) use(loggerNeeds(handler.module))
    if (answer?.emit === undefined || channel.manager === undefined) return needs
    if (!bound.has(channel.envelope.name)) request(moduleOf(channel.envelope.file), channel.envelope.name)
    const sender = channel.manager.instance ?? answer.emit.name
    if (!bound.has(sender)) request(moduleOf(channel.manager.file), sender)
    for (const { by } of dates) use(adapterNeeds(by))
    return needs
  },
  change: changeBranch,

  cut({ repository }, { file, start, end }) {
    const { source } = repository.python(file)
    if (source.text.startsWith('elif', start)) return wholeBlock(source, { start, end })
    return {
      kind: 'blocked',
      lookedFor: 'an `elif` branch',
      nearest: 'the branch is the first of its chain, or a `case`',
      place: placeOf(source, start),
    }
  },

  goneNames: () => [],
}

/** What people are to fill in: the event, and what of it the request does not carry. */
function markOf({ spec }: Half, owed: readonly Field[]): Mark {
  return { event: spec.names.snake, fields: owed.map((field) => field.name) }
}

/** The `match` that stands where an `if` was looked for. */
function findMatch({ repository, channel }: Half, file: string): Partial<Blocked> {
  const module = repository.python(file)
  const clause = casesOf(module).find(({ pattern }) =>
    pattern.text.startsWith(`${channel.enum.name}.`),
  )?.clause
  if (clause === undefined) return { place: { file } }
  const place = placeOf(module.source, clause.start)
  return { nearest: `a \`match\` at line ${place.line}`, place }
}

/** Why the chain is found and the branch can still not be written. */
function findBlock(target: Half, handler: Handler): Blocked | undefined {
  const { channel, answer } = target
  const place = { file: handler.module.source.path }
  if (handler.isScattered) {
    const at = placeOf(handler.module.source, handler.chain.start)
    return {
      kind: 'blocked',
      lookedFor: 'an `if … elif` chain over the types of messages',
      nearest: 'an `if` of its own for each, which may leave the function or the loop',
      place: at,
    }
  }
  if (handler.payload === undefined && target.fields.length > 0) {
    return {
      kind: 'blocked',
      lookedFor: 'where a branch gets the payload from, as in `payload = data.get("payload", {})`',
      nearest: `\`${handler.subject}\` comes from somewhere else`,
      place,
    }
  }
  if (answer === undefined || answer.spec.emit.to === 'none' || target.owed.length > 0) return undefined
  if (channel.manager === undefined || answer.emit === undefined) {
    return {
      kind: 'blocked',
      lookedFor: `a method that sends a \`${channel.envelope.name}\` to \`${answer.spec.emit.to ?? 'client'}\``,
      place,
    }
  }
  const { manager } = channel
  const { emit } = answer
  const missing = emit.parameters.find(
    (one) => !one.isMessage && findArgument([handler.owner], manager, emit, one) === undefined,
  )
  if (missing !== undefined) {
    return {
      kind: 'blocked',
      lookedFor: `a local for \`${missing.name}\`, which \`${calleeOf(manager, emit)}\` takes`,
      nearest: `\`${handler.owner.name}\` has none of that name, and sends nothing by that method`,
      place,
    }
  }
  const locals = localsOf(handler.owner)
  const unknown = localFields(target, answer).find((field) => !locals.has(parameterName(field.name)))
  if (unknown !== undefined) {
    return {
      kind: 'blocked',
      lookedFor: `a local \`${unknown.name}\` in \`${handler.owner.name}\`, which every event of the channel carries`,
      place,
    }
  }
  const unsourced = missingParameters(asCaller(answer))
  if (unsourced.length === 0) return undefined
  return {
    kind: 'blocked',
    lookedFor: `a field for each parameter of the factory that answers`,
    nearest: `no field gives \`${unsourced.join('`, `')}\``,
    place: { file: channel.envelope.file },
  }
}

/** The field of the answer that a field of the request gives. */
function answeredBy(answer: Half, field: Field): Field | undefined {
  return answer.fields.find((one) => one.name === field.name)
}

function answeredFields(target: Half, answer: Half): { field: Field; by: Field }[] {
  return answer.fields.flatMap((by) => {
    const field = target.fields.find((one) => one.name === by.name)
    return field === undefined ? [] : [{ field, by }]
  })
}

/** `logger.debug("seat_claim: %r", {"seat_id": payload.get("seatId", "")})` */
function printLog(
  handler: Handler,
  event: string,
  fields: readonly Field[],
  read: (field: Field) => Doc,
  quote: '"' | "'",
): Doc {
  const open = `${loggerOf(handler.module)}.debug(`
  if (fields.length === 0) return { open, items: [printString(`${event} received`, quote)], close: ')' }
  const entries = fields.map((field) => prefixDoc(`${printString(field.name, quote)}: `, read(field)))
  return {
    open,
    items: [printString(`${event}: %r`, quote), { open: '{', items: entries, close: '}' }],
    close: ')',
  }
}

/** The fields of the answer that every event of the channel carries, and that the handler has a local for. */
function localFields(target: Half, answer: Half): readonly Field[] {
  const { custom, fields } = target
  return answer.fields.filter(
    (field) =>
      custom.leading.some((one) => one.name === field.name) && !fields.some((one) => one.name === field.name),
  )
}

function printAnswer(
  target: Half,
  answer: Half,
  handler: Handler,
  read: (field: Field, by?: Field) => Doc,
  page: Page,
): { send: string; failure: string } {
  const { manager } = target.channel
  const { emit } = answer
  if (manager === undefined || emit === undefined) throw new NoView('no answer without a manager')
  const carried = answeredFields(target, answer)
  const message = printFactoryCall(answer, [
    ...localFields(target, answer).map((field) => ({ field, value: parameterName(field.name) })),
    ...carried.map(({ field, by }) => ({ field: by, value: read(field, by) })),
  ])
  const send = printSend(
    manager.instance,
    emit,
    message,
    (one) => findArgument([handler.owner], manager, emit, one) ?? one.name,
  )
  const canFail = carried.some(({ by }) => needsAdapter(by))
  const { quote } = readPythonStyle(handler.module, target.layout.backend.lineLength)
  const texts = ['%s: not answered', target.spec.names.snake].map((text) => printString(text, quote))
  const failure: Doc = {
    open: `${loggerOf(handler.module)}.debug(`,
    items: [...texts, 'exc_info=True'],
    close: ')',
  }
  return {
    send: printDoc(send, page, canFail ? 2 : 1),
    failure: canFail ? printDoc(failure, page, 2) : '',
  }
}

/** `a == b` behind an `elif`, in parentheses where it does not fit, as `ruff format` writes it. */
function printComparison(left: string, right: string, page: Page): string {
  const fits = (text: string, level: number, around: number): boolean =>
    page.column + level * page.indentWidth + displayWidth(text) + around <= page.width
  const flat = `${left} == ${right}`
  if (fits(flat, 0, 'elif :'.length)) return flat
  return fits(flat, 1, 0) ? `(\n\t${flat}\n)` : `(\n\t${left}\n\t== ${right}\n)`
}

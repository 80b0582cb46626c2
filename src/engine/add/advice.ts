import { findChannelHook } from '../../channel/hook.js'
import { readStore } from '../../channel/stores.js'
import { formatPlace } from '../../errors.js'
import { findUnreadState } from '../../facts/unread-state.js'
import { python } from '../../lang/python/language.js'
import { scopeAt, scopesOf } from '../../lang/python/scopes.js'
import { typescript } from '../../lang/typescript/language.js'
import { calleeOf } from '../../layout/manager-part.js'
import { parameterName } from '../../payload/python.js'
import { factoryCall, windowEvent } from '../../sites/naming.js'
import { asCaller, factoryParameter } from '../../sites/send/call.js'
import { habitsOf } from '../../sites/send/habits.js'
import { sendsAround } from '../../sites/send/neighbours.js'
import { isDefinition } from '../../sites/send/place.js'
import type { Half } from '../../sites/site.js'
import { placeOf } from '../../workspace/place.js'
import { isInMobileApp, MOBILE_CONSTANTS } from '../mobile.js'
import type { Change } from '../result.js'

/** What a run leaves to people: the helper nobody calls yet, and what they should know. */
export function advise(target: Half): {
  readonly changes: readonly Change[]
  readonly next: readonly string[]
} {
  if (target.direction === 'client-to-server') return adviseRequest(target)
  const uncalled = findUncalledHelper(target)
  const next = [
    ...mentionUnsent(target),
    ...mentionSent(target),
    ...mentionLeftOut(target),
    ...(uncalled === undefined ? [] : [`call it where it happens: ${uncalled.text}`]),
    ...mentionUnreadState(target),
    ...warnOfReach(target),
    ...warnOfPersistence(target),
    ...adviseReset(target),
    ...adviseListener(target),
    ...mentionMobile(target),
  ]
  return { changes: uncalled === undefined ? [] : [uncalled], next }
}

function adviseRequest(target: Half): ReturnType<typeof advise> {
  const empty = findEmptyBranch(target)
  const uncalled = findUncalledCallback(target)
  return {
    changes: [empty, uncalled].filter((one) => one !== undefined),
    next: [
      ...(empty?.file === undefined ? [] : [sayEmpty(target, formatPlace({ ...empty, file: empty.file }))]),
      ...mentionAccess(target),
      ...(uncalled === undefined ? [] : [`call it from a component: ${uncalled.text}`]),
    ],
  }
}

function sayEmpty(target: Half, place: string): string {
  const { answer, owed, spec } = target
  const own = `\`${spec.names.snake}\``
  if (answer === undefined || owed.length === 0) return `say what the server does with ${own}: ${place}`
  return `answer ${own} where it is marked, with \`${callOf(answer)}\`: ${place}`
}

/** The call of the factory with what it requires. */
function callOf(event: Half): string {
  const required = event.fields.filter((field) => !field.optional && field.default === undefined)
  return `${factoryCall(event)}(${required.map((field) => `${parameterName(field.name)}=…`).join(', ')})`
}

/** An event that is sent nowhere, as it was asked for: a marked branch says it of its answer itself. */
function mentionUnsent(target: Half): string[] {
  const isSent = target.rows.of(target.spec.names.snake, 'python-send').length > 0
  return isSent || target.owed.length > 0 ? [] : [`send it where it happens: \`${callOf(target)}\``]
}

/** One more send that is there already: nothing was added. */
function mentionSent({ sentAt, isSendOnly, repository }: Half): string[] {
  if (sentAt === undefined || !isSendOnly) return []
  const place = formatPlace(placeOf(repository.workspace.read(sentAt.file), sentAt.start))
  return [
    `it is sent there already, and no send was added: ${place}; another function is named by FILE:FUNCTION`,
  ]
}

/** What a send inside a function leaves out, for nothing there has its name. */
function mentionLeftOut(target: Half): string[] {
  const { place, repository } = target
  if (place === undefined || isDefinition(place)) return []
  const module = repository.python(place.file)
  const sent = habitsOf(target).find(
    ({ file, call }) => file === place.file && scopeAt(module, call.start)?.path === place.scope.path,
  )
  if (sent === undefined) return []
  const left = asCaller(target)
    .fields.filter((field) => field.optional || field.default !== undefined)
    .filter((field) => !sent.given.has(factoryParameter(target, field)))
    .map((field) => `\`${field.name}\``)
  const at = placeOf(module.source, sent.call.start)
  return left.length === 0
    ? []
    : [
        `${at.file}:${at.line}: give ${left.join(', ')} where ${left.length === 1 ? 'it is' : 'they are'} known`,
      ]
}

/** What a client says that it may see is no proof: where the backend has a check for it, the branch needs one. */
function mentionAccess({ repository, layout, fields, spec }: Half): string[] {
  return fields.flatMap(({ name }) => {
    const check = new RegExp(`^(?:async )?def (\\w*(?:access|permission)\\w*)\\([^)]*\\b${name}\\b`, 'm')
    const [file] = repository.search(layout.backend.folder, python.extensions, (text) => check.test(text))
    if (file === undefined) return []
    const { source } = repository.python(file)
    const found = check.exec(source.text)
    if (found === null) return []
    const place = formatPlace(placeOf(source, found.index))
    return [
      `\`${spec.names.snake}\` gets \`${name}\` from the client: see that its user may, as \`${found[1]}\` does (${place})`,
    ]
  })
}

/** The branch of the handler, if it only logs what it got. */
function findEmptyBranch({ repository, rows, spec }: Half): Change | undefined {
  const branch = rows.of(spec.names.snake, 'python-handler-branch')[0]
  if (branch?.links?.isPlaceholder !== true) return undefined
  const { source } = repository.python(branch.file)
  // A comment behind `pass` says that it is meant.
  if (/^\s*pass\s*#(?!.*\b(?:TODO|FIXME)\b)/m.test(source.text.slice(branch.start, branch.end)))
    return undefined
  return {
    site: 'python-handler-branch',
    event: spec.names.snake,
    status: 'advised',
    ...placeOf(source, branch.start),
    text: source.text.slice(branch.start, branch.end),
    reason: 'the branch only logs what it got: fill it in',
  }
}

/** The callback that the hook returns, if nothing else of the frontend mentions it. */
function findUncalledCallback(target: Half): Change | undefined {
  const { repository, layout, channel, rows, spec } = target
  const event = spec.names.snake
  const returned = rows.of(event, 'ts-hook-return')[0]
  const name = returned?.links?.name
  const found = findChannelHook(target)
  if (returned === undefined || name === undefined || found === undefined) return undefined
  const own = [channel.hook?.file, channel.client?.file]
  const mention = new RegExp(`(?<![A-Za-z0-9_$])${name}(?![A-Za-z0-9_$])`)
  const callers = repository
    .search(`${layout.frontend.folder}/src`, typescript.extensions, (text) => mention.test(text))
    .filter((file) => !own.includes(file))
  if (callers.length > 0) return undefined
  return {
    site: 'ts-hook-callback',
    event,
    status: 'advised',
    ...placeOf(found.module.source, returned.start),
    text: `const { ${name} } = ${found.hook.name}(${found.hook.parameters.join(', ')})`,
    reason: `nothing calls \`${name}\` yet`,
  }
}

/** A function made for sending the event that nothing calls. */
function findUncalledHelper({ repository, layout, rows, spec }: Half): Change | undefined {
  const event = spec.names.snake
  const isCalled = (name: string): boolean =>
    repository.search(layout.backend.folder, python.extensions, (text) =>
      new RegExp(`(?<!def )\\b${name}\\b`).test(text),
    ).length > 0
  const helpers = rows.of(event, 'python-send').flatMap((sent) => {
    const module = repository.python(sent.file)
    const scope = scopesOf(module).findLast(
      ({ function: one }) => one.node.start <= sent.start && sent.end <= one.node.end,
    )
    return scope?.function.name.endsWith(`_${event}`) === true ? [{ module, scope }] : []
  })
  const found = helpers.find(({ scope }) => !isCalled(scope.function.name))
  if (found === undefined) return undefined
  const { module, scope } = found
  const { name, node, parameters } = scope.function
  const given = parameters.filter((one) => one.name !== 'self' && one.default === undefined)
  const text = `await ${scope.owner === undefined ? '' : 'self.'}${name}(${given.map((one) => one.name).join(', ')})`
  const definition = node.descendants('identifier')[0] ?? node
  return {
    site: 'python-send',
    event,
    status: 'advised',
    ...placeOf(module.source, definition.start),
    text,
    reason: `nothing calls \`${name}\` yet`,
  }
}

/** State that the event sets and that nothing reads yet, as `check` sees it. */
function mentionUnreadState(target: Half): string[] {
  return findUnreadState(target, target.spec.names.snake)
    .filter((one) => !one.isWhole)
    .map(({ hook, key }) => `read it in a component: const ${key} = ${hook}((state) => state.${key})`)
}

function warnOfReach({ channel, repository, emit, rows, spec }: Half): string[] {
  if (emit?.target !== 'all' || emit.parameters.length > 1 || channel.manager === undefined) return []
  const isSent = rows.of(spec.names.snake, 'python-send').some((one) => {
    const module = repository.python(one.file)
    return sendsAround(channel, module, one.start).includes(emit.name)
  })
  if (!isSent) return []
  return [
    `\`${calleeOf(channel.manager, emit)}\` reaches every connected client, of every user: send nothing private with it`,
  ]
}

/** A `reset` of the store that sets back other state, and not the event's. */
function adviseReset({ repository, store, rows, spec }: Half): string[] {
  const state = rows.of(spec.names.snake, 'ts-store-state')[0]?.links?.name
  const read = store === undefined ? undefined : readStore(repository, store)
  if (store === undefined || read === undefined || state === undefined) return []
  const properties = read.store.object?.properties ?? []
  const reset = properties.find((one) => one.isFunction && one.name === 'reset')
  const others = properties.filter(
    (one) => !one.isFunction && new RegExp(`\\b${one.name}:`).test(reset?.value ?? ''),
  )
  if (reset === undefined || others.length < 2 || new RegExp(`\\b${state}\\b`).test(reset.value)) return []
  return [
    `\`${store.hook}\` is set back by \`${reset.name}\`, which leaves \`${state}\` as it is: add it there if it should go`,
  ]
}

function adviseListener({ spec, rows, repository, layout }: Half): string[] {
  const event = windowEvent(spec.names.snake)
  if (spec.store.hook !== 'none' || rows.of(spec.names.snake, 'ts-hook-case').length === 0) return []
  const listens = new RegExp(`addEventListener\\(\\s*['"]${event}['"]`)
  const listeners = repository.search(`${layout.frontend.folder}/src`, typescript.extensions, (text) =>
    listens.test(text),
  )
  return listeners.length > 0 ? [] : [`listen to it: window.addEventListener('${event}', …)`]
}

function mentionMobile(target: Half): string[] {
  const { spec, rows } = target
  const event = spec.names.snake
  if (rows.of(event, 'python-enum-member').length === 0) return []
  if (isInMobileApp(target, event) !== false) return []
  return [
    `the mobile app does not know it: ${MOBILE_CONSTANTS} has no \`static const String ${spec.names.camel} = '${event}'\``,
  ]
}

function warnOfPersistence({ repository, store, rows, spec }: Half): string[] {
  if (store === undefined || rows.of(spec.names.snake, 'ts-store-state').length === 0) return []
  const read = readStore(repository, store)
  if (read === undefined || !read.store.isPersisted || read.store.hasPartialize) return []
  return [
    `\`${store.hook}\` persists all of its state, so the last event survives a reload; give it a \`partialize\` if that is not wanted`,
  ]
}

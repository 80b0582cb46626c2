import { descendants, functionsOf } from '../lang/python/query.js'
import { helperName } from '../sites/parts/naming.js'
import { placeOf } from '../sites/parts/place.js'
import { pythonParameters } from '../sites/parts/python-types.js'
import { readStore } from '../sites/parts/ts-store.js'
import type { Target } from '../sites/site.js'
import type { Change } from './result.js'

/** What a run leaves to people: the helper nobody calls yet, and what they should know. */
export function advise(target: Target): {
  readonly changes: readonly Change[]
  readonly next: readonly string[]
} {
  const uncalled = findUncalledHelper(target)
  const next = [
    ...(uncalled === undefined ? [] : [`call it where it happens: ${uncalled.text}`]),
    ...warnOfReach(target),
    ...warnOfPersistence(target),
  ]
  return { changes: uncalled === undefined ? [] : [uncalled], next }
}

/** The send helper of the event, if it is the only thing that sends it and nothing calls it. */
function findUncalledHelper({
  repository,
  channel,
  layout,
  rows,
  spec,
  fields,
  emit,
}: Target): Change | undefined {
  const name = helperName(spec.names.snake)
  const emits = rows.of(spec.names.snake, 'python-send')
  if (channel.manager === undefined || emits.length === 0) return undefined
  const file = channel.manager.file
  const module = repository.python(file)
  const helper = functionsOf(module).find((one) => one.name === name)
  if (
    helper === undefined ||
    emits.some((one) => one.file !== file || one.start < helper.node.start || one.end > helper.node.end)
  )
    return undefined
  const called = repository.search(layout.backend.folder, ['.py'], (text) =>
    new RegExp(`(?<!def )\\b${name}\\b`).test(text),
  )
  if (called.length > 0) return undefined
  const leading = (emit?.parameters ?? []).filter((one) => !one.isMessage).map((one) => one.name)
  const required = pythonParameters(fields, '"').filter((one) => !one.hasDefault)
  const text = `await ${name}(${[...leading, ...required.map((one) => one.name)].join(', ')})`
  const definition = descendants(helper.node, 'identifier')[0] ?? helper.node
  return {
    site: 'python-send',
    event: spec.names.snake,
    status: 'advised',
    ...placeOf(module.source, definition.start),
    text,
    reason: `nothing calls \`${name}\` yet`,
  }
}

function warnOfReach({ channel, emit, rows, spec }: Target): string[] {
  const isSent = rows.of(spec.names.snake, 'python-send').some((one) => one.file === channel.manager?.file)
  if (emit?.target !== 'all' || emit.parameters.length > 1 || !isSent) return []
  return [
    `\`${channel.manager?.instance}.${emit.name}\` reaches every connected client, of every user: send nothing private with it`,
  ]
}

function warnOfPersistence({ repository, store, rows, spec }: Target): string[] {
  if (store === undefined || rows.of(spec.names.snake, 'ts-store-state').length === 0) return []
  const read = readStore(repository, store)
  if (read === undefined || !read.store.isPersisted || read.store.hasPartialize) return []
  return [
    `\`${store.hook}\` persists all of its state, so the last event survives a reload; give it a \`partialize\` if that is not wanted`,
  ]
}

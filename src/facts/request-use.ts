import { usesOfMethod } from '../channel/client-calls.js'
import { findChannelHook } from '../channel/hook.js'
import { perChannel } from '../channel/open-channel.js'
import { emptyFunctionsOf } from '../channel/typescript/empty-functions.js'
import { usesOfName } from '../channel/typescript/method-uses.js'
import { allNamed } from '../group.js'
import { typescript } from '../lang/typescript/language.js'
import { wordsOf } from '../lang/typescript/words.js'
import type { SiteKey, SurveyContext } from '../sites/site.js'
import { placeOf } from '../workspace/place.js'
import type { Span } from '../workspace/span.js'
import { inOrder } from '../workspace/span.js'
import type { Named } from './named.js'

/** Who makes the client send a request. */
export interface RequestUse {
  /** The client's methods that send it. */
  readonly methods: readonly Named[]
  /** Whether anything of the frontend calls one of them. */
  readonly isSent: boolean
  /** The callbacks of the hook that do. */
  readonly callbacks: readonly Named[]
  /** Those that the hook returns. */
  readonly returned: readonly Named[]
  /** Whether anything outside of the hook uses one of those, or the hook itself sends. */
  readonly isUsed: boolean
  /** Elements that are given an empty function by a callback's name. */
  readonly empty: readonly Named[]
}

/** Follows a request from the client's method through the hook to the components, by the cells of its row. */
export function readRequestUse(context: SurveyContext, event: string): RequestUse {
  const methods = cellsOf(context, event, 'ts-send-method')
  const callbacks = cellsOf(context, event, 'ts-hook-callback')
  const returned = cellsOf(context, event, 'ts-hook-return')
  const found = findChannelHook(context)
  const hook = found?.hook.name ?? ''
  const saysItself = (name: string): boolean =>
    found !== undefined && usesOfName(found.module, name).some((one) => !isWithin(one, found.hook.returned))
  return {
    methods,
    isSent: methods.some((one) => usesOfMethod(context, one.name).length > 0),
    callbacks,
    returned,
    isUsed:
      (callbacks.length === 0 && returned.length === 0) ||
      returned.some((one) => isUsed(context, hook, one.name)) ||
      callbacks.some((one) => saysItself(one.name)),
    empty: returned.flatMap((one) => findEmpty(context, one.name)),
  }
}

function cellsOf(context: SurveyContext, event: string, site: SiteKey): Named[] {
  return context.rows.of(event, site).map(({ file, start, links }) => ({
    name: links?.name ?? '',
    place: placeOf(context.repository.workspace.read(file), start),
  }))
}

function isWithin(one: Span, whole: Span | undefined): boolean {
  return whole !== undefined && whole.start <= one.start && one.end <= whole.end
}

/** Whether a component uses what the hook returns by a name. */
function isUsed(context: SurveyContext, hook: string, name: string): boolean {
  const { repository, channel } = context
  const text = (file: string): string => repository.workspace.read(file).text
  const isOther = (file: string): boolean => file !== channel.hook?.file && file !== channel.client?.file
  const users = sourcesOf(context, hook).filter(
    (file) => isOther(file) && new RegExp(`\\b${hook}\\b`).test(text(file)),
  )
  if (users.some((file) => says(context, file, name))) return true
  // The whole object goes on: whoever gets it may use the name.
  const isWhole = users.some((file) => !new RegExp(`\\}\\s*=\\s*${hook}\\s*\\(`).test(text(file)))
  const others = sourcesOf(context, name).filter(isOther)
  return isWhole && others.some((file) => says(context, file, name))
}

function findEmpty(context: SurveyContext, name: string): Named[] {
  const bare = name.replace(/^send(?=[A-Z])/, '')
  const meant = [name, `on${bare.charAt(0).toUpperCase()}${bare.slice(1)}`]
  return context.repository.thatSay(filesWithFunctionsInMarkup(context), meant).flatMap((file) => {
    const module = context.repository.typescript(file)
    const empty = inOrder(meant.flatMap((one) => allNamed(emptyFunctionsOf(module), one)))
    return empty.map((one) => ({ name: one.name, place: placeOf(module.source, one.start) }))
  })
}

/** Files of the frontend's source in which an element may be given a function. */
const filesWithFunctionsInMarkup = perChannel(({ repository, layout }) =>
  repository.search(`${layout.frontend.folder}/src`, ['.tsx'], (text) => /\(\)\s*=>|function/.test(text)),
)

/** Files of the frontend's source that may say one of the names. */
function sourcesOf({ repository, layout }: SurveyContext, ...names: readonly string[]): string[] {
  return repository.saying(`${layout.frontend.folder}/src`, typescript.extensions, names)
}

function says({ repository }: SurveyContext, file: string, name: string): boolean {
  return wordsOf(repository.typescript(file)).some((one) => !one.isString && one.text === name)
}

import { usesOfMethod } from '../channel/client-calls.js'
import { findChannelHook } from '../channel/hook.js'
import { emptyFunctionsOf } from '../channel/typescript/empty-functions.js'
import { typescript } from '../lang/typescript/language.js'
import { wordsOf } from '../lang/typescript/words.js'
import { escapeRegExp } from '../layout/candidates.js'
import type { SiteKey, SurveyContext } from '../sites/site.js'
import { placeOf } from '../workspace/place.js'
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
  const hook = findChannelHook(context)?.hook.name ?? ''
  const saysItself = (name: string): boolean => {
    const isEntry = returned.some((one) => new RegExp(`\\b${escapeRegExp(name)}\\b`).test(one.text))
    return countWords(context, context.channel.hook?.file ?? '', name, 'bare') > (isEntry ? 2 : 1)
  }
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

function cellsOf(context: SurveyContext, event: string, site: SiteKey): (Named & { text: string })[] {
  return context.rows.of(event, site).map(({ file, start, end, links }) => {
    const source = context.repository.workspace.read(file)
    return { name: links?.name ?? '', place: placeOf(source, start), text: source.text.slice(start, end) }
  })
}

/** Whether a component uses what the hook returns by a name. */
function isUsed(context: SurveyContext, hook: string, name: string): boolean {
  const { repository, channel } = context
  const text = (file: string): string => repository.workspace.read(file).text
  const isOther = (file: string): boolean => file !== channel.hook?.file && file !== channel.client?.file
  const users = sourcesOf(context, hook).filter(
    (file) => isOther(file) && new RegExp(`\\b${hook}\\b`).test(text(file)),
  )
  if (users.some((file) => countWords(context, file, name) > 0)) return true
  // The whole object goes on: whoever gets it may use the name.
  const isWhole = users.some((file) => !new RegExp(`\\}\\s*=\\s*${hook}\\s*\\(`).test(text(file)))
  const others = sourcesOf(context, name).filter(isOther)
  return isWhole && others.some((file) => countWords(context, file, name) > 0)
}

function findEmpty(context: SurveyContext, name: string): Named[] {
  const bare = name.replace(/^send(?=[A-Z])/, '')
  const meant = [name, `on${bare.charAt(0).toUpperCase()}${bare.slice(1)}`]
  return sourcesOf(context, ...meant)
    .filter((file) => /\(\)\s*=>|function/.test(context.repository.workspace.read(file).text))
    .filter((file) => meant.some((one) => context.repository.workspace.read(file).text.includes(`${one}=`)))
    .flatMap((file) => {
      const module = context.repository.typescript(file)
      const empty = emptyFunctionsOf(module).filter((one) => meant.includes(one.name))
      return empty.map((one) => ({ name: one.name, place: placeOf(module.source, one.start) }))
    })
}

/** Files of the frontend's source that may say one of the names. */
function sourcesOf({ repository, layout }: SurveyContext, ...names: readonly string[]): string[] {
  return repository.saying(`${layout.frontend.folder}/src`, typescript.extensions, names)
}

/** How often a file says a name: anywhere, or without a dot in front of it. */
function countWords(
  { repository }: SurveyContext,
  file: string,
  name: string,
  how: 'bare' | 'any' = 'any',
): number {
  const text = file === '' ? '' : repository.workspace.read(file).text
  if (!text.includes(name)) return 0
  return wordsOf(repository.typescript(file)).filter((one) => {
    const isMember = text[one.start - 1] === '.'
    return !one.isString && one.text === name && (how === 'any' || !isMember)
  }).length
}

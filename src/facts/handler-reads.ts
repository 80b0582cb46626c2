import { branchesOf } from '../channel/branches.js'
import { escapeRegExp } from '../layout/candidates.js'
import type { SurveyContext } from '../sites/site.js'

/** Whether the handler reads a key of a payload outside of the branches of other events. */
export function isReadInHandler(context: SurveyContext, event: string, key: string): boolean {
  const { repository, channel } = context
  if (channel.handler === undefined) return false
  const { text } = repository.python(channel.handler.file).source
  const branches = branchesOf(context)
  const own = branches.filter((one) => one.event === event)
  const others = branches.filter((one) => one.event !== event)
  const name = `["']${escapeRegExp(key)}["']`
  const read = `(?:\\.(?:get|pop)\\(\\s*|\\[\\s*)${name}`
  const reads = text.matchAll(new RegExp(`(\\w*)${read}|${name}\\s+in\\b`, 'g'))
  const holds = (list: typeof branches, offset: number): boolean =>
    list.some((one) => one.start <= offset && offset <= one.end)
  return [...reads].some(({ index, 1: owner = '' }) => {
    const isPayload = /payload|data|message|msg/i.test(owner)
    return holds(own, index) || (isPayload && !holds(others, index))
  })
}

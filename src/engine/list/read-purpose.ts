import { directionOfComment } from '../../channel/enum.js'
import { docstringAt } from '../../lang/python/query.js'
import type { SurveyContext } from '../../sites/site.js'
import { lineEnd } from '../../workspace/source.js'

/**
 * What an event is for in words: the comment behind its enum member, else what the docstring of its factory or its
 * model says beyond naming it.
 */
export function readPurpose(context: SurveyContext, event: string): string | undefined {
  const { repository, rows } = context
  const [member] = rows.of(event, 'python-enum-member')
  const said =
    member === undefined ? undefined : commentBehind(repository.python(member.file).source.text, member.end)
  if (said !== undefined) return said
  const docstrings = [...rows.of(event, 'python-factory'), ...rows.of(event, 'python-payload-model')].map(
    (one) => docstringAt(repository.python(one.file), one.start),
  )
  const bare = event.replaceAll('_', ' ')
  return docstrings
    .flatMap((text) => (text === undefined ? [] : [withoutFormula(text)]))
    .find((text) => !isName(text.replaceAll('_', ' ').toLowerCase(), bare))
}

/** Whether a text says the name of an event and no more. */
function isName(text: string, bare: string): boolean {
  return text.startsWith(bare) && /^ ?(?:message|event|payload)?s?$/.test(text.slice(bare.length))
}

function commentBehind(text: string, offset: number): string | undefined {
  const comment = /^[ \t]*#[ \t]*(.*?)\s*$/.exec(text.slice(offset, lineEnd(text, offset)))?.[1]
  return comment === undefined || comment === '' || directionOfComment(comment) !== undefined
    ? undefined
    : comment
}

/** A docstring's first sentence without `Create a` or `Payload for`. */
function withoutFormula(docstring: string): string {
  const [first = ''] = docstring
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=\.) /)
  const text = first.replace(/^(?:create an? |payload for )/i, '').replace(/\.$/, '')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

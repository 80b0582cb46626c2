import { commonStart } from './matching.js'
import { drawText } from './picture.js'
import { BACK, type Hint, type TextQuestion } from './question.js'
import { noteOf, type Run, type Running, takeTextOnly } from './running.js'
import { visible, visibleHint } from './visible.js'

interface RunningText extends Running {
  cursorOffset: number
  /** Whether nothing is typed, and what Enter alone answers stands there. */
  readonly placeholder: boolean
}

/** How a line of text is asked for. */
export function runText(question: TextQuestion): Run<RunningText> {
  // The library answers with it.
  const initial = visible(question.initial) === question.initial ? question.initial : ''
  let note = noteOf('', question.problem)
  const hintOf = (value: string): Hint => {
    if (value === BACK) return { text: 'Enter goes back', isProblem: false }
    return note?.of === value ? note.hint : question.hint(value || initial)
  }
  /** What Tab makes of a text; undefined where that is nothing. */
  const complete = (value: string): string | undefined => {
    const proposal = value === '' ? initial || undefined : hintOf(value).proposal
    if (proposal !== undefined) return proposal
    const found = question.complete?.(value) ?? []
    const shared = commonStart(found)
    const next = shared.startsWith(value) || found.length === 1 ? shared : value
    if (found.length > 1) note = { of: next, hint: { text: offer(found), isProblem: false } }
    return found.length === 0 || (found.length === 1 && next === value) ? undefined : next
  }
  return {
    options: {
      type: 'text',
      initial,
      validate(value: string) {
        note = noteOf(value, value === BACK ? undefined : question.refuse?.(value))
        return !hintOf(value).isProblem
      },
    },
    prepare(prompt) {
      takeTextOnly(prompt)
      prompt.next = () => {
        const next = complete(prompt.value)
        if (next === undefined) prompt.bell()
        else setText(prompt, next)
      }
    },
    picture({ value, cursor, placeholder }, page) {
      const message = visible(question.message)
      const state = { message, value, initial, cursor: placeholder ? 0 : cursor }
      return drawText(state, visibleHint(hintOf(value)), page)
    },
  }
}

function setText(prompt: RunningText, value: string): void {
  prompt.value = value
  prompt.cursor = value.length
  prompt.cursorOffset = 0
  prompt.render()
}

/** How many texts are named that Tab could make. */
const OFFERED = 12

/** Texts in few words: without the folders, or the file, that are the same in all of them. */
function offer(found: readonly string[]): string {
  const { length } = /^.*[/:]/.exec(commonStart(found))?.[0] ?? ''
  const shown = found.slice(0, OFFERED).map((one) => one.slice(length))
  const more = found.length - shown.length
  return `${shown.join('  ')}${more > 0 ? `  and ${more} more` : ''}`
}

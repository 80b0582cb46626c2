import { shownOf } from '../../report/shown/shown.js'
import type { Answered, Choice, Hint } from './question.js'

/** What is drawn is drawn as it is, and does nothing to a terminal. */
export function visible(text: string): string {
  return String(shownOf(text))
}

/** Line ends of a hint stay. */
export function visibleHint({ text, proposal, ...hint }: Hint): Hint {
  return {
    ...hint,
    text: text.split('\n').map(visible).join('\n'),
    ...(proposal === undefined ? {} : { proposal: visible(proposal) }),
  }
}

export function visibleChoice({ title, description, ...choice }: Choice): Choice {
  return {
    ...choice,
    title: visible(title),
    ...(description === undefined ? {} : { description: visible(description) }),
  }
}

export function visibleAnswer({ label, answer }: Answered): Answered {
  return { label: visible(label), answer: visible(answer) }
}

import { findDescriptionProblem } from '../../spec/reserved.js'
import { without } from './answers.js'
import { isKnown } from './facts.js'
import { sayProblem } from './question.js'
import type { Step } from './step.js'

/** Asked for an event that is new; what is there is described already. */
export const descriptionStep: Step = {
  id: 'description',
  label: 'Description',
  sets: ['description'],
  applies: (answers, facts) => !isKnown(answers, facts),
  said: ({ description }) => description ?? 'derived from the name',
  question: ({ name, description = '' }) => ({
    kind: 'text',
    message: 'Description',
    initial: description,
    hint(value) {
      const problem = value === '' ? undefined : findDescriptionProblem(value)
      if (problem !== undefined) return { isProblem: true, text: sayProblem(problem) }
      return {
        isProblem: false,
        text:
          value === ''
            ? `one line for docstrings and comments\nEnter: derived, as “Payload for ${name} events.” · <: back`
            : `${value.length} of 200 characters`,
      }
    },
  }),
  take(value, answers) {
    if (value === '') return { answers: without(answers, 'description') }
    const problem = findDescriptionProblem(value)
    return problem === undefined ? { answers: { ...answers, description: value } } : { problem }
  },
}

import { matching } from './matching.js'
import { drawList } from './picture.js'
import { BACK, type Choice, type Hint, type SearchQuestion, type SelectQuestion } from './question.js'
import { noteOf, type Run, type Running, takeTextOnly } from './running.js'
import { visible, visibleChoice, visibleHint } from './visible.js'

interface RunningSelect extends Running {
  moveCursor(index: number): void
}

interface RunningSearch extends Running {
  input: string
  /** Which of the suggestions Enter takes. */
  select: number
  /** False where the suggestions are those of the input. */
  readonly completing: unknown
  readonly suggestions: readonly { readonly title: string; readonly value: string }[]
  complete(then: () => void): void
}

const NOTHING: Hint = { text: '', isProblem: false }

/** How one of a few choices is asked for, each with its key. */
export function runSelect({
  message,
  choices,
  initial,
  body,
  problem,
  refuse,
}: SelectQuestion): Run<RunningSelect> {
  let note = noteOf('', problem)
  return {
    options: {
      type: 'select',
      choices: choices.map(({ title, value }) => ({ title, value })),
      initial: indexOf(choices, initial),
    },
    prepare(prompt) {
      const submit = prompt.submit.bind(prompt)
      prompt.submit = () => {
        note = noteOf('', refuse?.(prompt.value))
        if (note === undefined) submit()
        else prompt.render()
      }
      prompt._ = (key) => {
        const index = choices.findIndex((one) => one.key === key)
        if (index === -1) prompt.bell()
        else {
          prompt.moveCursor(index)
          prompt.submit()
        }
      }
    },
    picture: ({ cursor }, page) =>
      drawList(
        {
          message: visible(message),
          typed: undefined,
          choices: choices.map(visibleChoice),
          chosen: cursor,
          body: body === undefined ? [] : String(body).trimEnd().split('\n'),
          hint: visibleHint(note?.hint ?? NOTHING),
        },
        page,
      ),
  }
}

/** How one of any number of choices is asked for, which typing narrows. */
export function runSearch(question: SearchQuestion): Run<RunningSearch> {
  const known = (): readonly Choice[] => question.choices() ?? []
  const first = indexOf(known(), question.initial)
  let note = noteOf('', question.problem)
  let running: RunningSearch | undefined
  let narrowed = ''
  const choose = (prompt: RunningSearch, value: string, submit: () => void): void => {
    prompt.value = value
    note = noteOf(prompt.input, value === BACK ? undefined : question.refuse?.(value))
    if (note === undefined) submit()
    else prompt.render()
  }
  return {
    options: {
      type: 'autocomplete',
      choices: known(),
      initial: first,
      suggest: async (input: string) => {
        if (input !== narrowed && running !== undefined) running.select = input === '' ? first : 0
        narrowed = input
        return matching(known(), input)
      },
    },
    prepare(prompt) {
      running = prompt
      takeTextOnly(prompt)
      const insert = prompt._.bind(prompt)
      const submit = prompt.submit.bind(prompt)
      prompt._ = (key) => {
        const direct = prompt.input === '' ? known().find((one) => one.key === key) : undefined
        if (direct === undefined) insert(key)
        else choose(prompt, direct.value, submit)
      }
      prompt.submit = () => {
        const value = prompt.suggestions[prompt.select]?.value ?? typedAnswer(question, prompt.input)
        if (value === undefined) prompt.bell()
        else choose(prompt, value, submit)
      }
      prompt.next = () => {
        const title = prompt.suggestions[prompt.select]?.title
        if (title === undefined || title === prompt.input) prompt.bell()
        else writeOut(prompt, title)
      }
      prompt.exit = () => prompt.abort()
    },
    picture({ input, cursor, select, suggestions, completing }, page) {
      if (completing !== false && question.choices() !== undefined) return undefined
      const values = suggestions.map(({ value }) => value)
      const choices = values.flatMap((value) => known().find((one) => one.value === value) ?? [])
      const message = visible(question.message)
      return drawList(
        {
          message,
          typed: { message, value: input, initial: '', cursor },
          choices: choices.map(visibleChoice),
          chosen: select,
          body: [],
          hint: visibleHint(note?.of === input ? note.hint : hintSearch(question, input, choices.length)),
        },
        page,
      )
    },
    refresh: (prompt) => prompt.complete(() => prompt.render()),
  }
}

function writeOut(prompt: RunningSearch, title: string): void {
  prompt.input = title
  prompt.cursor = title.length
  prompt.complete(() => prompt.render())
}

/** While it is not known what there is, whatever is typed is an answer. */
function typedAnswer({ choices }: SearchQuestion, typed: string): string | undefined {
  return choices() === undefined && typed !== '' ? typed : undefined
}

function hintSearch({ choices }: SearchQuestion, typed: string, found: number): Hint {
  const all = choices()?.length
  if (all === undefined) return { text: 'reading what there is · Esc leaves', isProblem: false }
  if (found === 0) return { text: `nothing matches ${typed}; Ctrl-U empties the line`, isProblem: true }
  const text =
    typed === ''
      ? `${all}: type to narrow them, arrows, Enter`
      : `${found} of ${all}; Enter takes ❯, Tab writes it out`
  return { text, isProblem: false }
}

/** The place of a value; the first where there is none of it. */
function indexOf(choices: readonly Choice[], value: string): number {
  return Math.max(
    0,
    choices.findIndex((one) => one.value === value),
  )
}

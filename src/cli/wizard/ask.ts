import prompts from 'prompts'
import { Failure } from '../../errors.js'
import { shownOf } from '../../report/shown/shown.js'
import { BACK, type Hint, type Question } from './question.js'
import { makeRoom, type Screen, screenWithHint } from './screen.js'

/** Clears what was below a question that is answered. */
const NO_HINT: Hint = { text: '', isProblem: false }

/** What is used of a running prompt: the library hands it out as `this` of `onRender`, and only there. */
interface RunningPrompt {
  readonly value: unknown
  readonly initial: unknown
  readonly done: boolean | undefined
  /** Takes a key that is no command; undefined for one without a character, as F1. */
  _(key: string | undefined): void
  reset(): void
  abort(): void
  moveCursor(index: number): void
  submit(): void
}

/**
 * Asks one question on stderr.
 *
 * @param leaving takes it from the screen, as if the person left
 * @returns the answer, or {@link BACK}
 * @throws Failure with exit code 130 when the person leaves: Ctrl-C, Ctrl-D, Esc, or a terminal that closes
 */
export async function ask(question: Question, color: boolean, leaving?: AbortSignal): Promise<string> {
  let leave = (): void => undefined
  const closed = new Promise<undefined>((done) => {
    leave = () => done(undefined)
  })
  process.stdin.once('end', leave)
  const asked = question.kind === 'text' ? askText(question, color, leaving) : askChoice(question, color)
  const answer = await Promise.race([asked, closed])
  process.stdin.off('end', leave)
  if (answer === undefined)
    throw new Failure(130, [{ code: 'cancelled', what: 'cancelled; nothing was written' }])
  return answer
}

async function askText(
  question: Extract<Question, { kind: 'text' }>,
  color: boolean,
  leaving: AbortSignal | undefined,
): Promise<string | undefined> {
  process.stderr.write(makeRoom())
  let refused: { readonly value: string; readonly hint: Hint } | undefined
  const hintOf = (value: string): Hint => {
    if (value === BACK) return { text: 'Enter goes back', isProblem: false }
    return refused?.value === value ? refused.hint : question.hint(value)
  }
  let drawn: Hint | undefined
  const takeHint = (): Hint | undefined => {
    const hint = drawn
    drawn = undefined
    return hint
  }
  let abort = (): void => undefined
  let isDone = false
  leaving?.addEventListener('abort', () => {
    if (!isDone) abort()
  })
  return run(
    {
      type: 'text',
      message: visible(question.message),
      // The library shows it as it is, and answers with it.
      initial: visible(question.initial) === question.initial ? question.initial : '',
      validate(value: string) {
        const text = value === BACK ? undefined : question.refuse?.(value)
        if (text !== undefined) refused = { value, hint: { text, isProblem: true } }
        return !hintOf(value).isProblem
      },
      onRender(this: RunningPrompt) {
        takeTextOnly(this)
        isDone = this.done === true
        abort = () => this.abort()
        const value = String(this.value || this.initial || '')
        drawn = this.done === true ? NO_HINT : hintOf(value)
      },
    },
    screenWithHint(process.stderr, color, takeHint),
  )
}

/** Ctrl-U empties the line as in a shell; other keys that are no text do nothing, and are not typed. */
function takeTextOnly(prompt: RunningPrompt): void {
  if (Object.hasOwn(prompt, '_')) return
  const insert = prompt._.bind(prompt)
  prompt._ = (key) => {
    if (key === '\u0015') prompt.reset()
    else if (key !== undefined && key >= ' ' && key !== '\u007f') insert(key)
  }
}

async function askChoice(
  question: Extract<Question, { kind: 'select' }>,
  color: boolean,
): Promise<string | undefined> {
  const { choices, initial } = question
  const keys = choices.flatMap(({ key }) => key ?? [])
  return run(
    {
      type: 'select',
      message: visible(question.message),
      choices: choices.map(({ title, value, description = '' }) => ({
        title: visible(title),
        value,
        description: visible(description),
      })),
      initial: Math.max(
        0,
        choices.findIndex((one) => one.value === initial),
      ),
      hint: keys.length > 1 ? `arrows and Enter, or ${keys.join(' ')}` : 'arrows and Enter',
      onRender(this: RunningPrompt) {
        this._ = (key) => {
          const index = choices.findIndex((one) => one.key === key)
          if (index === -1) return
          this.moveCursor(index)
          this.submit()
        }
      },
    },
    screenWithHint(process.stderr, color, () => undefined),
  )
}

/** prompts takes strings, and draws them as they are. */
function visible(text: string): string {
  return String(shownOf(text))
}

/** prompts answers a question that was left with nothing at all. */
async function run(question: Readonly<Record<string, unknown>>, stdout: Screen): Promise<string | undefined> {
  const options = { ...question, name: 'answer', stdout }
  const answers = await prompts(options as unknown as prompts.PromptObject<'answer'>)
  return answers.answer as string | undefined
}

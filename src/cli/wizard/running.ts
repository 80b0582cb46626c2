import type { Page, Picture } from './picture.js'
import type { Hint } from './question.js'

/** What is used of a running prompt: the library hands it out as `this` of `onRender`, and only there. */
export interface Running {
  value: string
  cursor: number
  readonly done: boolean | undefined
  /** Takes a key that is no command; undefined for one without a character, as F1. */
  _(key: string | undefined): void
  /** Takes Tab. */
  next(): void
  exit(): void
  reset(): void
  abort(): void
  submit(): void
  bell(): void
  render(): void
}

/** How a prompt of the library is run, which draws nothing by itself. */
export interface Run<P extends Running> {
  /** What the library is given. */
  readonly options: Readonly<Record<string, unknown>>
  /** Is called once, before it takes a key. */
  prepare(prompt: P): void
  /** What stands on the screen; undefined where it stays as it is. */
  picture(prompt: P, page: Page): Picture | undefined
  /** Makes it look again at what it offers. */
  refresh?(prompt: P): void
}

/** What is shown until another text stands there: why one was refused, or what Tab could make of it. */
export interface Note {
  readonly of: string
  readonly hint: Hint
}

/** Why a text was refused, if it was. */
export function noteOf(of: string, problem: string | undefined): Note | undefined {
  return problem === undefined ? undefined : { of, hint: { text: problem, isProblem: true } }
}

/** Ctrl-U empties the line as in a shell; other keys that are no text do nothing, and are not typed. */
export function takeTextOnly(prompt: Running): void {
  const insert = prompt._.bind(prompt)
  prompt._ = (key) => {
    if (key === '\u0015') prompt.reset()
    else if (key !== undefined && key >= ' ' && key !== '\u007f') insert(key)
  }
}

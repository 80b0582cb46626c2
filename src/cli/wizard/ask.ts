import prompts from 'prompts'
import { Failure } from '../../errors.js'
import type { Shown } from '../../report/shown/shown.js'
import type { Keyboard, Keys } from './keyboard.js'
import { answeredLine, below, leftLine, type Page, type Picture } from './picture.js'
import { type Answered, BACK, type Question } from './question.js'
import { runSearch, runSelect } from './run-list.js'
import { runText } from './run-text.js'
import type { Run, Running } from './running.js'
import { painter, Screen } from './screen.js'
import { visible, visibleAnswer } from './visible.js'

/** Asks questions at a terminal. The library knows the keys; what is drawn is drawn here, below what was answered before. */
export class Terminal {
  readonly #screen = new Screen(process.stderr)
  readonly #paint
  #isOpen = false
  #refresh: () => void = () => undefined
  #leave: () => void = () => undefined
  readonly #resized = (): void => this.#refresh()
  readonly #ended = (): void => this.#screen.keep()

  /** @param keyboard has taken the keys */
  constructor(
    private readonly keyboard: Keyboard,
    color: boolean,
  ) {
    this.#paint = painter(color)
    this.open()
  }

  /** Takes from the screen what was typed before the first question, which stays typed. */
  takeEcho(): void {
    this.#screen.eraseEcho(this.keyboard.echoed)
  }

  /**
   * Asks one question on stderr. What was typed before a choice with keys was seen, such as to write, is no answer to it.
   *
   * @param answered stands above it
   * @returns the answer, or {@link BACK}
   * @throws Failure with exit code 130 when the person leaves: Ctrl-C, Ctrl-D, Esc, or a terminal that closes
   */
  async ask(question: Question, answered: readonly Answered[] = []): Promise<string> {
    if (!this.#isOpen) {
      this.open()
      await this.keyboard.take()
    }
    if (question.kind === 'select') await this.keyboard.drop()
    const draw = (picture: Picture): void => {
      const above = answered.map((one) => answeredLine(visibleAnswer(one), this.page))
      const { lines, cursor } = below(above, picture, this.page)
      this.#screen.draw(lines, cursor)
    }
    const { keys, end } = this.keyboard.keys()
    const answer = await Promise.race([this.keyboard.gone, this.put(question, keys, draw)])
    end()
    this.#refresh = () => undefined
    this.#leave = () => undefined
    const label = visible(question.label ?? question.message)
    if (answer === undefined) {
      if (this.#isOpen) draw({ lines: [leftLine(label, this.page)] })
      this.close()
      throw new Failure(130, [{ code: 'cancelled', what: 'cancelled; nothing was written' }])
    }
    if (answer !== BACK)
      draw({ lines: [answeredLine({ label, answer: visible(sayAnswer(question, answer)) }, this.page)] })
    return answer
  }

  /** Shows the question once more, as what it offers is another. */
  refresh(): void {
    this.#refresh()
  }

  /** Takes the question from the screen, where nobody is to answer it any more. */
  leave(): void {
    if (!this.#isOpen) return
    this.#leave()
    this.close([])
  }

  /** Writes what stays on the screen; what is asked next stands below. */
  tell(text: Shown): void {
    this.#screen.write(String(text))
  }

  /**
   * Gives the terminal back.
   *
   * @param answered what stays on the screen; where nothing is said, what is there
   */
  close(answered?: readonly Answered[]): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    if (answered !== undefined)
      this.#screen.draw(answered.map((one) => answeredLine(visibleAnswer(one), this.page)))
    this.#screen.keep()
    this.keyboard.close()
    process.stderr.off('resize', this.#resized)
    process.off('exit', this.#ended)
  }

  private open(): void {
    this.#isOpen = true
    process.stderr.on('resize', this.#resized)
    process.on('exit', this.#ended)
  }

  private get page(): Page {
    return { width: this.#screen.width, height: this.#screen.height, paint: this.#paint }
  }

  private put(question: Question, keys: Keys, draw: (picture: Picture) => void): Promise<string | undefined> {
    if (question.kind === 'text') return this.run(runText(question), keys, draw)
    if (question.kind === 'select') return this.run(runSelect(question), keys, draw)
    return this.run(runSearch(question), keys, draw)
  }

  /** Runs a prompt of the library. */
  private async run<P extends Running>(
    { options, prepare, picture, refresh = (prompt) => prompt.render() }: Run<P>,
    stdin: Keys,
    draw: (picture: Picture) => void,
  ): Promise<string | undefined> {
    let isPrepared = false
    const start = (prompt: P): void => {
      isPrepared = true
      prepare(prompt)
      this.#refresh = () => refresh(prompt)
      this.#leave = () => prompt.abort()
    }
    const render = (prompt: P): void => {
      if (!isPrepared) start(prompt)
      const drawn = prompt.done === true ? undefined : picture(prompt, this.page)
      if (drawn !== undefined) draw(drawn)
    }
    const question = {
      ...options,
      name: 'answer',
      // The library wants one, and draws it nowhere.
      message: 'answer',
      stdin,
      stdout: { columns: 80, write: (text: string) => text === BEEP && this.#screen.bell() },
      onRender(this: P) {
        render(this)
      },
    }
    const answers = await prompts(question as unknown as prompts.PromptObject<'answer'>)
    // One that was left is answered with nothing at all.
    return answers.answer as string | undefined
  }
}

const BEEP = '\u0007'

function sayAnswer(question: Question, answer: string): string {
  if (question.kind === 'text') return answer
  const choices = question.kind === 'select' ? question.choices : (question.choices() ?? [])
  return choices.find((one) => one.value === answer)?.title ?? answer
}

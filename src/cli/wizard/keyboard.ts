import { PassThrough } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** One key as a terminal sends it: a sequence that begins with an escape, or a character. */
const KEY = new RegExp(String.raw`^(?:${'\u001b'}(?:\[[0-?]*[ -/]*[@-~]|O.)|[\s\S])`, 'u')
const CTRL_C = '\u0003'

/** Where a question gets its keys from. */
export type Keys = PassThrough

/**
 * What is typed, from the begin of a dialogue to its end: the terminal shows none of it by itself, also while nothing is
 * asked, and what is typed too early answers the next question.
 */
export class Keyboard {
  #typed = ''
  #echoed = ''
  #wake: () => void = () => undefined
  #asking = 0
  readonly #decoder = new StringDecoder('utf8')
  /** Comes when the terminal is closed. */
  readonly gone: Promise<undefined>
  readonly #listen = (chunk: Buffer): void => this.hear(this.#decoder.write(chunk))

  /** @param interrupt is called for Ctrl-C while nothing is asked */
  constructor(
    private readonly stdin: NodeJS.ReadStream,
    private readonly interrupt: () => void,
  ) {
    this.gone = new Promise((done) => {
      stdin.once('end', () => done(undefined))
    })
  }

  /** What was typed before it took the terminal, which has shown it. */
  get echoed(): string {
    return this.#echoed
  }

  /** Takes the keys of the terminal, and reads what was typed before. */
  async take(): Promise<void> {
    if (this.stdin.isTTY) this.stdin.setRawMode(true)
    this.stdin.on('data', this.#listen)
    this.stdin.resume()
    await turn()
    this.#echoed = this.#typed
  }

  /** Gives the terminal back. */
  close(): void {
    this.stdin.off('data', this.#listen)
    this.stdin.pause()
    if (this.stdin.isTTY) this.stdin.setRawMode(false)
  }

  /** Forgets what was typed until now. */
  async drop(): Promise<void> {
    await turn()
    this.#typed = ''
  }

  /**
   * A stream that gives one key after the other, each when the last one is done with.
   *
   * @returns the stream, and what ends it; keys that were not taken are for the next one
   */
  keys(): { readonly keys: Keys; end(): void } {
    const keys = new PassThrough()
    let isEnded = false
    this.#asking += 1
    void this.give(keys, () => isEnded)
    return {
      keys,
      end: () => {
        isEnded = true
        this.#asking -= 1
        this.#wake()
      },
    }
  }

  private hear(text: string): void {
    if (this.#asking === 0 && text.includes(CTRL_C)) this.interrupt()
    this.#typed += text
    this.#wake()
  }

  private async give(stream: PassThrough, isEnded: () => boolean): Promise<void> {
    while (!isEnded()) {
      const [key] = KEY.exec(this.#typed) ?? []
      if (key === undefined) {
        await new Promise<void>((wake) => {
          this.#wake = wake
        })
        continue
      }
      this.#typed = this.#typed.slice(key.length)
      stream.write(key)
      await new Promise(setImmediate)
    }
  }
}

/** A turn of the event loop, within which what was typed is read. */
async function turn(): Promise<void> {
  await new Promise(setImmediate)
  await new Promise(setImmediate)
}

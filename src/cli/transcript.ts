import { createHash } from 'node:crypto'
import type { Shown } from '../report/shown/shown.js'
import { askDisk, type DiskQuestion, observeDisk } from '../workspace/observed-disk.js'
import type { Output, World } from './context.js'

const STREAMS = ['stdout', 'stderr'] as const
type Stream = (typeof STREAMS)[number]

/** A question that a command asked the world. */
type Question =
  | DiskQuestion
  | readonly [of: 'env', name: string]
  | readonly [of: Stream, property: 'isTTY' | 'columns']

/** What a command asked the world, and what it said: whoever gets the same answers says the same. */
export interface Transcript {
  /** Each with a digest of the answer, in the order in which they were asked first. */
  readonly asked: readonly (readonly [Question, digest: string])[]
  readonly said: readonly (readonly [Stream, text: string, isProse: boolean])[]
  readonly exitCode: number
}

/** Whether the world still gives every answer that it gave. */
export function isStillTrue({ asked }: Transcript, world: World): boolean {
  return asked.every(([question, digest]) => digestOf(ask(world, question)) === digest)
}

/** Hears what a command asks and says. */
export class Stenographer {
  readonly #asked = new Map<string, readonly [Question, string]>()
  readonly #said: [Stream, string, boolean][] = []
  #isRepeatable = true

  /** The same world, in which everything is heard. */
  listen(world: World): World {
    const { env, disk } = world
    const isPrivate = (): void => {
      this.#isRepeatable = false
    }
    return {
      ...world,
      ...Object.fromEntries(STREAMS.map((stream) => [stream, this.#listenTo(stream, world[stream])])),
      env: new Proxy(env, {
        get: (_, name) => (typeof name === 'string' ? this.#hear(['env', name], env[name]) : undefined),
        has: (_, name) => typeof name === 'string' && this.#hear(['env', name], env[name]) !== undefined,
        ownKeys: () => {
          isPrivate()
          return Reflect.ownKeys(env)
        },
      }),
      get stdinIsTTY() {
        isPrivate()
        return world.stdinIsTTY
      },
      disk: observeDisk(disk, {
        asked: (question, answer) => this.#note(question, answer),
        changed: isPrivate,
      }),
      readStdin() {
        isPrivate()
        return world.readStdin()
      },
    }
  }

  /** What was heard; undefined where it depends on more than questions, or did more than say something. */
  transcript(exitCode: number): Transcript | undefined {
    if (!this.#isRepeatable || this.#asked.size === 0) return undefined
    return { asked: [...this.#asked.values()], said: this.#said, exitCode }
  }

  #listenTo(stream: Stream, output: Output): Output {
    const hear = this.#hear.bind(this)
    return {
      write: (text: Shown) => {
        this.#said.push([stream, String(text), text.isProse])
        return output.write(text)
      },
      get isTTY() {
        return hear([stream, 'isTTY'], output.isTTY)
      },
      get columns() {
        return hear([stream, 'columns'], output.columns)
      },
    }
  }

  #hear<T>(question: Question, answer: T): T {
    this.#note(question, printed(answer))
    return answer
  }

  /** What is asked twice is heard once, and must be answered the same. */
  #note(question: Question, answer: Buffer | string): void {
    const key = question.join('\0')
    const digest = digestOf(answer)
    const before = this.#asked.get(key)
    if (before === undefined) this.#asked.set(key, [question, digest])
    else if (before[1] !== digest) this.#isRepeatable = false
  }
}

function ask(world: World, question: Question): Buffer | string {
  const [of, what] = question
  switch (of) {
    case 'env':
      return printed(world.env[what])
    case 'stdout':
    case 'stderr':
      return printed(world[of][what])
    default:
      return askDisk(world.disk, question)
  }
}

function printed(answer: unknown): string {
  return JSON.stringify(answer) ?? ''
}

function digestOf(answer: Buffer | string): string {
  return createHash('sha256').update(answer).digest('base64')
}

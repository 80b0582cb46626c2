import { createHash } from 'node:crypto'
import type { Cache } from '../cache/cache.js'
import { shownBefore } from '../report/shown/again.js'
import type { Answers, World } from './context.js'
import { isStillTrue, Stenographer, type Transcript } from './transcript.js'

/** Answers that are kept from one run to the next. */
export class KeptAnswers implements Answers {
  #keep: (() => void) | undefined

  /**
   * @param cache where answers are kept; undefined to run every command
   * @param build the same for two programs only where they answer the same
   */
  constructor(
    private readonly cache?: Cache,
    private readonly build = '',
  ) {}

  async give(world: World, argv: readonly string[], run: (world: World) => Promise<number>): Promise<number> {
    const { cache } = this
    if (cache === undefined) return run(world)
    const key = createHash('sha256')
      .update(JSON.stringify([this.build, world.cwd, argv]))
      .digest('hex')
    const known = parse(cache.read(key))
    if (known !== undefined && isStillTrue(known, world)) {
      for (const [stream, text, isProse] of known.said) world[stream].write(shownBefore(text, isProse))
      return known.exitCode
    }
    const stenographer = new Stenographer()
    const exitCode = await run(stenographer.listen(world))
    const heard = stenographer.transcript(exitCode)
    if (heard !== undefined) this.#keep = () => cache.write(key, Buffer.from(JSON.stringify(heard)))
    return exitCode
  }

  /** Keeps what was said for the next run. To be called once the answer is out. */
  keep(): void {
    this.#keep?.()
  }
}

/** Undefined for bytes that are no transcript: whatever wrote them, the command can be run. */
function parse(bytes: Buffer | undefined): Transcript | undefined {
  try {
    const found = bytes === undefined ? undefined : (JSON.parse(bytes.toString('utf8')) as Transcript)
    const isWhole =
      Array.isArray(found?.asked) && Array.isArray(found.said) && Number.isInteger(found.exitCode)
    return isWhole ? found : undefined
  } catch {
    return undefined
  }
}

/** What the process does when it is told to end, by signal. */
export interface Signals {
  /**
   * Runs a write that nothing breaks off. A signal that came while it was planned ends the program before it, and one
   * that comes later is too late: the run ends as it would.
   */
  protect<T>(write: () => T): Promise<T>
  /**
   * Has something done before the process ends, however it ends.
   *
   * @returns what calls that off
   */
  atEnd(clean: () => void): () => void
  /** Whether a write has been done, so that it is no longer true that nothing was written. */
  hasWritten(): boolean
}

/** Signals that end a program, and the exit codes that say so. */
const ENDING = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const

/**
 * Takes over what happens on a signal in this process.
 *
 * @param tell says that the run was ended, where it has to be said
 */
export function watchSignals(tell: (exitCode: number) => Promise<void> = async () => undefined): Signals {
  let phase: 'before' | 'ended' | 'writing' | 'after' = 'before'
  let isWritten = false
  const cleaning = new Set<() => void>()
  process.on('exit', () => {
    for (const clean of cleaning) clean()
  })
  for (const [signal, exitCode] of Object.entries(ENDING)) {
    process.on(signal, () => {
      if (phase === 'before') {
        phase = 'ended'
        void tell(exitCode).finally(() => process.exit(exitCode))
      }
      if (phase === 'after') process.exit(process.exitCode ?? 0)
    })
  }
  return {
    async protect(write) {
      if (phase === 'before') await hear()
      if (phase === 'ended') await new Promise(() => undefined)
      phase = 'writing'
      try {
        const result = write()
        isWritten = true
        return result
      } finally {
        await hear()
        phase = 'after'
      }
    },
    atEnd(clean) {
      cleaning.add(clean)
      return () => cleaning.delete(clean)
    },
    hasWritten: () => isWritten,
  }
}

/** Gives signals that came during synchronous work their turn: a whole round of the event loop. */
async function hear(): Promise<void> {
  await new Promise(setImmediate)
  await new Promise(setImmediate)
}

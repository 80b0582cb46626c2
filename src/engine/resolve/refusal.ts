import { Failure } from '../../errors.js'
import { NoView } from '../../sites/site.js'

/** What a step gives; undefined where the repository refuses what it is asked for, or lacks what it is for. */
export function unlessRefused<T>(step: () => T): T | undefined {
  try {
    return step()
  } catch (error) {
    if (error instanceof Failure || error instanceof NoView) return undefined
    throw error
  }
}

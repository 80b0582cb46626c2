import { NoView } from '../../sites/site.js'

/** What a step gives; undefined where the part that a site writes for is gone. */
export function unlessGone<T>(step: () => T): T | undefined {
  try {
    return step()
  } catch (error) {
    if (error instanceof NoView) return undefined
    throw error
  }
}

import { Failure, type Problem } from '../errors.js'
import type { DataFile } from './data-file.js'

/**
 * A failure that the repository is the reason for, with the places of a spec file: a problem that names a value of
 * the file stands where the value does. A problem that has a place keeps it.
 */
export function placeInSpec(failure: Failure, { texts }: Pick<DataFile, 'texts'>): Failure {
  const places = texts()
  const problems = failure.problems.map((problem): Problem => {
    if (problem.place !== undefined) return problem
    const named = places.find(({ value }) => isNamed(problem.what, value))
    return named === undefined ? problem : { ...problem, place: named.place }
  })
  return new Failure(failure.exitCode, problems)
}

/** Whether a sentence quotes a value, or a part of it: `upsert:row`, `new:bots`, `app.py:send`. */
function isNamed(sentence: string, value: string): boolean {
  return [value, ...value.split(':')].some(
    (part) => part !== '' && (sentence.includes(`\`${part}\``) || sentence.includes(JSON.stringify(part))),
  )
}

import { isScalar, visit } from 'yaml'
import { Failure, type Place, type Problem } from '../errors.js'
import { parseYaml } from './yaml.js'

/**
 * A failure that the repository is the reason for, with the places of a spec file: a problem that names a value of
 * the file stands where the value does. A problem that has a place keeps it.
 */
export function placeInSpec(failure: Failure, text: string, file: string): Failure {
  const places = scalarsOf(text, file)
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

function scalarsOf(text: string, file: string): { readonly value: string; readonly place: Place }[] {
  const { document, lines } = parseYaml(text)
  const found: { value: string; place: Place }[] = []
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' || !isScalar(node) || typeof node.value !== 'string' || !node.range) return
      const { line, col } = lines.linePos(node.range[0])
      found.push({ value: node.value, place: { file, line, column: col } })
    },
  })
  return found
}

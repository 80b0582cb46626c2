import * as add from '../../src/engine/add/add-event.js'
import * as proof from '../../src/engine/proof.js'
import * as channels from '../../src/engine/resolve/channel.js'
import * as targets from '../../src/engine/resolve/resolve.js'
import { type Failure, orThrow } from '../../src/errors.js'
import * as baseline from '../../src/settings/baseline-file.js'
import * as packages from '../../src/settings/package-spec.js'
import * as specs from '../../src/spec/event-spec.js'
import * as files from '../../src/spec/spec-file.js'

/** A step for tests in which nothing is refused, or that say how it is. */
function thrown<Args extends readonly unknown[], T>(
  step: (...args: Args) => T,
): (...args: Args) => Exclude<T, Failure> {
  return (...args) => orThrow(step(...args)) as Exclude<T, Failure>
}

export const planAddEvent = thrown(add.planAddEvent)
export const prove = thrown(proof.prove)
export const resolveChannel = thrown(channels.resolveChannel)
export const resolveTargets = thrown(targets.resolveTargets)
export const parseBaseline = thrown(baseline.parseBaseline)
export const parsePackageSpec = thrown(packages.parsePackageSpec)
export const buildSpec = thrown(specs.buildSpec)
const readSpecFile = thrown(files.readSpecFile)

/** The spec of a file with one event. */
export function buildSpecFromFile(text: string, file: string): specs.EventSpec {
  const [only, ...others] = readSpecFile(text, file, () => ({}))
  if (only === undefined || others.length > 0) throw new Error('no spec of one event')
  return only.spec
}

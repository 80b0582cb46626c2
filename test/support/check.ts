import * as engine from '../../src/engine/check/check.js'
import { resolveScope, type Scope } from '../../src/engine/check/scope.js'
import type { Layout } from '../../src/layout/layout.js'
import type { Repository } from '../../src/layout/repository.js'

/** Checks a scope of a checkout, read for it. */
export function checkEvents(repository: Repository, layout: Layout, scope: Scope): engine.CheckResult {
  const read = resolveScope(repository, layout, scope.events ?? [], scope.channel)
  return engine.checkEvents(repository, layout, read)
}

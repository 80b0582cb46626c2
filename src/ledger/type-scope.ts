import type { TypeScope } from '../lang/typescript/object-types.js'
import type { Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'

/** How types of the frontend are followed from file to file. */
export function typeScopeOf(repository: Repository, layout: Layout): TypeScope {
  return { open: (path) => repository.findTypescript(path), aliases: layout.frontend.aliases }
}

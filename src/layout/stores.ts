import { storesOf } from '../channel/typescript/stores.js'
import { typescript } from '../lang/typescript/language.js'
import { importsOf } from '../lang/typescript/query.js'
import type { StoreRef } from './layout.js'
import type { Repository } from './repository.js'
import { FRONTEND_FOLDER } from './root.js'

/** The exported Zustand stores: constants `use…` made by a `create` that the file imports from zustand. */
export function findStores(repository: Repository): StoreRef[] {
  const files = repository.search(`${FRONTEND_FOLDER}/src`, typescript.extensions, (text) =>
    /['"]zustand/.test(text),
  )
  return files.flatMap((file) => {
    const module = repository.typescript(file)
    const isZustand = importsOf(module).some(
      (one) => /^zustand(\/|$)/.test(one.specifier) && one.names.some(({ name }) => /^create/.test(name)),
    )
    const { text } = module.source
    const hooks = isZustand ? storesOf(module).map((one) => one.hook) : []
    return hooks.filter((hook) => isExported(text, hook)).map((hook) => ({ hook, file }))
  })
}

function isExported(text: string, name: string): boolean {
  return new RegExp(`export\\s+const\\s+${name}\\b|export\\s*\\{[^}]*\\b${name}\\b[^}]*\\}`).test(text)
}

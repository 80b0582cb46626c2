import type { TsModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { isKind } from '../../lang/tree.js'
import { isFunction, spanOf } from '../../lang/typescript/grammar.js'
import type { Span } from '../../workspace/span.js'

/** `onStop={() => {}}`: the attributes of elements that are given a function without a body. */
export const emptyFunctionsOf = perModule(
  (module: TsModule): readonly (Span & { readonly name: string })[] => {
    return module.root.descendants('JsxAttribute').flatMap((attribute) => {
      const value = attribute.child('initializer')
      const given = isKind(value, 'JsxExpression') ? value.child('expression') : undefined
      const body = isFunction(given) ? given.child('body') : undefined
      const isEmpty = isKind(body, 'Block') && body.list('statements').length === 0
      const isNothing = isKind(body, 'Identifier') && body.text === 'undefined'
      return isEmpty || isNothing ? [{ name: attribute.name, ...spanOf(attribute) }] : []
    })
  },
)

import { Node, SyntaxKind } from 'ts-morph'
import { perModule } from '../per-module.js'
import type { TsModule } from './parser.js'
import { type Span, spanOf } from './query.js'
import { descendantsOfKind } from './walk.js'

/** `onStop={() => {}}`: the attributes of elements that are given a function without a body. */
export const emptyFunctionsOf = perModule(
  (module: TsModule): readonly (Span & { readonly name: string })[] => {
    return descendantsOfKind(module.file, SyntaxKind.JsxAttribute).flatMap((attribute) => {
      const value = attribute.getInitializer()
      const given = Node.isJsxExpression(value) ? value.getExpression() : undefined
      const body =
        Node.isArrowFunction(given) || Node.isFunctionExpression(given) ? given.getBody() : undefined
      const isEmpty = Node.isBlock(body) && body.getStatements().length === 0
      const isNothing = Node.isIdentifier(body) && body.getText() === 'undefined'
      return isEmpty || isNothing ? [{ name: attribute.getNameNode().getText(), ...spanOf(attribute) }] : []
    })
  },
)

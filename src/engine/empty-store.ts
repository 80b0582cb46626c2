import { printString } from '../lang/typescript/print.js'
import type { StoreRef } from '../layout/layout.js'
import type { TsStyle } from '../layout/style.js'
import { renderTemplate } from '../sites/render.js'
import { deriveNames } from '../spec/names.js'

/** The store of a name in snake_case: its hook and its file. */
export function storeNamed(snake: string, folder: string): StoreRef {
  return {
    hook: `use${deriveNames(snake).pascal}Store`,
    file: `${folder}/${snake.replaceAll('_', '-')}.ts`,
  }
}

/** The code of a store that holds nothing yet. */
export function printStore(snake: string, { quote, semicolon, indent }: TsStyle): string {
  const { pascal } = deriveNames(snake)
  const view = {
    hook: `use${pascal}Store`,
    state: `${pascal}State`,
    from: printString('zustand', quote),
    end: semicolon,
  }
  return renderTemplate('ts-store', view, indent, '')
}

import { join, relative } from 'node:path'
import { Project, type Symbol as TsSymbol, type Type, ts } from 'ts-morph'
import { expect, test } from 'vitest'
import { project } from '../support/fixtures.js'

/** Where the types of what a rule sees are declared. */
const PLAIN = /^src\/(facts\/|spec\/|errors\.ts$|sites\/site\.ts$)/

const HIDDEN = ts.ModifierFlags.Private | ts.ModifierFlags.Protected

// A rule that could reach a repository, a tree or a layout would read for itself, and not as the commands do.
test('what rules are shown leads to facts alone', () => {
  const code = new Project({ tsConfigFilePath: join(project, 'tsconfig.json') })
  const shown = ['src/facts/row.ts', 'src/facts/channel-facts.ts'].flatMap((path) =>
    code.getSourceFileOrThrow(join(project, path)).getClasses(),
  )
  expect(shown.map((one) => one.getName())).toEqual(['Row', 'ChannelFacts'])
  const seen = new Set<Type>()
  const strangers: string[] = []
  const visit = (type: Type, path: string): void => {
    if (seen.has(type)) return
    seen.add(type)
    for (const one of [...type.getUnionTypes(), ...type.getIntersectionTypes(), ...type.getTypeArguments()])
      visit(one, path)
    for (const call of type.getCallSignatures()) {
      visit(call.getReturnType(), `${path}()`)
      for (const one of call.getParameters()) visitProperty(one, path)
    }
    const strange = ownFiles(type.getSymbol()).filter((file) => !PLAIN.test(file))
    if (strange.length > 0) strangers.push(`${path}: ${strange.join()}`)
    else for (const one of type.getProperties()) visitProperty(one, path)
  }
  const visitProperty = (one: TsSymbol, path: string): void => {
    const declared = one.getValueDeclaration()
    if (declared === undefined || ownFiles(one).length === 0) return
    const isHidden = (declared.getCombinedModifierFlags() & HIDDEN) !== 0
    if (!isHidden) visit(one.getTypeAtLocation(declared), `${path}.${one.getName()}`)
  }
  for (const one of shown) visit(one.getType(), one.getName() ?? '')
  expect(strangers).toEqual([])
  expect(seen.size).toBeGreaterThan(50)
})

/** The files of the project that declare a symbol. */
function ownFiles(symbol: TsSymbol | undefined): string[] {
  const files = symbol?.getDeclarations().map((one) => one.getSourceFile().getFilePath()) ?? []
  return files.map((file) => relative(project, file)).filter((file) => file.startsWith('src/'))
}

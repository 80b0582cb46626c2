import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ts } from 'ts-morph'
import { describe, expect, test } from 'vitest'
import { compiler, startOf } from '../../src/lang/typescript/parser/compiler.js'
import { project } from '../support/fixtures.js'

/** What the program reads of a tree, of every node. */
function describeTree(
  api: Pick<typeof ts, 'createSourceFile' | 'forEachChild' | 'ScriptTarget'>,
  path: string,
  text: string,
  start: (node: ts.Node, file: ts.SourceFile) => number,
): string[] {
  const file = api.createSourceFile(path, text, api.ScriptTarget.Latest, true)
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly ts.Diagnostic[] }
  const lines = parseDiagnostics.map((one) => `${one.code} at ${one.start}`)
  const visit = (node: ts.Node): void => {
    lines.push(
      `${node.kind} ${node.pos} ${start(node, file)} ${node.end} ${node.flags} ${Object.keys(node)
        .filter((key) => typeof (node as never)[key] === 'object')
        .toSorted()}`,
    )
    api.forEachChild(node, visit)
  }
  visit(file)
  return lines
}

function texts(folder: string): [string, string][] {
  return readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[cm]?tsx?$/.test(path) && !/node_modules/.test(path))
    .map((path) => [path, readFileSync(join(project, folder, path), 'utf8')])
}

describe('the parser that ships reads as all of the compiler does', () => {
  test.each(['fixtures', 'src', 'test', 'node_modules/typescript/lib', 'node_modules/zod/v4'])(
    '%s',
    (folder) => {
      const files = texts(folder)
      expect(files.length).toBeGreaterThan(10)
      for (const [path, text] of files) {
        // Whole, and cut where it is least whole.
        for (const part of [text, text.slice(0, text.length / 2)]) {
          const shipped = describeTree(compiler(), path, part, startOf)
          expect(shipped).toEqual(describeTree(ts, path, part, (node, file) => node.getStart(file)))
        }
      }
    },
  )

  test.each(['{ // comment\n "a": [1, true, null, "x",], }', '{ "a": }', '[}', '', 'a'])(
    'JSON: %s',
    (text) => {
      const read = (api: Pick<typeof ts, 'parseConfigFileTextToJson'>) => {
        const { config, error } = api.parseConfigFileTextToJson('tsconfig.json', text)
        return { config: config as unknown, code: error?.code, start: error?.start }
      }
      expect(read(compiler())).toEqual(read(ts))
    },
  )

  test('and what it is asked for is the same', () => {
    const asked = compiler()
    for (const kind of Object.values(ts.SyntaxKind).filter((one) => typeof one === 'number'))
      expect(asked.tokenToString(kind)).toBe(ts.tokenToString(kind))
    expect(asked.SyntaxKind).toEqual(ts.SyntaxKind)
    expect(asked.NodeFlags).toEqual(ts.NodeFlags)
  })
})

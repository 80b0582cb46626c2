import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** TypeScript as ts-morph has it. */
export const COMPILER = createRequire(require.resolve('ts-morph')).resolve(
  '@ts-morph/common/dist/typescript.js',
)

/** What the program asks of the compiler: all that is not reached from here does not ship. */
export const ASKED = [
  'NodeFlags',
  'ScriptTarget',
  'SyntaxKind',
  'createSourceFile',
  'forEachChild',
  'getTokenPosOfNode',
  'isBlock',
  'isCaseOrDefaultClause',
  'isClassElement',
  'isExportDeclaration',
  'isImportDeclaration',
  'isOmittedExpression',
  'isSourceFile',
  'isStatement',
  'isStringLiteral',
  'parseConfigFileTextToJson',
  'tokenToString',
]

/** The files of the compiler that parsing needs. */
const PARTS =
  /^\/\/ src\/compiler\/(?:core|corePublic|debug|semver|performance|performanceCore|tracing|types|sys|path|diagnosticInformationMap\.generated|scanner|utilities|utilitiesPublic|factory\/\w+|parser|commandLineParser)\.ts$/m
const BEGIN = 'var ts = {}; ((module) => {\n"use strict";'
const END = '\n})({ get exports()'

/**
 * Takes the parser out of the compiler, which is one file of nine megabytes in one function: of ten parts of it that are
 * loaded, parsing calls one. It becomes a module that exports what is asked, from which what nothing calls is left out.
 */
export const parserOnly = {
  name: 'parser-only',
  transform(code, id) {
    if (id !== COMPILER) return undefined
    const begin = code.indexOf(BEGIN)
    const end = code.lastIndexOf(END)
    if (begin === -1 || end === -1) throw new Error('the compiler has another form')
    const [head, ...files] = code.slice(begin + BEGIN.length, end).split(/^(?=\/\/ src\/)/m)
    const parts = files.filter((file) => PARTS.test(file.slice(0, file.indexOf('\n'))))
    return { code: `${head}${parts.join('')}\nexport { ${ASKED.join(', ')} }`, moduleType: 'js' }
  },
}

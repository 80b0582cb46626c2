import ts from 'typescript'

/** A fixture written in another way, made by transformation: the same program, other bytes. */
export interface Variant {
  readonly name: string
  readonly transform: (path: string, text: string) => string
}

const isCode = (path: string): boolean => /\.(py|tsx?)$/.test(path)
const isTs = (path: string): boolean => /\.tsx?$/.test(path)

export const VARIANTS: readonly Variant[] = [
  { name: 'as written', transform: (_, text) => text },
  { name: 'CRLF', transform: (path, text) => (isCode(path) ? text.replaceAll('\n', '\r\n') : text) },
  {
    name: 'byte order mark',
    transform: (path, text) => (isCode(path) && text !== '' ? `\ufeff${text}` : text),
  },
  { name: 'tabs', transform: (path, text) => (isCode(path) ? withTabs(path, text) : text) },
  {
    name: 'semicolons and double quotes',
    transform: (path, text) => (isTs(path) ? withSemicolons(path, text) : text),
  },
  { name: 'no final newline', transform: (path, text) => (isCode(path) ? text.replace(/\n+$/, '') : text) },
  { name: 'one-line union', transform: (path, text) => (isTs(path) ? withOneLineUnions(text) : text) },
  { name: 'reordered', transform: (path, text) => withReorderedEvents(path, text) },
]

function withTabs(path: string, text: string): string {
  const unit = isTs(path) ? 2 : 4
  return text.replace(
    /^( +)/gm,
    (spaces) => '\t'.repeat(Math.floor(spaces.length / unit)) + ' '.repeat(spaces.length % unit),
  )
}

/** TypeScript's own printer-free way: semicolons behind statements and members that take one, and double quotes. */
function withSemicolons(path: string, text: string): string {
  const file = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
  const edits: { start: number; end: number; text: string }[] = []
  const visit = (node: ts.Node): void => {
    if (
      ts.isStringLiteral(node) &&
      node.getText().startsWith("'") &&
      !node.text.includes('"') &&
      !ts.isJsxAttribute(node.parent)
    ) {
      edits.push({ start: node.getStart(), end: node.getEnd(), text: JSON.stringify(node.text) })
    }
    const takesSemicolon =
      ts.isVariableStatement(node) ||
      ts.isExpressionStatement(node) ||
      ts.isReturnStatement(node) ||
      ts.isBreakStatement(node) ||
      ts.isContinueStatement(node) ||
      ts.isImportDeclaration(node) ||
      ts.isExportDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isThrowStatement(node) ||
      ts.isPropertyDeclaration(node) ||
      ts.isExportAssignment(node) ||
      (ts.isTypeElement(node) && ts.isInterfaceDeclaration(node.parent))
    if (takesSemicolon && !/[;,]$/.test(node.getText()))
      edits.push({ start: node.getEnd(), end: node.getEnd(), text: ';' })
    ts.forEachChild(node, visit)
  }
  visit(file)
  edits.sort((a, b) => b.start - a.start || b.end - a.end)
  return edits.reduce(
    (result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end),
    text,
  )
}

function withOneLineUnions(text: string): string {
  return text.replace(
    /(export type \w+ =)\n((?: +(?:\/\/.*|\| '[^']*').*\n)+)/g,
    (_, head: string, body: string) => {
      const members = [...body.matchAll(/\| ('[^']*')/g)].map((match) => match[1])
      return `${head} ${members.join(' | ')}\n`
    },
  )
}

/** The members of the enum and of the union, and the cases of the switch, in the opposite order. */
function withReorderedEvents(path: string, text: string): string {
  if (path.endsWith('.py')) {
    return text.replace(
      /(class \w+\(str, Enum\):\n(?: {4}""".*"""\n)?\n?)((?: {4}.*\n|\n(?= {4}[A-Z#]))+)/g,
      (_, head: string, body: string) => {
        const members = body.split('\n').filter((line) => /^ {4}[A-Za-z]\w* = /.test(line))
        return `${head}${members.reverse().join('\n')}\n`
      },
    )
  }
  if (!isTs(path)) return text
  const reversedUnions = text.replace(
    /(export type \w+ =\n)((?: +(?:\/\/.*|\| '[^']*').*\n)+)/g,
    (_, head: string, body: string) => {
      const members = body.split('\n').filter((line) => /^ +\| '/.test(line))
      return `${head}${members.reverse().join('\n')}\n`
    },
  )
  return reverseCases(path, reversedUnions)
}

function reverseCases(path: string, text: string): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found: ts.CaseBlock[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isSwitchStatement(node) && node.expression.getText().endsWith('.type')) found.push(node.caseBlock)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found.reduceRight((result, block) => {
    const cases = block.clauses.map((clause) => result.slice(clause.getFullStart(), clause.getEnd()))
    const body = cases.reverse().join('')
    return result.slice(0, block.getStart() + 1) + body + result.slice(block.clauses.end)
  }, text)
}

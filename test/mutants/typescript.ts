import ts from 'typescript'
import { type Mutant, mutantsIn, type Parts, read, splice, type Texts } from './mutant.js'
import { factoriesOf } from './python.js'

const RECAST: Readonly<Record<string, string>> = { string: 'number', number: 'boolean', boolean: 'string' }

function parse(texts: Texts, file: string): ts.SourceFile {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  return ts.createSourceFile(file, read(texts, file), ts.ScriptTarget.Latest, true, kind)
}

function nodesOf<T extends ts.Node>(root: ts.Node, is: (node: ts.Node) => node is T): T[] {
  const found: T[] = []
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(root)
  return found
}

/** The text with a node replaced. */
function replace(node: ts.Node, by: string): string {
  return splice(node.getSourceFile().text, node.getStart(), node.getEnd(), by)
}

function behind(node: ts.Node, more: string): string {
  return splice(node.getSourceFile().text, node.getEnd(), node.getEnd(), more)
}

export function unionMutants(texts: Texts, parts: Parts): Mutant[] {
  const source = parse(texts, parts.types)
  const aliases = nodesOf(source, ts.isTypeAliasDeclaration).filter(
    (one) => one.name.text === parts.unionName,
  )
  return aliases
    .flatMap((one) => nodesOf(one, ts.isStringLiteral))
    .flatMap((member) => {
      const make = mutantsIn(parts, parts.types, member.text)
      const start = source.text.lastIndexOf('|', member.getStart())
      const missing = ['missing-union-member']
      return [
        make('union member deleted', splice(source.text, start, member.getEnd(), ''), missing),
        make('union member renamed', replace(member, `'${member.text}s'`), missing),
        make('union member doubled', behind(member, ` | '${member.text}'`), ['duplicate-union-member']),
      ]
    })
}

export function caseMutants(texts: Texts, parts: Parts): Mutant[] {
  const servers = factoriesOf(texts, parts).map((one) => one.event)
  return nodesOf(parse(texts, parts.hook), ts.isCaseClause).flatMap((clause) => {
    const label = clause.expression
    if (!ts.isStringLiteral(label) || !servers.includes(label.text)) return []
    const make = mutantsIn(parts, parts.hook, label.text)
    return [
      make('case deleted', replace(clause, ''), ['missing-case']),
      make('case renamed', replace(label, `'${label.text}s'`), ['missing-case']),
      make('case doubled', behind(clause, `\n${clause.getText()}`), ['duplicate-case']),
      make('case emptied', replace(clause, `case '${label.text}':\n break`), ['empty-case']),
      ...readsOf(clause).flatMap(({ key, name, cast }) => {
        const other = RECAST[cast?.getText() ?? '']
        const renamed = make(`key ${key} renamed by the client`, replace(name, `${key}Now`), [
          'field-never-sent',
        ])
        if (cast === undefined || other === undefined) return [renamed]
        return [renamed, make(`key ${key} cast to something else`, replace(cast, other), ['type-mismatch'])]
      }),
    ]
  })
}

/** The first read of every key of a case: `p.key`, `msg.payload.key`, `payload.key`. */
function readsOf(clause: ts.CaseClause): { key: string; name: ts.Node; cast: ts.TypeNode | undefined }[] {
  const seen = new Set<string>()
  return nodesOf(clause, ts.isPropertyAccessExpression).flatMap((access) => {
    const key = access.name.text
    const isRead = /^(p|payload|msg\.payload)$/.test(access.expression.getText()) && key !== 'payload'
    if (!isRead || seen.has(key)) return []
    seen.add(key)
    return [
      { key, name: access.name, cast: ts.isAsExpression(access.parent) ? access.parent.type : undefined },
    ]
  })
}

/** The members of every interface that a case casts its payload to. */
export function interfaceMutants(texts: Texts, parts: Parts): Mutant[] {
  const casts = new Map(
    nodesOf(parse(texts, parts.hook), ts.isCaseClause).flatMap((clause) => {
      const cast = nodesOf(clause, ts.isAsExpression).find(
        (one) => one.expression.getText() === 'msg.payload',
      )
      const label = clause.expression
      return cast !== undefined && ts.isStringLiteral(label)
        ? [[cast.type.getText(), label.text] as const]
        : []
    }),
  )
  return nodesOf(parse(texts, parts.types), ts.isInterfaceDeclaration).flatMap((one) => {
    const event = casts.get(one.name.text)
    const make = mutantsIn(parts, parts.types, event ?? '')
    return event === undefined
      ? []
      : one.members.filter(ts.isPropertySignature).flatMap((member) => memberMutants(member, make))
  })
}

function memberMutants(member: ts.PropertySignature, make: ReturnType<typeof mutantsIn>): Mutant[] {
  const { type, questionToken } = member
  const key = member.name.getText()
  const where = 'in the interface'
  const named = ['field-never-sent', 'field-not-declared']
  const mutants = [
    make(`key ${key} not declared`, replace(member, ''), ['field-not-declared']),
    make(`key ${key} renamed ${where}`, replace(member.name, `${key}Now`), named),
  ]
  if (questionToken !== undefined)
    mutants.push(
      make(`key ${key} always there ${where}`, replace(questionToken, ''), ['field-sometimes-missing']),
    )
  if (type === undefined) return mutants
  const written = type.getText()
  const other = { ...RECAST, 'string | null': 'number', 'string[]': 'string' }[written]
  if (other !== undefined)
    mutants.push(make(`key ${key} retyped ${where}`, replace(type, other), ['type-mismatch']))
  if (written.endsWith(' | null'))
    mutants.push(
      make(`key ${key} never null ${where}`, replace(type, written.replace(' | null', '')), [
        'null-not-expected',
      ]),
    )
  if (/^'\w+' \|/.test(written)) {
    const by = written.replace(/^'(\w+)'/, "'$1_now'")
    mutants.push(make(`key ${key} with another literal ${where}`, replace(type, by), ['literals-differ']))
  }
  return mutants
}

export function clientMutants(texts: Texts, parts: Parts): Mutant[] {
  const source = parse(texts, parts.client)
  return nodesOf(source, ts.isCallExpression).flatMap((call) => {
    const [name, payload] = call.arguments
    if (!/^this\.send/.test(call.expression.getText()) || name === undefined || !ts.isStringLiteral(name))
      return []
    const make = mutantsIn(parts, parts.client, name.text)
    const method = nodesOf(source, ts.isMethodDeclaration).find(
      (one) => one.pos <= call.pos && call.end <= one.end,
    )
    const literal = payload !== undefined && ts.isObjectLiteralExpression(payload) ? payload : undefined
    return [
      make('send deleted', replace(call, 'void 0'), ['missing-send-method']),
      make('send renamed', replace(name, `'${name.text}s'`), ['missing-send-method']),
      ...(literal?.properties ?? []).flatMap((property) => {
        if (!ts.isShorthandPropertyAssignment(property)) return []
        const key = property.name.text
        const left = literal?.properties.filter((one) => one !== property).map((one) => one.getText()) ?? []
        const never = ['request-field-never-sent', 'field-never-read']
        return [
          make(`key ${key} renamed by the client`, replace(property, `${key}Now: ${key}`), never),
          make(
            `key ${key} not sent by the client`,
            replace(literal ?? property, `{ ${left.join(', ')} }`),
            never,
          ),
          make(`key ${key} sent twice`, behind(property, `, ${key}Too: ${key}`), ['field-never-read']),
        ]
      }),
      ...(method?.parameters ?? []).flatMap((one) => {
        const by = RECAST[one.type?.getText() ?? '']
        if (by === undefined || one.type === undefined) return []
        return [make(`parameter ${one.name.getText()} retyped`, replace(one.type, by), ['type-mismatch'])]
      }),
    ]
  })
}

/** The way from the client's method to the components: the call in the hook, the entry it returns, who uses it. */
export function hookMutants(texts: Texts, parts: Parts): Mutant[] {
  const client = parse(texts, parts.client)
  const hook = parse(texts, parts.hook)
  const hookName = /export function (use\w+)/.exec(hook.text)?.[1] ?? ''
  return nodesOf(client, ts.isMethodDeclaration).flatMap((method) => {
    const call = nodesOf(method, ts.isCallExpression).find((one) =>
      /^this\.send/.test(one.expression.getText()),
    )
    const name = call?.arguments[0]
    if (name === undefined || !ts.isStringLiteral(name)) return []
    const make = mutantsIn(parts, parts.hook, name.text)
    const sends = nodesOf(hook, ts.isCallExpression).filter((one) =>
      new RegExp(`[Cc]lient\\S*\\.${method.name.getText()}$`).test(one.expression.getText()),
    )
    return sends.flatMap((send) => {
      const callback = nodesOf(hook, ts.isVariableDeclaration).find(
        (one) => one.pos <= send.pos && send.end <= one.end,
      )
      const local = callback?.name.getText() ?? ''
      const entry = nodesOf(hook, ts.isShorthandPropertyAssignment).find((one) => one.name.text === local)
      if (entry === undefined) return []
      const users = [...texts].filter(
        ([path, text]) => path.endsWith('.tsx') && text.includes(`${hookName}(`),
      )
      return [
        {
          ...make('callback sends nothing', replace(send, 'void 0'), ['unused-send-method']),
          files: [parts.client],
        },
        make('callback not returned', replace(entry, `_${local}: 1`), ['missing-hook-return']),
        ...users.map(
          ([path, text]): Mutant => ({
            ...make('callback not used', '', ['unused-callback']),
            edits: new Map([[path, text.replace(new RegExp(`\\b${local}\\b`, 'g'), '_nothing')]]),
          }),
        ),
      ]
    })
  })
}

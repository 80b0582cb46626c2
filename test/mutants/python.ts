import { type Mutant, mutantsIn, type Parts, read, splice, type Texts } from './mutant.js'

interface Member {
  readonly constant: string
  readonly event: string
  readonly start: number
  readonly end: number
}

/** The members of the enum, by text alone. */
function membersOf(texts: Texts, { models, enumName }: Parts): Member[] {
  const text = read(texts, models)
  const start = text.indexOf(`class ${enumName}(`)
  const end = text.indexOf('\nclass ', start + 1)
  return [...text.slice(start, end).matchAll(/^ {4}([A-Z_]+) = "(\w+)".*\n/gm)].map((match) => ({
    constant: match[1] ?? '',
    event: match[2] ?? '',
    start: start + match.index,
    end: start + match.index + match[0].length,
  }))
}

interface FactoryText {
  readonly name: string
  readonly event: string
  readonly start: number
  readonly text: string
}

/** The factories, by text alone. */
export function factoriesOf(texts: Texts, parts: Parts): FactoryText[] {
  const text = read(texts, parts.models)
  const begin = text.indexOf(`class ${parts.envelope}(`)
  const starts = [...text.slice(begin).matchAll(/^ {4}@classmethod\n/gm)].map((match) => begin + match.index)
  const members = membersOf(texts, parts)
  return starts.map((start, index) => {
    const own = text.slice(start, starts[index + 1] ?? text.length)
    const constant = new RegExp(`${parts.enumName}\\.([A-Z_]+)`).exec(own)?.[1]
    const event = members.find((one) => one.constant === constant)?.event ?? ''
    return { name: /def (\w+)\(/.exec(own)?.[1] ?? '', event, start, text: own }
  })
}

export function enumMutants(texts: Texts, parts: Parts): Mutant[] {
  const text = read(texts, parts.models)
  return membersOf(texts, parts).flatMap(({ constant, event, start, end }) => {
    const line = text.slice(start, end)
    const make = mutantsIn(parts, parts.models, event)
    const cut = (by: string): string => splice(text, start, end, by)
    return [
      make('enum member deleted', cut(''), ['missing-enum-member']),
      make('enum member renamed', cut(line.replace(constant, `${constant}_NOW`)), ['missing-enum-member']),
      make('enum value renamed', cut(line.replace(`"${event}"`, `"${event}s"`)), [
        'missing-case',
        'missing-send-method',
      ]),
      make('enum value doubled', cut(`${line}    ${constant}_TOO = "${event}"\n`), ['duplicate-enum-value']),
    ]
  })
}

/** Every send of an event taken out of the backend, or called by another name. */
export function sendMutants(texts: Texts, parts: Parts): Mutant[] {
  return factoriesOf(texts, parts).flatMap(({ name, event }) => {
    const call = new RegExp(`(?<!\\w)${parts.envelope}\\.${name}\\(`, 'g')
    const edits = (by: string): Texts =>
      new Map(
        [...texts].flatMap(([path, text]) =>
          path.endsWith('.py') && call.test(text) ? [[path, text.replace(call, by)] as const] : [],
        ),
      )
    const shared = { channel: parts.channel, events: [event], files: [parts.models], deserves: [] }
    const title = `${parts.channel} ${event}`
    return [
      { ...shared, name: `${title}: never sent`, edits: edits('_nothing('), rules: ['never-sent'] },
      {
        ...shared,
        name: `${title}: factory called by another name`,
        edits: edits(`${parts.envelope}.${name}s(`),
        rules: ['missing-factory'],
      },
      {
        ...shared,
        name: `${title}: sent past its factory`,
        edits: edits(
          `${parts.envelope}(type=${parts.enumName}.${event.toUpperCase()}, payload={}).model_copy(`,
        ),
        rules: ['never-sent', 'hand-built-envelope', 'field-never-sent'],
        deserves: ['hand-built-envelope', 'field-never-sent', 'field-sometimes-missing'],
      },
    ]
  })
}

/** The branches of the handler: another member, another name, nothing inside, other keys, other defaults. */
export function branchMutants(texts: Texts, parts: Parts): Mutant[] {
  const { handler: file, enumName } = parts
  const text = read(texts, file)
  const members = membersOf(texts, parts)
  const heads = [...text.matchAll(new RegExp(`^( +)(?:el)?if msg_type == ${enumName}\\.([A-Z_]+):\\n`, 'gm'))]
  return heads.flatMap((head, index) => {
    const event = members.find((one) => one.constant === head[2])?.event ?? ''
    const make = mutantsIn(parts, file, event)
    const indent = head[1] ?? ''
    const body = head.index + head[0].length
    const rest = text.slice(body)
    const stop = heads[index + 1]?.index ?? body + (/^(?=\S| {4}\S)/m.exec(rest)?.index ?? rest.length)
    const word = index === 0 ? 'if' : 'elif'
    const reads = [...text.slice(body, stop).matchAll(/\.get\("(\w+)"(, ("[^"]*"|False))?\)/g)]
    const gone = ['never-sent', 'helper-never-called', 'parameter-never-passed']
    return [
      make('branch of another member', splice(text, head.index, body, head[0].replace(':\n', 'S:\n')), [
        'missing-enum-member',
      ]),
      make(
        'branch of another name',
        splice(text, head.index, body, `${indent}${word} msg_type == "${event}s":\n`),
        ['missing-handler-branch'],
      ),
      make('branch emptied', splice(text, body, stop, `${indent}    pass\n\n`), ['empty-branch'], gone),
      ...reads.flatMap((match) => {
        const at = body + match.index
        const by = (changed: string): string => splice(text, at, at + match[0].length, changed)
        const renamed = make(
          `key ${match[1]} renamed by the server`,
          by(match[0].replace(`"${match[1]}"`, `"${match[1]}_now"`)),
          ['request-field-never-sent'],
        )
        if (match[3] === undefined) return [renamed]
        return [
          renamed,
          make(`key ${match[1]} read with another default`, by(`.get("${match[1]}", 0)`), ['type-mismatch']),
        ]
      }),
    ]
  })
}

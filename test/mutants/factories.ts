import { type Mutant, mutantsIn, type Parts, read, splice, type Texts } from './mutant.js'
import { factoriesOf } from './python.js'

/** What an annotation becomes when it is retyped. */
const RETYPED: Readonly<Record<string, string>> = {
  str: 'int',
  int: 'str',
  float: 'str',
  bool: 'str',
  'list[str]': 'str',
  'dict[str, Any]': 'str',
}

/** The factories: gone, renamed, doubled; each key renamed, dropped, in another case; each parameter of another type. */
export function factoryMutants(texts: Texts, parts: Parts): Mutant[] {
  const text = read(texts, parts.models)
  return factoriesOf(texts, parts).flatMap((factory) => {
    const make = mutantsIn(parts, parts.models, factory.event)
    const by = (own: string): string => splice(text, factory.start, factory.start + factory.text.length, own)
    const { name } = factory
    return [
      make('factory deleted', by(''), ['missing-factory']),
      make('factory renamed', by(factory.text.replace(`def ${name}(`, `def ${name}_now(`)), [
        'missing-factory',
      ]),
      make('factory doubled', by(factory.text + factory.text), ['duplicate-factory']),
      ...keyMutants(texts, parts, factory.text, make, by),
      ...parameterMutants(texts, parts, factory.text, make, by),
    ].filter((one) => one.edits.get(parts.models) !== text)
  })
}

type Make = ReturnType<typeof mutantsIn>

function keyMutants(
  texts: Texts,
  parts: Parts,
  own: string,
  make: Make,
  by: (own: string) => string,
): Mutant[] {
  const keys = [...own.matchAll(/"([a-z]\w*)"(?=: |\] = )/g)].map((match) => match[1] ?? '')
  const rename = (key: string, to: string): string =>
    own.replace(new RegExp(`"${key}"(?=: |\\] = )`), `"${to}"`)
  const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return keys
    .filter((key) => isRead(texts, parts, own, key))
    .flatMap((key) => [
      make(`key ${key} renamed by the server`, by(rename(key, `${key}Now`)), [
        'field-never-sent',
        'field-not-declared',
      ]),
      make(`key ${key} not sent`, by(dropKey(own, key)), ['field-never-sent']),
      make(`key ${key} in snake_case`, by(rename(key, snake(key))), ['wire-case-mismatch']),
    ])
}

function parameterMutants(
  texts: Texts,
  parts: Parts,
  own: string,
  make: Make,
  by: (own: string) => string,
): Mutant[] {
  return parametersOf(own)
    .filter(({ key }) => isRead(texts, parts, own, key))
    .flatMap(({ parameter, annotation, whole }) => {
      const retype = (to: string): string => by(own.replace(whole, `${parameter}: ${to}`))
      const other = RETYPED[annotation]
      const typed = ['type-mismatch', 'model-contradicts-wire']
      return [
        ...(other === undefined ? [] : [make(`parameter ${parameter} retyped`, retype(other), typed)]),
        ...(annotation === 'str'
          ? [
              make(`parameter ${parameter} a datetime`, retype('datetime'), ['not-serializable']),
              make(`parameter ${parameter} a set`, retype('set[str]'), ['not-serializable']),
              make(`parameter ${parameter} nullable`, retype('str | None'), [
                'null-not-expected',
                'model-contradicts-wire',
              ]),
            ]
          : []),
        ...(annotation.startsWith('Literal[')
          ? [
              make(
                `parameter ${parameter} with another literal`,
                retype(annotation.replace('"]', '_now"]')),
                ['literals-differ'],
              ),
            ]
          : []),
      ]
    })
}

/** Takes a key out of the literal, or its condition out of the method. */
function dropKey(text: string, key: string): string {
  const conditional = new RegExp(`^ {8}if .*:\\n {12}payload\\["${key}"\\] = .*\\n`, 'm')
  if (conditional.test(text)) return text.replace(conditional, '')
  return text.replace(new RegExp(`"${key}": [^,{}()\\n]+(?:\\([^()]*\\)|\\{\\})?,? ?`), '')
}

function parametersOf(text: string): { parameter: string; annotation: string; whole: string; key: string }[] {
  const signature = text.slice(text.indexOf('cls'), text.indexOf(') -> '))
  return [...signature.matchAll(/(\w+): ([\w.]+(?:\[[^\]]*\])?(?: \| None)?)/g)].flatMap((match) => {
    const parameter = match[1] ?? ''
    const key = new RegExp(`"(\\w+)"(?:: |\\] = )${parameter}\\b(?! or)`).exec(text)?.[1]
    return key === undefined ? [] : [{ parameter, annotation: match[2] ?? '', whole: match[0], key }]
  })
}

/** Whether the client's side knows a key: what nobody reads or declares can change without a drift. */
function isRead(texts: Texts, parts: Parts, own: string, key: string): boolean {
  const constant = new RegExp(`${parts.enumName}\\.([A-Z_]+)`).exec(own)?.[1]?.toLowerCase() ?? ''
  const hook = read(texts, parts.hook)
  const start = hook.indexOf(`case '${constant}':`)
  const clause = hook.slice(start, hook.indexOf('case ', start + 5))
  return /payload as \w/.test(clause) || new RegExp(`\\.${key}\\b`).test(clause)
}

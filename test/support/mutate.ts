import type { Random } from './random.js'

/** What happens to a file that somebody is editing, or that nobody should have written. */
type Mutation = (text: string, random: Random) => string

const JUNK = [
  '[',
  '{',
  '(',
  ']',
  '}',
  ')',
  '"',
  "'",
  '`',
  '"""',
  '${',
  '/*',
  '*/',
  '<',
  '</',
  ':',
  ';',
  ',',
  '=',
  '=>',
  '@',
  '#',
  '//',
  '\\',
  '\0',
  '\r',
  '\ufeff',
  '\u2028',
  '\u202e',
  '\x1b[31m',
  '\ud800',
  '\n<<<<<<< HEAD\n',
  '\n=======\n',
  '\n>>>>>>> theirs\n',
  'import ',
  'import { x } from react\n',
  'export * from y\n',
  'class ',
  'def ',
  'async ',
  'await ',
  'case ',
  'default:',
  'elif ',
  'else ',
  'lambda',
  'type ',
  'interface ',
  'return',
  '__proto__',
  'constructor',
  'null',
  '...',
  '?.',
  '**',
  ' as ',
]

const lines = (edit: (list: string[], random: Random) => void): Mutation => {
  return (text, random) => {
    const list = text.split('\n')
    edit(list, random)
    return list.join('\n')
  }
}

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  bytes: (text, random) => {
    const bytes = Buffer.from(text, 'utf8')
    for (let count = 1 + random.below(8); count > 0 && bytes.length > 0; count--)
      bytes[random.below(bytes.length)] = random.below(256)
    return bytes.toString('latin1')
  },
  truncated: (text, random) => text.slice(0, random.below(text.length + 1)),
  beheaded: (text, random) => text.slice(random.below(text.length + 1)),
  deleted: lines((list, random) => list.splice(random.below(list.length), 1 + random.below(4))),
  duplicated: lines((list, random) => {
    const at = random.below(list.length)
    list.splice(at, 0, ...list.slice(at, at + 1 + random.below(6)))
  }),
  swapped: lines((list, random) => {
    const [a, b] = [random.below(list.length), random.below(list.length)]
    const [one, other] = [list[a] ?? '', list[b] ?? '']
    list[a] = other
    list[b] = one
  }),
  moved: lines((list, random) => {
    const block = list.splice(random.below(list.length), 1 + random.below(12))
    list.splice(random.below(list.length + 1), 0, ...block)
  }),
  junk: (text, random) => {
    const at = random.below(text.length + 1)
    return text.slice(0, at) + random.pick(JUNK) + text.slice(at)
  },
  cut: (text, random) => {
    const at = random.below(text.length + 1)
    return text.slice(0, at) + text.slice(at + 1 + random.below(20))
  },
  nested: (text, random) => {
    const at = random.below(text.length + 1)
    return (
      text.slice(0, at) + random.pick(['[', '(', '{', 'if (a) ', '- ', 'not ']).repeat(1600) + text.slice(at)
    )
  },
  dedented: (text, random) => {
    const all = [...text.matchAll(/^[ \t]+/gm)]
    const one = all[random.below(all.length)]
    return one === undefined ? text : text.slice(0, one.index) + text.slice(one.index + one[0].length)
  },
  'carriage returns': (text) => text.replaceAll('\n', '\r'),
}

/** One to three mutations of a text, with their names. */
export function mutate(text: string, random: Random): { readonly text: string; readonly names: string[] } {
  const names: string[] = []
  let result = text
  for (let count = 1 + random.below(3); count > 0; count--) {
    const name = random.pick(Object.keys(MUTATIONS))
    names.push(name)
    result = MUTATIONS[name]?.(result, random) ?? result
  }
  return { text: result, names }
}

import { findNearest } from '../errors.js'
import type { CommandDefinition } from './command.js'

/** What people and agents try, by the words that they try it with, and what does it here. */
const MEANINGS: readonly (readonly [words: string, does: string])[] = [
  [
    'update edit modify alter set retype change-field add-field remove-field set-type',
    '`cachibot-ws change-event <name>` adds, removes, renames and retypes fields',
  ],
  ['rename-field', 'use `cachibot-ws change-event <name> --rename-field old:new`'],
  [
    'rename move mv',
    'no command renames an event: add it by its new name, and remove the old one; a field is renamed by `cachibot-ws change-event <name> --rename-field old:new`',
  ],
  ['create new generate gen scaffold make insert write complete', 'use `cachibot-ws add-event <name>`'],
  ['delete del drop rm destroy uninstall', 'use `cachibot-ws remove-event <name>`'],
  [
    'show get view describe inspect print events ls find search',
    '`cachibot-ws list` prints the events, `cachibot-ws list <name>` one of them whole',
  ],
  ['export spec schema', '`cachibot-ws list <name> --format spec` prints an event as a spec file'],
  ['channels stores status discover', '`cachibot-ws info` prints what was discovered'],
  ['validate lint verify test audit analyze scan doctor drift', 'use `cachibot-ws check`'],
  [
    'fix repair sync heal mend',
    '`cachibot-ws check` says how to fix what it finds, and `cachibot-ws add-event <name>` completes an event',
  ],
  ['diff preview plan dry-run', 'use `--dry-run` behind any command that writes'],
  [
    'undo revert rollback restore reset',
    'nothing is undone by a command: `git restore .` takes back what is not committed, `cachibot-ws remove-event <name>` takes an event out',
  ],
  [
    'setup install configure config start bootstrap',
    '`cachibot-ws init` writes config, CI job, pre-commit hook and skill',
  ],
  ['why docs rule rules', 'use `cachibot-ws explain <rule>`'],
  ['version', 'use `--version`'],
  ['wizard ask interactive', '`cachibot-ws add-event` without a name asks for everything'],
  ['baseline accept ignore', '`cachibot-ws check --write-baseline` accepts what is found now'],
]

/** How to go on behind a command that there is not: what is meant by it here, or what is nearest to it. */
export function meantBy(typed: string, commands: readonly CommandDefinition[]): string {
  const names = commands.map(({ name }) => name)
  const own = names.find((name) => typed.split('-').includes(name))
  if (own !== undefined) return `did you mean \`${own}\`?`
  const meanings = new Map([
    ...names.map((name) => [name, `did you mean \`${name}\`?`] as const),
    ...names.map((name) => [name.replace(/-event$/, ''), `did you mean \`${name}\`?`] as const),
    ...MEANINGS.flatMap(([words, does]) => words.split(' ').map((word) => [word, does] as const)),
  ])
  // `rename-evnt` is nearer to remove-event than to rename.
  const [, verb = typed, noun] = /^([a-z]+)-(\w+)$/.exec(typed) ?? []
  const isVerb = noun === undefined || findNearest(noun, ['event', 'events']) !== undefined
  const nearest = meanings.has(typed) ? typed : findNearest(isVerb ? verb : typed, meanings.keys())
  return (nearest === undefined ? undefined : meanings.get(nearest)) ?? `use one of ${names.join(', ')}`
}

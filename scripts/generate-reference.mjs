/** Writes `docs/reference.md` from the table of commands and `docs/errors.md` from that of error codes; `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { COMMANDS } from '../build/cli/commands/index.js'
import { EXIT_CODES } from '../build/cli/exit-codes.js'
import { GLOBAL_OPTIONS, HELP_OPTIONS } from '../build/cli/global-options.js'
import { usageOf } from '../build/cli/help.js'
import { ERROR_CODES } from '../build/error-codes.js'

const fence = '```'
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
const code = (text) => `\`${text.replaceAll('|', '\\|')}\``
const table = (head, rows) => {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column].length)))
  const print = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  return [
    print(head),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...rows.map(print),
  ].join('\n')
}
const option = (one) => [
  code(one.flags),
  cell(
    `${one.description}${one.choices === undefined || one.choices.every((word) => one.description.includes(word)) ? '' : `: ${one.choices.join(', ')}`}`,
  ),
]

const sections = COMMANDS.map((command) => {
  const rows = [
    ...command.arguments.map((one) => [code(one.syntax), cell(one.description)]),
    ...command.options.map(option),
  ]
  return [
    `## ${command.name}`,
    `${command.description.charAt(0).toUpperCase()}${command.description.slice(1)}.`,
    `${fence}sh\n${command.examples.join('\n')}\n${fence}`,
    ...(rows.length === 0 ? [] : [table([code(usageOf(command)), ''], rows)]),
    ...(command.notes === undefined ? [] : [`${fence}text\n${command.notes}\n${fence}`]),
  ].join('\n\n')
})

const text = `# Reference

<!-- Written by \`npm run reference\` from the table of commands in src/cli/commands: change that. -->

${sections.join('\n\n')}

## Everywhere

Before or after a command's own arguments:

${table(['option', ''], [...GLOBAL_OPTIONS, ...HELP_OPTIONS].map(option))}

\`--help --json\` prints this page as data, \`--version --json\` the version.

## JSON

With \`--json\`, stdout holds one JSON value, whatever happens. It begins with what a program needs first:

${table(
  ['key', 'is'],
  [
    ['`schemaVersion`', '2; [the changelog](../CHANGELOG.md) says what another one changed'],
    ['`command`', 'the command, or `cachibot-ws`'],
    ['`ok`', 'whether the exit code is 0'],
    ['`exitCode`', 'see below'],
    [
      '`error`',
      'null, or why it failed: `code` ([all of them](errors.md)), `what`, `why`, `fix`, `file`, `line`, `column`, and `more`: what was found with it',
    ],
    ['`next`', 'of commands that write: what is left to people'],
  ],
)}

Then comes what the command is about. What a change is blocked by stands in \`changes\` and not in \`error\` again; \`diff\` comes last, with
\`--dry-run\` or \`--diff\` only. \`schemas/\` of the package has a schema of each.

## Exit codes

${table(
  ['code', 'means'],
  Object.entries(EXIT_CODES).map(([number, meaning]) => [number, cell(meaning)]),
)}
`

const errors = `# Errors

<!-- Written by \`npm run reference\` from src/error-codes.ts: change that. -->

What \`error.code\` of the JSON can be. A code never gets another meaning; words and exit codes of an error may change.

${table(
  ['code', 'means'],
  Object.entries(ERROR_CODES).map(([id, meaning]) => [code(id), cell(meaning)]),
)}
`

const docs = join(resolve(import.meta.dirname, '..'), 'docs')
for (const [name, page] of [
  ['reference.md', text],
  ['errors.md', errors],
]) {
  const path = join(docs, name)
  if (!process.argv.includes('--check')) writeFileSync(path, page)
  else if (readFileSync(path, 'utf8') !== page) {
    console.error(`docs/${name} is stale: npm run reference`)
    process.exitCode = 1
  }
}

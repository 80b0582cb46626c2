import { GROWING, MEMORY, ROWS, statesOf } from './rows.mjs'
import { marginal, verdict } from './summary.mjs'

/**
 * @typedef {{ checkout: string, events?: number, row: string, cpu: number, wall: number, mib: number, over: boolean }} Growth
 *   `cpu` and `wall` in milliseconds; `over`: it was stopped then
 * @typedef {{ machine: { node: string, platform: string, cpu: string, cores: number },
 *   checkout: { name: string, revision?: string, sources: number }, rounds: number,
 *   measured: Record<string, import('./summary.mjs').Summary>, peers: string[], growth: Growth[] }} Result
 */

/** The one table. @param {Result} result */
export function mainTable({ measured, peers }) {
  const head = [
    '',
    'must / aim',
    'unchanged',
    'after an edit',
    'must, first',
    'first run',
    'MiB',
    'MiB, first',
    'wall ms',
  ]
  const base = measured['base']
  return table(head, [
    ['`node -e 0`', '', '1', '', '', '', base.mib.toFixed(0), '', base.wall.toFixed(0)],
    ...ROWS.map((row) => cellsOf(row, measured)),
    ...peers.map((peer) => {
      const { ratio, mib, wall } = measured[`peer ${peer}`]
      const [took, memory, time] = [ratio.toFixed(2), mib.toFixed(0), wall.toFixed(0)]
      return [`${peer}, five inserts`, '', took, '', '', '', memory, '', time]
    }),
  ])
}

function cellsOf(row, measured) {
  const states = statesOf(row)
  const of = (state) => measured[`${row.id} ${state}`]
  const warm = states.filter((state) => state !== 'first').map(of)
  const ratio = (state, target) => (states.includes(state) ? judged(of(state).ratio, target, 2) : '–')
  return [
    row.label,
    targetText(row.warm),
    ratio('unchanged', row.warm),
    ratio('edited', row.warm),
    targetText(row.first),
    ratio('first', row.first),
    judged(Math.max(...warm.map(({ mib }) => mib)), MEMORY[row.kind], 0),
    judged(of('first').mib, MEMORY.first, 0),
    states.map((state) => of(state).wall.toFixed(0)).join(' / '),
  ]
}

const judged = (figure, target, digits) => `${figure.toFixed(digits)} ${verdict(figure, target)}`
const targetText = ({ must, aim }) => (aim === undefined ? `${must}` : `${must} / ${aim}`)

/** What grows with a checkout. @param {Result} result */
export function growthTable({ growth }) {
  const checkouts = [...new Set(growth.map(({ checkout }) => checkout))]
  const cell = (checkout, id) => {
    const { cpu, mib, over } = growth.find((one) => one.checkout === checkout && one.row === id)
    return `${over ? 'stopped at ' : ''}${(cpu / 1000).toFixed(2)} s, ${mib.toFixed(0)} MiB`
  }
  return table(
    ['', ...GROWING.map((id) => labelOf(id))],
    [
      ...checkouts.map((checkout) => [checkout, ...GROWING.map((id) => cell(checkout, id))]),
      ...(growth.some(({ events }) => events === 10_000)
        ? [['an event at 10,000, to one at 1,000', ...GROWING.map((id) => marginalText(growth, id))]]
        : []),
    ],
  )
}

function marginalText(growth, id) {
  const at = (count) => growth.find(({ row, events }) => row === id && events === count)
  const value = marginal((count) => at(count).cpu).toFixed(2)
  return at(10_000).over ? `more than ${value}` : value
}

export const labelOf = (id) => ROWS.find((row) => row.id === id).label

/** `docs/performance.md`. @param {Result} result */
export function page(result) {
  const { machine, checkout, rounds, measured } = result
  const { base, bare } = measured
  const revision = checkout.revision === undefined ? '' : ` (${checkout.revision})`
  return `# Performance

<!-- Written by \`npm run bench -- --write\` out of performance.json, which it measured. -->

What each command takes on ${checkout.name}${revision}, ${checkout.sources} source files: CPU time in times of that of
\`node -e 0\`, which is ${base.cpu.toFixed(0)} ms here, and ${bare.cpu.toFixed(0)} with nothing in the environment but \`PATH\`: what that adds (the certificates of
\`NODE_EXTRA_CA_CERTS\`, say), it adds to both, and makes every ratio smaller. Medians of ${rounds} interleaved rounds, with Node
${machine.node} on ${machine.platform}, ${machine.cores} cores of ${machine.cpu}.

${mainTable(result)}

- **unchanged**: the same command ran before, and nothing changed since. **After an edit**: one source file of the channel got
  another line since. **First run**: nothing that was read in a checkout is kept; what V8 made of the program is.
- **reached** is the aim, or the must of what has none; **held** the must; **missed** neither. Memory at its peak: reading
  ${MEMORY.read.must}, the aim is ${MEMORY.read.aim}; writing ${MEMORY.write.must}; a first run ${MEMORY.first.must}.
- Wall time is told in the order of the columns. \`add-event\` and \`remove-event\` really write, with proof and commit, an event
  that is new each time; it is undone in between, and that is not measured.
- hygen, plop and ast-grep do five inserts of an event with templates in \`bench/\`: enum member, factory, union member, case, send
  method. They read no more than those files, check nothing, and find their places by the lines there.

## Growth

![CPU time and peak memory of check, list and add-event --dry-run with 100 to 10,000 events](growth.svg)

First runs on the fixture with so many events more, and with one file of 100,000 lines: CPU time and memory at its peak.

${growthTable(result)}

## Again

\`\`\`sh
npm run bench -- <checkout> --write     # measures it, and writes this page with performance.json and growth.svg
npm run bench                           # on a generated checkout of CachiBot's size, into bench/results
npm run bench -- --short                # everything once, with nothing warm: what CI runs, to see that it runs
npm run bench -- --render               # measures nothing: writes this page and the picture out of performance.json
\`\`\`

It builds, packs and installs the program, installs the others from their lock files, and works on copies. It wants Linux or macOS,
git and Python 3: \`bench/measure.py\` says why.
`
}

/** A table of Markdown that is read in a terminal as well. */
function table(head, rows) {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column].length)))
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

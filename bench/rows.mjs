/** What is measured, and what it is held to: CPU time in times of that of `node -e 0`. */

/** An event that every checkout has, and the one that is written, whose name is new each time. */
const KNOWN = 'approval_needed'
const newEvent = (turn) => `curtain_call${turn}`

/**
 * - `start`: reads no checkout; `read`: is asked again, asked after an edit, asked the first time; `write`: writes, or shows what it
 *   would write.
 * - `warm` and `first` are the ratios: must, and the aim where there is one.
 * - `needs` is run before, outside the measured time; `until` is shown in a terminal, and there it ends.
 *
 * @typedef {{ must: number, aim?: number }} Target
 * @typedef {{ id: string, label: string, kind: 'start' | 'read' | 'write', warm: Target, first: Target, args(turn: number): string[],
 *   needs?(turn: number): string[], writes?: boolean, until?: string, exits?: number[] }} Row
 */

const START = { must: 1.5, aim: 1.4 }
const NARROW = { must: 3.5, aim: 2.5 }
const WIDE = { must: 5, aim: 3.5 }
const WRITE = { must: 10, aim: 7 }
const fields = ['-f', 'scene:str', '-f', 'row:int']

/** @type {Row[]} */
export const ROWS = [
  { id: 'help', label: '`--help`', kind: 'start', warm: START, first: START, args: () => ['--help'] },
  {
    id: 'version',
    label: '`--version`',
    kind: 'start',
    warm: START,
    first: START,
    args: () => ['--version'],
  },
  {
    id: 'complete-flag',
    label: 'completion of a flag',
    kind: 'start',
    warm: START,
    first: START,
    args: () => ['__complete', 'add-event', '--st'],
  },
  { id: 'info', label: '`info`', kind: 'read', warm: NARROW, first: { must: 12 }, args: () => ['info'] },
  { id: 'list', label: '`list`', kind: 'read', warm: WIDE, first: { must: 20 }, args: () => ['list'] },
  {
    id: 'check',
    label: '`check`, everything',
    kind: 'read',
    warm: WIDE,
    first: { must: 20 },
    args: () => ['check'],
    exits: [0, 1],
  },
  {
    id: 'check-event',
    label: '`check <event>`',
    kind: 'read',
    warm: NARROW,
    first: { must: 14 },
    args: () => ['check', KNOWN],
    exits: [0, 1],
  },
  {
    id: 'complete-event',
    label: "completion of an event's name",
    kind: 'read',
    warm: NARROW,
    first: { must: 14 },
    args: () => ['__complete', 'check', KNOWN.slice(0, 3)],
  },
  {
    id: 'dry-run',
    label: '`add-event --dry-run`',
    kind: 'write',
    warm: WRITE,
    first: { must: 20 },
    args: (turn) => ['add-event', newEvent(turn), ...fields, '--dry-run'],
  },
  {
    id: 'add',
    label: '`add-event`',
    kind: 'write',
    warm: WRITE,
    first: { must: 20 },
    args: (turn) => ['add-event', newEvent(turn), ...fields],
    writes: true,
  },
  {
    id: 'remove',
    label: '`remove-event`',
    kind: 'write',
    warm: WRITE,
    first: { must: 20 },
    args: (turn) => ['remove-event', newEvent(turn)],
    needs: (turn) => ['add-event', newEvent(turn), ...fields],
    writes: true,
  },
  {
    id: 'wizard',
    label: 'the wizard, to its first question',
    kind: 'start',
    warm: { must: 2, aim: 1.8 },
    first: { must: 2, aim: 1.8 },
    args: () => ['add-event'],
    until: 'Name of the event',
    writes: true,
  },
]

/** Peak memory in MiB, by what a row is; the first run may take more. */
export const MEMORY = {
  start: { must: 100, aim: 80 },
  read: { must: 100, aim: 80 },
  write: { must: 150 },
  first: { must: 170 },
}

/** What can have been before a run; rows that read no checkout, or write it anew, know no edit. */
const STATES = ['unchanged', 'edited', 'first']
export const statesOf = ({ kind }) => STATES.filter((state) => state !== 'edited' || kind === 'read')

/** Growth is measured of these rows, the first time. */
export const GROWING = ['check', 'list', 'dry-run']

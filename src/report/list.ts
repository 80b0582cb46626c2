import { type CellStatus, COLUMNS, type ListedEvent } from '../engine/list/list-events.js'
import type { Field } from '../spec/field-type.js'
import type { Paint, Painter } from './color.js'
import { code, markdown } from './shown/markdown.js'
import { joined, lines, type Sayable, type Shown, say, shownOf, widest } from './shown/shown.js'

const MARKS: Readonly<Record<CellStatus, string>> = {
  present: '+',
  edited: '*',
  missing: 'x',
  absent: '.',
  unknown: '?',
  'not-needed': '.',
}

const DIRECTIONS = { 'server-to-client': 's2c', 'client-to-server': 'c2s', unknown: '?' } as const

/**
 * Rows × sites: what the marks mean, a block a channel, and one event a line.
 *
 * @param width characters that a line may have
 */
export function renderListTable(events: readonly ListedEvent[], paint: Painter, width: number): Shown {
  const nameWidth = Math.min(34, Math.max(widest(events.map((one) => shownOf(one.name))), 5))
  const blocks = channelsOf(events).map((channel) => {
    const own = events.filter((one) => one.channel === channel)
    const head = `${'event'.padEnd(nameWidth)} dir  ${COLUMNS.map(({ letter }) => letter).join(' ')}  fields`
    const rows = own.map((one) => renderRow(one, nameWidth, paint, width))
    return ['', paint.bold(`${channel}: ${own.length} events`), paint.dim(head), ...rows]
  })
  return lines([...legend(paint), ...blocks.flat()])
}

function renderRow(event: ListedEvent, nameWidth: number, paint: Painter, width: number): Shown {
  const cells = COLUMNS.map(({ site }) => {
    const status = event.cells.find((one) => one.site === site)?.status
    return status === undefined ? ' ' : paintCell(status, paint)(MARKS[status])
  })
  const pair = event.partner === undefined ? ' ' : '&'
  const name = shownOf(event.name).cut(nameWidth).padEnd(nameWidth)
  const start = say`${name} ${DIRECTIONS[event.direction].padEnd(3)}${pair} `
  const room = width - start.width - COLUMNS.length * 2 - 1
  const fields = paint.dim(shownOf(fieldsOf(event)).cut(room))
  return say`${start}${joined(cells, ' ')}  ${fields}`.trimEnd()
}

function legend(paint: Painter): Shown[] {
  const sites = COLUMNS.map(({ letter, column }) => `${letter} ${column}`)
  const half = Math.ceil(sites.length / 2)
  return [
    sites.slice(0, half).join('  '),
    sites.slice(half).join('  '),
    '+ as it would be written  * in another way  x missing  ? unknown  . not needed  & half of a pair',
  ].map(paint.dim)
}

function paintCell(status: CellStatus, paint: Painter): Paint {
  return {
    present: paint.green,
    edited: paint.reset,
    missing: paint.red,
    absent: paint.dim,
    unknown: paint.yellow,
    'not-needed': paint.dim,
  }[status]
}

/** The events as the reference document lists them: a section a channel and direction, one event a row. */
export function renderListMarkdown(events: readonly ListedEvent[]): Shown {
  const channels = channelsOf(events)
  const sections = channels.flatMap((channel) =>
    (
      [
        ['server-to-client', 'Server -> Client'],
        ['client-to-server', 'Client -> Server'],
        ['unknown', 'Direction unknown'],
      ] as const
    ).flatMap(([direction, title]): Sayable[] => {
      const own = events.filter((one) => one.channel === channel && one.direction === direction)
      if (own.length === 0) return []
      const heading = channels.length > 1 ? markdown`### ${channel}: ` : '### '
      const rows = own.map(
        (one) => markdown`| ${code(one.name)} | ${code(fieldsOf(one))} | ${sentence(one.purpose)} |`,
      )
      return [
        '',
        joined([heading, title]),
        '',
        '| Type | Payload | Purpose |',
        '| --- | --- | --- |',
        ...rows,
      ]
    }),
  )
  return lines(['## Existing Event Types Reference', ...sections])
}

function sentence(text = ''): string {
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`
}

/** `{ seatId, note? }`; a payload that nothing shows is `?`. */
function fieldsOf({ fields }: ListedEvent): string {
  if (fields === undefined) return '?'
  return fields.length === 0 ? '{}' : `{ ${fields.map(keyOf).join(', ')} }`
}

function keyOf(field: Field): string {
  return `${field.wire ?? field.name}${field.optional ? '?' : ''}`
}

function channelsOf(events: readonly ListedEvent[]): string[] {
  return [...new Set(events.map((one) => one.channel))]
}

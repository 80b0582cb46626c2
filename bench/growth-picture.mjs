import { labelOf } from './page.mjs'
import { GROWING } from './rows.mjs'

const SIZE = { width: 440, height: 260, left: 52, top: 34, bottom: 36, right: 12 }
const COLORS = ['#2f81f7', '#d4761d', '#8957e5']
const PANELS = [
  { title: 'CPU time, s', read: ({ cpu }) => cpu / 1000 },
  { title: 'peak memory, MiB', read: ({ mib }) => mib },
]

/**
 * How time and memory grow, on logarithmic axes: what grows with the events themselves is a straight line. An open circle is a run that
 * was stopped; a square is the checkout with one very long file.
 *
 * @param {import('./page.mjs').Result} result
 */
export function growthPicture({ growth }) {
  const width = SIZE.width * PANELS.length
  const legend = GROWING.map(
    (id, index) =>
      `<circle cx="${60 + index * 170}" cy="12" r="4" fill="${COLORS[index]}"/><text x="${70 + index * 170}" y="16">${labelOf(id).replaceAll('`', '')}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${SIZE.height + 24}" width="${width}" height="${SIZE.height + 24}" role="img" aria-label="Growth of CPU time and peak memory">
<title>Growth of CPU time and peak memory</title>
<style>text { font: 12px system-ui, sans-serif; fill: #59636e } .grid { stroke: #59636e; stroke-opacity: 0.25 } @media (prefers-color-scheme: dark) { text { fill: #9198a1 } .grid { stroke: #9198a1 } }</style>
${legend.join('\n')}
${PANELS.map((panel, index) => `<g transform="translate(${index * SIZE.width} 24)">\n${drawPanel(growth, panel)}\n</g>`).join('\n')}
</svg>
`
}

function drawPanel(growth, { title, read }) {
  const columns = [...new Set(growth.map(({ checkout }) => checkout))]
  const figures = growth.map(read)
  const [low, high] = [
    Math.floor(Math.log10(Math.min(...figures))),
    Math.floor(Math.log10(Math.max(...figures))) + 1,
  ]
  const x = (checkout) => {
    const step = (SIZE.width - SIZE.left - SIZE.right) / columns.length
    return rounded(SIZE.left + step * (columns.indexOf(checkout) + 0.5))
  }
  const y = (figure) => {
    const part = (Math.log10(figure) - low) / (high - low)
    return rounded(SIZE.height - SIZE.bottom - part * (SIZE.height - SIZE.top - SIZE.bottom))
  }
  const steps = high - low > 1 ? [1] : [1, 2, 5]
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index))
    .flatMap((power) => steps.map((step) => power * step))
    .filter((tick) => tick <= 10 ** high)
  return [
    `<text x="${SIZE.left}" y="22">${title}</text>`,
    ...ticks.map(
      (tick) =>
        `<line class="grid" x1="${SIZE.left}" x2="${SIZE.width - SIZE.right}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${SIZE.left - 6}" y="${y(tick) + 4}" text-anchor="end">${rounded(tick)}</text>`,
    ),
    ...columns.map(
      (checkout) =>
        `<text x="${x(checkout)}" y="${SIZE.height - 14}" text-anchor="middle">${checkout}</text>`,
    ),
    ...GROWING.map((id, index) => {
      const points = growth
        .filter(({ row }) => row === id)
        .map((one) => ({ ...one, x: x(one.checkout), y: y(read(one)) }))
      return drawSeries(points, COLORS[index])
    }),
  ].join('\n')
}

function drawSeries(points, color) {
  const line = points.filter(({ events }) => events !== undefined).map((point) => `${point.x},${point.y}`)
  const marks = points.map((point) => {
    const fill = point.over ? 'none' : color
    return point.events === undefined
      ? `<rect x="${point.x - 4}" y="${point.y - 4}" width="8" height="8" fill="${fill}"/>`
      : `<circle cx="${point.x}" cy="${point.y}" r="4" fill="${fill}" stroke="${color}"/>`
  })
  return `<polyline points="${line.join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>${marks.join('')}`
}

const rounded = (number) => Number(number.toFixed(2))

import { stripVTControlCharacters } from 'node:util'

/**
 * A terminal with the text of a run, as SVG.
 *
 * @param {string} command the command line as a person types it
 * @param {string} output what it printed, with ANSI colours
 * @param {string} title for readers who do not see the picture
 */
export function terminalPicture(command, output, title) {
  const lines = [`$ ${command}`, ...output.trimEnd().split('\n')]
  const columns = Math.max(...lines.map((line) => stripVTControlCharacters(line).length))
  const width = Math.ceil(columns * CHARACTER) + 2 * MARGIN
  const height = lines.length * LINE + 2 * MARGIN
  const rows = lines.map((line, index) => {
    const y = MARGIN + LINE * index + LINE * 0.72
    return `<text x="${MARGIN}" y="${y.toFixed(1)}">${index === 0 ? prompt(line) : spans(line)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${toXml(title)}">
<title>${toXml(title)}</title>
<style>text { font: ${SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: ${INK}; white-space: pre } </style>
<rect width="${width}" height="${height}" rx="8" fill="#161b22"/>
${rows.join('\n')}
</svg>
`
}

const SIZE = 13
const CHARACTER = SIZE * 0.602
const LINE = 19
const MARGIN = 16
const INK = '#e6edf3'
const COLORS = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 36: '#79c0ff' }

/** The text with a `tspan` for each stretch of one colour. */
function spans(line) {
  const style = { fill: undefined, isBold: false, isDim: false }
  let text = ''
  for (const [index, part] of line.split('\u001b[').entries()) {
    const [, codes = '', rest = part] = (index === 0 ? null : /^([\d;]*)m(.*)$/s.exec(part)) ?? []
    if (index > 0) for (const code of codes.split(';')) apply(style, Number(code))
    text += paint(rest, style)
  }
  return text
}

function apply(style, code) {
  if (code === 0) Object.assign(style, { fill: undefined, isBold: false, isDim: false })
  else if (code === 1) style.isBold = true
  else if (code === 2) style.isDim = true
  else if (code === 22) Object.assign(style, { isBold: false, isDim: false })
  else style.fill = COLORS[code]
}

function paint(text, { fill, isBold, isDim }) {
  if (text === '') return ''
  const attributes = [
    ...(fill === undefined ? [] : [`fill="${fill}"`]),
    ...(isBold ? ['font-weight="bold"'] : []),
    ...(isDim ? ['opacity="0.65"'] : []),
  ]
  return attributes.length === 0 ? toXml(text) : `<tspan ${attributes.join(' ')}>${toXml(text)}</tspan>`
}

function prompt(line) {
  return `<tspan opacity="0.65">$</tspan><tspan font-weight="bold">${toXml(line.slice(1))}</tspan>`
}

function toXml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

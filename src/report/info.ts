import type { Info } from '../engine/info.js'
import type { Painter } from './color.js'
import { lines, type Sayable, type Shown, say, shownOf } from './shown/shown.js'

/** The parts that a channel rightly lives without. */
const OPTIONAL: ReadonlySet<string> = new Set(['re-exports'])

/** What was discovered, for people; `verbose` adds the sign by which each part was recognised. */
export function renderInfo(
  info: Info,
  options: { readonly verbose: boolean; readonly paint: Painter },
): Shown {
  const { paint, verbose } = options
  const all: Sayable[] = [
    say`${paint.bold('root')}      ${info.root}`,
    say`${paint.bold('backend')}   ${info.backend.folder}, lines up to ${info.backend.lineLength} (${info.backend.lineLengthFrom})`,
    say`${paint.bold('frontend')}  ${info.frontend}`,
  ]
  for (const channel of info.channels) {
    const about = say`${channel.endpoint ?? 'no endpoint'}, ${channel.events} events, ${channel.wireCase} keys`
    all.push('', say`${paint.bold(channel.id)} ${paint.dim(about)}`)
    for (const part of channel.parts) {
      const isLeftOut = part.found === null && OPTIONAL.has(part.part)
      const found =
        part.found === null
          ? isLeftOut
            ? paint.dim('none')
            : paint.yellow('not found')
          : say`${part.found}${part.file === null ? '' : paint.dim(say`  ${part.file}`)}`
      all.push(say`  ${part.part.padEnd(20)} ${found}`)
      if (verbose || (part.found === null && !isLeftOut))
        all.push(paint.dim(say`  ${''.padEnd(20)} ${part.found === null ? 'looked for ' : ''}${part.why}`))
    }
  }
  all.push('', paint.bold(`stores (${info.stores.length})`))
  for (const { name, file, isDefault } of info.stores)
    all.push(say`  ${shownOf(name).padEnd(24)} ${paint.dim(file)}${isDefault ? ' (default of main)' : ''}`)
  all.push('', paint.bold('styles'))
  for (const { file, indent, quote, eol, details } of info.styles) {
    const quotes = quote === '"' ? 'double' : 'single'
    all.push(say`  ${shownOf(file).padEnd(44)} ${indent}, ${quotes} quotes, ${eol.toUpperCase()}, ${details}`)
  }
  return lines(all)
}

import type { ChalkInstance } from 'chalk'
import type { Info } from '../engine/info.js'

/** What was discovered, for people; `verbose` adds the sign by which each part was recognised. */
export function renderInfo(
  info: Info,
  options: { readonly verbose: boolean; readonly paint: ChalkInstance },
): string {
  const { paint, verbose } = options
  const lines = [
    `${paint.bold('root')}      ${info.root}`,
    `${paint.bold('backend')}   ${info.backend.folder}, lines up to ${info.backend.lineLength} (${info.backend.lineLengthFrom})`,
    `${paint.bold('frontend')}  ${info.frontend}`,
  ]
  for (const channel of info.channels) {
    lines.push(
      '',
      `${paint.bold(channel.id)} ${paint.dim(`${channel.endpoint ?? 'no endpoint'}, ${channel.events} events, ${channel.wireCase} keys`)}`,
    )
    for (const part of channel.parts) {
      const found =
        part.found === null
          ? paint.yellow('not found')
          : `${part.found}${part.file === null ? '' : paint.dim(`  ${part.file}`)}`
      lines.push(`  ${part.part.padEnd(20)} ${found}`)
      if (verbose || part.found === null)
        lines.push(paint.dim(`  ${''.padEnd(20)} ${part.found === null ? 'looked for ' : ''}${part.why}`))
    }
  }
  lines.push('', paint.bold(`stores (${info.stores.length})`))
  for (const store of info.stores)
    lines.push(
      `  ${store.name.padEnd(24)} ${paint.dim(store.file)}${store.isDefault ? ' (default of main)' : ''}`,
    )
  lines.push('', paint.bold('styles'))
  for (const style of info.styles) {
    lines.push(
      `  ${style.file.padEnd(44)} ${style.indent}, ${style.quote === '"' ? 'double' : 'single'} quotes, ${style.eol.toUpperCase()}, ${style.details}`,
    )
  }
  return `${lines.join('\n')}\n`
}

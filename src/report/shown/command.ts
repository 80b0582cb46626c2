import { type Sayable, Shown, shownOf } from './shown.js'

/** A command to the runner of GitHub Actions in a line of its own: `::error file=…,line=…::…`. */
export function command(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: readonly Sayable[],
): Shown {
  const given = Object.entries(properties)
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(String(shownOf(value)))}`)
  const head = [name, ...(given.length > 0 ? [given.join(',')] : [])].join(' ')
  return Shown.safe(`::${head}::${escapeData(message.map(shownOf).join('\n'))}`)
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

import { Chalk, type ChalkInstance } from 'chalk'

/** A painter for a stream: one that paints, or one that leaves text alone. */
export function createPainter(color: boolean): ChalkInstance {
  return new Chalk({ level: color ? 1 : 0 })
}

/** A unified diff with its lines coloured. */
export function paintDiff(diff: string, paint: ChalkInstance): string {
  return diff
    .split('\n')
    .map((line) => {
      if (line.startsWith('+++') || line.startsWith('---')) return paint.bold(line)
      if (line.startsWith('@@')) return paint.cyan(line)
      if (line.startsWith('+')) return paint.green(line)
      return line.startsWith('-') ? paint.red(line) : line
    })
    .join('\n')
}

/** Text from files or users as it may be shown on a terminal: control characters are made visible. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (char) => {
    return `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
  })
}

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
  return text.replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => {
    return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`
  })
}

/** {@link visible}, in one line. */
export function visibleLine(text: string): string {
  return withoutCommands(visible(text).replace(/\n/g, '\\n').replace(/\t/g, '\\t'))
}

/** What a CI runner would take for a command is taken apart: `::` in front of a line, `##[` anywhere. */
export function withoutCommands(text: string): string {
  return text.replace(/^(?=[^\S\n]*::)/gm, './').replaceAll('##[', '# #[')
}

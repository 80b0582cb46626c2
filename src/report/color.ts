import { Chalk } from 'chalk'
import { block, lines, type Sayable, Shown, shownOf } from './shown/shown.js'

const COLORS = ['bold', 'dim', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'reset'] as const

/** Gives a text a colour; a raw string is made visible before it gets one. */
export type Paint = (text: Sayable) => Shown

export type Painter = Readonly<Record<(typeof COLORS)[number], Paint>>

/** A painter for a stream: one that paints, or one that leaves text alone. */
export function createPainter(color: boolean): Painter {
  const chalk = new Chalk({ level: color ? 1 : 0 })
  const paint = (name: (typeof COLORS)[number]): Paint => {
    return (text) => {
      const shown = shownOf(text)
      return Shown.safe(chalk[name](String(shown)), shown.width)
    }
  }
  return Object.fromEntries(COLORS.map((name) => [name, paint(name)])) as Painter
}

/** A unified diff for a person, with its lines coloured. */
export function paintDiff(diff: string, paint: Painter): Shown {
  return lines(
    diff
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => {
        const shown = block(line)
        if (line.startsWith('+++') || line.startsWith('---')) return paint.bold(shown)
        if (line.startsWith('@@')) return paint.cyan(shown)
        if (line.startsWith('+')) return paint.green(shown)
        return line.startsWith('-') ? paint.red(shown) : shown
      }),
  )
}

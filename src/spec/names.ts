/** The grammar of event and field names; with it snake → camel → snake is the identity. */
export const NAME_PATTERN = /^[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*$/
export const NAME_MAX_LENGTH = 64

/** Every spelling of one snake_case name, derived once. */
export interface Names {
  /** `seat_taken` */
  readonly snake: string
  /** `seatTaken` */
  readonly camel: string
  /** `SeatTaken` */
  readonly pascal: string
  /** `SEAT_TAKEN` */
  readonly constant: string
}

/** Derives all spellings of a name that satisfies {@link NAME_PATTERN}. */
export function deriveNames(snake: string): Names {
  const known = derived.get(snake)
  if (known !== undefined) return known
  const names = spellings(snake)
  derived.set(snake, names)
  return names
}

const derived = new Map<string, Names>()

function spellings(snake: string): Names {
  const camel = snakeToCamel(snake)
  return {
    snake,
    camel,
    pascal: camel.charAt(0).toUpperCase() + camel.slice(1),
    constant: snake.toUpperCase(),
  }
}

/** `seat_taken` → `seatTaken`. */
export function snakeToCamel(snake: string): string {
  return snake.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** `seatTaken` → `seat_taken`: the inverse of {@link snakeToCamel} on the grammar. */
export function camelToSnake(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** `SeatTaken` → `seat_taken`. */
export function pascalToSnake(pascal: string): string {
  return camelToSnake(pascal).replace(/^_/, '')
}

/** A name of the grammar near to what was typed, for an error's fix; undefined when nothing is left. */
export function proposeName(typed: string): string | undefined {
  const words = typed
    .normalize('NFKD')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .split('_')
    .map((word) => word.replace(/^[0-9]+/, ''))
    .filter((word) => word !== '')
  const proposal = words.join('_').slice(0, NAME_MAX_LENGTH).replace(/_$/, '')
  return NAME_PATTERN.test(proposal) ? proposal : undefined
}

/** A name with its article: `a seat_taken`, `an error`. */
export function withArticle(name: string): string {
  return `${/^([aeio]|u(?!s|ni))/.test(name) ? 'an' : 'a'} ${name}`
}

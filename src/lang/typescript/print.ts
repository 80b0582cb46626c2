/** A string literal with the file's quotes; what cannot be seen is escaped. */
export function printString(value: string, quote: '"' | "'"): string {
  const body = [...value]
    .map((char) => {
      if (char === '\\' || char === quote) return `\\${char}`
      if (char === '\n') return '\\n'
      if (char === '\r') return '\\r'
      if (char === '\t') return '\\t'
      return /[\p{C}\p{Zl}\p{Zp}]/u.test(char) ? escapeUnits(char) : char
    })
    .join('')
  return `${quote}${body}${quote}`
}

/** The text of a JSDoc comment: it cannot end the comment, and no tool takes it for an order. */
export function printJsDocText(text: string): string {
  return text.replaceAll('*/', '*\\/').replaceAll('@', '\\@')
}

/** A property name: bare where it is an identifier, else quoted. */
export function printPropertyName(name: string, quote: '"' | "'"): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : printString(name, quote)
}

/** Reads a property: `seat.rowNumber`, or with brackets where the name is no identifier. */
export function printPropertyAccess(object: string, name: string, quote: '"' | "'"): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${object}.${name}` : `${object}[${printString(name, quote)}]`
}

function escapeUnits(char: string): string {
  return Array.from(
    { length: char.length },
    (_, index) => `\\u${char.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')
}

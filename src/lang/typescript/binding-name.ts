/** The words that nothing can be called in a module: ECMAScript, 12.7.2 and 13.1.1. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof var void while with yield'
  ).split(' '),
)

/** A name that code can bind for a key: reserved and taken ones get an underscore, as those of Python do. */
export function bindingName(key: string, taken: readonly string[] = []): string {
  const name = key.replace(/[^\p{ID_Continue}$]/gu, '_').replace(/^(?!\p{ID_Start}|[$_])/u, '_')
  return RESERVED.has(name) || taken.includes(name) ? bindingName(`${name}_`, taken) : name
}

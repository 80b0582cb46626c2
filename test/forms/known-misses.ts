/**
 * What is not followed yet: a form, and `harmless` or the name of a drift. An entry fails as soon as it is mended, and is
 * then to be taken out.
 */
export const KNOWN_MISSES: readonly (readonly [form: string, what: string])[] = [
  // Other things have the name of the function as well, and any of them may be a call of it.
  ['a factory of the module', 'the send is lost'],
  // Without a hook nothing says which interface is read.
  ['a hook whose switch cannot be found', 'an interface is told of another key'],
]

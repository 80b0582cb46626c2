/**
 * Whether every character of one text stands in another in the same order: what is left of a text after pure
 * insertions. An independent witness, which knows nothing of where the insertions are.
 *
 * @param {string} short
 * @param {string} long
 */
export function isSubsequence(short, long) {
  let index = 0
  for (let at = 0; at < long.length && index < short.length; at++) if (long[at] === short[index]) index++
  return index === short.length
}

/** A query of a parsed module that is answered once for each module. */
export function perModule<M extends object, T>(query: (module: M) => T): (module: M) => T {
  const answers = new WeakMap<M, { readonly value: T }>()
  return (module) => {
    let answer = answers.get(module)
    if (answer === undefined) {
      answer = { value: query(module) }
      answers.set(module, answer)
    }
    return answer.value
  }
}

/** A piece of a rule's page: lines that go, lines that come, lines around them, in one file of a fixture. */
interface Splice {
  readonly path: string
  readonly before: string
  readonly after: string
}

/** The `diff` blocks of one section of a page. */
export function readSplices(page: string, section: string): Splice[] {
  const body = page.split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...body.matchAll(/```diff\n--- (.+)\n([\s\S]*?)\n```/g)].map((match) => {
    const lines = (match[2] ?? '').split('\n')
    const side = (mark: '-' | '+'): string =>
      lines
        .filter((line) => !/^[-+]/.test(line) || line.startsWith(mark))
        .map((line) => line.slice(1))
        .join('\n')
    return { path: match[1] ?? '', before: side('-'), after: side('+') }
  })
}

/** The texts with every splice put in, wherever its lines stand. */
export function applySplices(
  texts: ReadonlyMap<string, string>,
  splices: readonly Splice[],
): Map<string, string> {
  const changed = new Map(texts)
  for (const { path, before, after } of splices) {
    const text = changed.get(path)
    if (text?.includes(before) !== true) throw new Error(`${path} has no\n${before}`)
    changed.set(
      path,
      text.replaceAll(before, () => after),
    )
  }
  return changed
}

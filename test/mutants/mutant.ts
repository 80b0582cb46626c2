/** A fixture with one place changed, and where the change must show. */
export interface Mutant {
  readonly name: string
  /** The files that were changed, with their new texts. */
  readonly edits: Texts
  readonly channel: string
  /** The wire name, and the one that a typing error made of it. */
  readonly events: readonly string[]
  /** The files that it may show in: those changed, or the other end where what was changed is gone. */
  readonly files: readonly string[]
  /** The rules of which one must find it. */
  readonly rules: readonly string[]
  /** What else it deserves: what the place did for other events is gone as well. */
  readonly deserves: readonly string[]
}

/** The files of one channel of a fixture. */
export interface Parts {
  readonly channel: string
  readonly models: string
  readonly handler: string
  readonly enumName: string
  readonly envelope: string
  readonly types: string
  readonly unionName: string
  readonly hook: string
  readonly client: string
}

export type Texts = ReadonlyMap<string, string>

/** Makes mutants of one event in one file. */
export function mutantsIn(parts: Parts, file: string, event: string) {
  return (
    what: string,
    text: string,
    rules: readonly string[],
    deserves: readonly string[] = [],
  ): Mutant => ({
    name: `${parts.channel} ${event}: ${what}`,
    edits: new Map([[file, text]]),
    files: [file],
    channel: parts.channel,
    events: [event, `${event}s`],
    rules,
    deserves,
  })
}

export function splice(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end)
}

export function read(texts: Texts, file: string): string {
  const text = texts.get(file)
  if (text === undefined) throw new Error(`no ${file}`)
  return text
}

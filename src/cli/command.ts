import type { GlobalFlags, World } from './context.js'

/** One option of a command, as commander spells its flags. */
export interface OptionDefinition {
  readonly flags: string
  readonly description: string
  /** Shown in the help; the command gets it when the option is not given. */
  readonly default?: string
  /** Whether it may be given more than once; the command gets a list. */
  readonly isRepeatable?: boolean
  /** The words it takes, which a shell completes. */
  readonly choices?: readonly string[]
}

/**
 * A command as data: the help, the completion and the reference page are made from it. `run` imports what it
 * needs, so that a command costs the others nothing.
 */
export interface CommandDefinition {
  readonly name: string
  readonly description: string
  /** The description in the list of all commands, where that is too long for a line. */
  readonly summary?: string
  readonly arguments: readonly {
    readonly syntax: string
    readonly description: string
    /** The words it takes, which a shell completes. */
    readonly choices?: readonly string[]
  }[]
  readonly options: readonly OptionDefinition[]
  /** Command lines that work on any checkout, the most usual first. */
  readonly examples: readonly string[]
  /** What else the help says, behind the options. */
  readonly notes?: string
  /** Whether it writes nothing, and says the same wherever everything that it reads is the same. */
  readonly isReading?: boolean
  /**
   * @param args the command's own arguments; a variadic one is spread
   * @param flags the global flags and the command's own
   * @returns the exit code
   */
  run(world: World, args: readonly string[], flags: GlobalFlags): Promise<number>
}

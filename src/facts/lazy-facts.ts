/** Facts that are read when they are first asked for, and then kept. */
export abstract class LazyFacts {
  private readonly memo = new Map<string, unknown>()

  protected once<T>(key: string, make: () => T): T {
    if (!this.memo.has(key)) this.memo.set(key, make())
    return this.memo.get(key) as T
  }
}

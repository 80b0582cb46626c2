import type { OpenChannel } from '../../channel/open-channel.js'
import { defaultStore, usedStores } from '../../channel/stores.js'
import { collision, Failure, wrongInput } from '../../errors.js'
import type { StoreRef } from '../../layout/layout.js'
import type { Half } from '../../sites/site.js'
import { findHome } from '../../sites/store.js'
import type { EventSpec } from '../../spec/event-spec.js'
import { unknownChoice } from '../../spec/reserved.js'

/** Where the state of an event is kept; undefined where it is kept nowhere. */
export function resolveStore(
  context: Pick<Half, 'repository' | 'layout' | 'channel' | 'custom' | 'rows'>,
  spec: EventSpec,
): StoreRef | Failure | undefined {
  const { layout } = context
  const { hook } = spec.store
  const home = findHome(context, spec.names.snake)
  if (hook !== undefined) {
    if (hook === 'none') {
      if (home === undefined) return undefined
      return collision({
        code: 'store-differs',
        what: `\`${spec.names.snake}\` already keeps its state in \`${home.store.hook}\``,
        why: `its \`${home.action}\` is there`,
        fix: 'leave out --store: no command takes an event out of its store, which is done by hand',
        place: { file: home.store.file },
      })
    }
    const found = chooseStore(context, hook)
    if (found instanceof Failure) return found
    if (found === undefined)
      return wrongInput(
        unknownChoice('unknown-store', 'store of this repository', hook, [
          'none',
          ...layout.stores.map((store) => store.hook),
        ]),
      )
    if (home !== undefined && home.store.hook !== hook) {
      return collision({
        code: 'store-differs',
        what: `\`${spec.names.snake}\` already keeps its state in \`${home.store.hook}\``,
        why: `its \`${home.action}\` is there`,
        fix: `leave out --store, or give --store ${home.store.hook}: no command moves an event to another store`,
        place: { file: home.store.file },
      })
    }
    return found
  }
  if (home !== undefined) return home.store
  return defaultStore(context)
}

/**
 * The store of a name: the one that the channel's hook imports where several files have it.
 *
 * @returns a Failure with exit code 2 where nothing says which one is meant
 */
function chooseStore(open: OpenChannel, hook: string): StoreRef | Failure | undefined {
  const { layout, channel } = open
  const [first, second, ...others] = layout.stores.filter((store) => store.hook === hook)
  if (first === undefined || second === undefined) return first
  const used = usedStores(open).find((store) => store.hook === hook)
  if (used !== undefined) return used
  const files = [first, second, ...others].map((store) => `\`${store.file}\``)
  return wrongInput({
    code: 'ambiguous-store',
    what: `${files.length} files have a store \`${hook}\`: ${files.join(', ')}`,
    why: `the hook of the channel \`${channel.id}\` imports none of them, so which one is meant cannot be told`,
    fix: 'rename one of them',
    place: { file: second.file },
  })
}

import type { TsModule } from '../lang/module.js'
import { perChannel } from './open-channel.js'
import { findReceiving } from './receiving.js'
import { hooksOf, type TsHook } from './typescript/hooks.js'

/** The hook of a channel: the function around what takes its messages. */
export const findChannelHook = perChannel((context): { module: TsModule; hook: TsHook } | undefined => {
  const { repository, channel } = context
  if (channel.hook === undefined) return undefined
  const module = repository.typescript(channel.hook.file)
  const found = findReceiving(context).main
  const hooks = hooksOf(module)
  const around = hooks.find((one) => found !== undefined && one.start <= found.start && found.end <= one.end)
  const hook = around ?? (hooks.length === 1 ? hooks[0] : undefined)
  return hook === undefined ? undefined : { module, hook }
})

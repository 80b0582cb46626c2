import { branchesOf } from '../channel/branches.js'
import { findClient } from '../channel/client.js'
import { findHandlerChain } from '../channel/handler.js'
import { findReceiving } from '../channel/receiving.js'
import { findUnion } from '../channel/union.js'
import type { Place } from '../errors.js'
import { lookUp } from '../group.js'
import { classesOf } from '../lang/python/query.js'
import type { SurveyContext } from '../sites/site.js'
import { placeOf } from '../workspace/place.js'

/** Where a part of a channel begins. */
export function partPlace(
  context: SurveyContext,
  part: 'enum' | 'envelope' | 'handler' | 'union' | 'hook' | 'client',
): Place | undefined {
  const { repository, channel } = context
  switch (part) {
    case 'enum':
    case 'envelope': {
      const { name, file } = channel[part]
      const module = repository.python(file)
      const one = lookUp(classesOf(module), name)
      return one === undefined ? { file } : placeOf(module.source, one.node.start)
    }
    case 'handler': {
      const found = findHandlerChain(context)
      if (found !== undefined) return placeOf(found.module.source, found.chain.start)
      if (channel.handler === undefined) return undefined
      const { file } = channel.handler
      const [branch] = branchesOf(context)
      return branch === undefined ? { file } : placeOf(repository.python(file).source, branch.start)
    }
    case 'union': {
      if (channel.union === undefined) return undefined
      const module = repository.typescript(channel.union.file)
      const one = findUnion(context)
      return one === undefined ? { file: channel.union.file } : placeOf(module.source, one.start)
    }
    case 'hook': {
      const { main } = findReceiving(context)
      if (channel.hook === undefined) return undefined
      return main === undefined ? { file: channel.hook.file } : placeOf(main.module.source, main.start)
    }
    case 'client': {
      const found = findClient(context)
      return found === undefined ? undefined : placeOf(found.module.source, found.one.start)
    }
  }
}

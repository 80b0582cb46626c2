import { type Failure, type Problem, wrongInput } from '../../errors.js'
import { python } from '../../lang/python/language.js'
import type { Channel, Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { unknownChoice } from '../../spec/reserved.js'

/**
 * The channel of a spec.
 *
 * @returns a Failure with exit code 2 for one that was not discovered
 */
export function resolveChannel(repository: Repository, layout: Layout, id: string): Channel | Failure {
  const channel = layout.channels.find((one) => one.id === id)
  if (channel !== undefined) return channel
  return wrongInput(...repository.unreadable.values(), missingChannel(repository, layout, id))
}

function missingChannel(repository: Repository, layout: Layout, id: string): Problem {
  if (id !== 'main') {
    const known = layout.channels.map((one) => one.id)
    return unknownChoice('channel of this repository', id, known)
  }
  const { folder } = layout.backend
  const candidates = repository.search(
    folder,
    python.extensions,
    (text) => /\bWSMessage(Type)?\b/.test(text) && /^class /m.test(text),
  )
  const fault = candidates.map((file) => repository.faultIn(file)).find((one) => one !== undefined)
  return {
    what: `the channel \`${id}\` was not found in \`${folder}\``,
    why: `looked for \`class WSMessageType(str, Enum)\` and a class with the fields \`type: WSMessageType\` and \`payload\`${
      fault === undefined ? '' : `; nearest: ${fault.what}`
    }`,
    fix: fault?.fix ?? 'see what was found: cachibot-ws info --verbose',
    ...(fault === undefined ? {} : { place: fault.place }),
  }
}

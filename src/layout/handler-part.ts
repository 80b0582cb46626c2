import type { PyNode, PythonModule } from '../lang/python/parser.js'
import { callArguments, childOf, descendants, stringValue, textOf } from '../lang/python/query.js'
import { type Candidate, type Choice, choose, weigh, word } from './candidates.js'
import type { Channel, Envelope } from './layout.js'
import { boundTo } from './python-names.js'
import type { Repository } from './repository.js'

type Handler = NonNullable<Channel['handler']>

/**
 * The function decorated with `.websocket(…)` that takes the channel's messages. For it speak, the weightiest
 * first: how many members of the enum it names, how many its file names, how often its file uses the envelope.
 */
export function findHandler(repository: Repository, folder: string, found: Envelope): Choice<Handler> {
  const mentions = word(`(?:${found.enum.name}|${found.envelope.name})`)
  const files = repository.search(
    folder,
    ['.py'],
    (text) => /\.websocket\s*\(/.test(text) && mentions.test(text),
  )
  return choose(files.flatMap((file) => endpointsIn(repository, folder, file, found)))
}

function endpointsIn(
  repository: Repository,
  folder: string,
  file: string,
  found: Envelope,
): Candidate<Handler>[] {
  const module = repository.python(file)
  const enums = boundTo(repository, folder, file, found.enum)
  const envelopes = boundTo(repository, folder, file, found.envelope)
  const members = attributesOf(module, enums)
  const uses = namesIn(module, envelopes)
  if (members.length + uses.length === 0) return []
  return descendants(module.root, 'decorated_definition').flatMap((node) => {
    const endpoint = endpointOf(module, node)
    if (endpoint === undefined) return []
    const inside = (one: PyNode): boolean => node.start <= one.start && one.end <= node.end
    const own = new Set(members.filter(inside).map((one) => textOf(module, one)))
    const all = new Set(members.map((one) => textOf(module, one)))
    return [
      {
        part: { file, endpoint },
        text: `the endpoint \`${endpoint}\``,
        file,
        start: node.start,
        rank: weigh(own.size, all.size, uses.filter(inside).length, uses.length),
      },
    ]
  })
}

function endpointOf(module: PythonModule, node: PyNode): string | undefined {
  const decorators = node.children.filter((one) => one.type === 'decorator')
  const call = decorators
    .flatMap((one) => descendants(one, 'call'))
    .find((one) => /\.websocket$/.test(textOf(module, childOf(one, 'function') ?? one)))
  return call === undefined ? undefined : stringValue(module, callArguments(module, call)[0]?.value)
}

/** `Enum.MEMBER` by any of the enum's names. */
function attributesOf(module: PythonModule, names: readonly string[]): PyNode[] {
  return descendants(module.root, 'attribute').filter((node) => {
    const owner = childOf(node, 'object')
    return owner !== undefined && names.includes(textOf(module, owner))
  })
}

function namesIn(module: PythonModule, names: readonly string[]): PyNode[] {
  return descendants(module.root, 'identifier').filter((node) => names.includes(textOf(module, node)))
}

import type { PythonModule } from '../lang/module.js'
import { python } from '../lang/python/language.js'
import { stringValue } from '../lang/python/literals.js'
import { callArguments } from '../lang/python/query.js'
import type { Node } from '../lang/tree.js'
import { type Candidate, type Choice, choose, weigh } from './candidates.js'
import type { Channel, Envelope } from './layout.js'
import { boundTo } from './python-names.js'
import type { Repository } from './repository.js'

type Handler = NonNullable<Channel['handler']>

/**
 * The function decorated with `.websocket(…)` that takes the channel's messages. For it speak, the weightiest
 * first: how many members of the enum it names, how many its file names, how often its file uses the envelope.
 */
export function findHandler(repository: Repository, folder: string, found: Envelope): Choice<Handler> {
  const files = repository
    .saying(folder, python.extensions, [found.enum.name, found.envelope.name])
    .filter((file) => /\.websocket\s*\(/.test(repository.workspace.read(file).text))
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
  return module.root.descendants('decorated_definition').flatMap((node) => {
    const endpoint = endpointOf(node)
    if (endpoint === undefined) return []
    const inside = (one: Node): boolean => node.start <= one.start && one.end <= node.end
    const own = new Set(members.filter(inside).map((one) => one.text))
    const all = new Set(members.map((one) => one.text))
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

function endpointOf(node: Node): string | undefined {
  const decorators = node.children.filter((one) => one.kind === 'decorator')
  const call = decorators
    .flatMap((one) => one.descendants('call'))
    .find((one) => /\.websocket$/.test((one.child('function') ?? one).text))
  return call === undefined ? undefined : stringValue(callArguments(call)[0]?.value)
}

/** `Enum.MEMBER` by any of the enum's names. */
function attributesOf(module: PythonModule, names: readonly string[]): Node[] {
  return module.root.descendants('attribute').filter((node) => {
    const owner = node.child('object')
    return owner !== undefined && names.includes(owner.text)
  })
}

function namesIn(module: PythonModule, names: readonly string[]): Node[] {
  return module.root.descendants('identifier', 'attribute').filter((node) => names.includes(node.text))
}

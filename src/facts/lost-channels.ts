import type { Place } from '../errors.js'
import { python } from '../lang/python/language.js'
import { classesOf, importsOf } from '../lang/python/query.js'
import { typescript } from '../lang/typescript/language.js'
import { interfacesOf } from '../lang/typescript/query.js'
import { type TsUnion, unionNamed } from '../lang/typescript/unions.js'
import { word } from '../layout/candidates.js'
import type { Layout } from '../layout/layout.js'
import { channelId } from '../layout/python-parts.js'
import { type Repository, scopeOf } from '../layout/repository.js'
import { placeOf } from '../workspace/place.js'

/** The frontend's half of a channel that has no enum with an envelope in the backend. */
export interface LostChannel {
  readonly id: string
  readonly union: string
  readonly envelope: string
  readonly place: Place
  /** Files of the frontend that open or use the socket. */
  readonly users: readonly string[]
  /** What of the backend comes nearest. */
  readonly nearest: { readonly text: string; readonly place: Place } | undefined
}

/** Channels that only the frontend still has, found by the same shape: a union, and an interface whose `type` it is. */
export function findLostChannels(repository: Repository, layout: Layout): LostChannel[] {
  const hasEnvelope = (text: string): boolean => /\bpayload\??\s*:/.test(text) && /\btype\??\s*:/.test(text)
  const known = layout.channels.flatMap((one) => [one.id, one.union?.name])
  const files = repository.search(`${layout.frontend.folder}/src`, typescript.extensions, hasEnvelope)
  return files.flatMap((file) =>
    envelopesOf(repository, layout, file).flatMap(({ union, name }): LostChannel[] => {
      const id = channelId(union.name)
      if (known.includes(id) || known.includes(union.name)) return []
      const users = usersOf(repository, layout, file, [union.name, name])
      const nearest = nearestTo(repository, layout, [union.name, name])
      const isOurs = /(WS|WebSocket)(Message|Event)?Type$/.test(union.name) || nearest !== undefined
      if (users.length === 0 || !isOurs) return []
      const place = placeOf(repository.typescript(file).source, union.start)
      return [{ id, union: union.name, envelope: name, place, users, nearest }]
    }),
  )
}

function envelopesOf(
  repository: Repository,
  layout: Layout,
  file: string,
): { union: TsUnion; name: string }[] {
  const module = repository.typescript(file)
  const scope = scopeOf(repository, layout)
  return interfacesOf(module).flatMap(({ name, members }) => {
    const type = members.find((member) => member.name === 'type')?.type
    const union = type === undefined ? undefined : unionNamed(scope, module, type)
    return union === undefined || !members.some((member) => member.name === 'payload')
      ? []
      : [{ union, name }]
  })
}

function usersOf(
  repository: Repository,
  { frontend }: Layout,
  own: string,
  names: readonly string[],
): string[] {
  const mention = word(`(?:${names.join('|')})`)
  const isUser = (text: string): boolean => mention.test(text) && text.includes('WebSocket')
  return repository
    .search(`${frontend.folder}/src`, typescript.extensions, isUser)
    .filter((file) => file !== own || /\bnew WebSocket\(/.test(repository.workspace.read(file).text))
}

/** A class of the name that is no string enum or has no envelope, else an import of a name that leads nowhere. */
function nearestTo(
  repository: Repository,
  { backend }: Layout,
  names: readonly string[],
): LostChannel['nearest'] {
  const mention = word(`(?:${names.join('|')})`)
  const modules = repository
    .search(backend.folder, python.extensions, (text) => mention.test(text))
    .map((file) => repository.python(file))
  for (const module of modules) {
    const found = classesOf(module).find((one) => names.includes(one.name))
    if (found !== undefined)
      return {
        text: `\`class ${found.name}(${found.bases.join(', ')})\``,
        place: placeOf(module.source, found.node.start),
      }
  }
  for (const module of modules) {
    for (const { module: from, names: imported, node } of importsOf(module)) {
      const found = imported.find((one) => names.includes(one.name))
      if (found !== undefined)
        return {
          text: `an import of \`${found.name}\` from \`${from}\`, which leads to no such class`,
          place: placeOf(module.source, node.start),
        }
    }
  }
  return undefined
}

import type { OpenChannel } from '../channel/open-channel.js'
import type { Problem } from '../errors.js'
import { python } from '../lang/python/language.js'
import { typescript } from '../lang/typescript/language.js'
import { escapeRegExp, word } from '../layout/candidates.js'
import type { Channel, Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { glimpse } from '../workspace/read-text.js'

/** The files of a channel that have a syntax error, with its place. */
export function brokenFiles(open: OpenChannel): Problem[] {
  const { repository, layout, channel } = open
  return parseErrors(repository, [
    ...partsOf(channel),
    ...layout.stores.map((one) => one.file),
    ...suspects(open),
    ...filesThatSay(repository, layout, namesOf(channel)),
  ])
}

/** What hides a channel: files that play a part of it, or say its names, and could not be read or parsed. */
export function hidingFiles(open: OpenChannel): Problem[] {
  const { repository, layout, channel } = open
  const parts = [...partsOf(channel), ...suspects(open)]
  return [...parseErrors(repository, parts), ...unreadThatSay(repository, layout, namesOf(channel))]
}

/** Files that say one of the names, and could not be read or parsed. */
export function unreadThatSay(repository: Repository, layout: Layout, names: readonly string[]): Problem[] {
  const { workspace, unreadable } = repository
  const mention = mentionOf(names)
  const hidden = [...unreadable].filter(([path]) =>
    mention.test(glimpse(workspace.disk, workspace.absolute(path))),
  )
  const broken = parseErrors(repository, filesThatSay(repository, layout, names))
  return [...hidden.map(([, problem]) => problem), ...broken]
}

/** Files of both sides that say one of the names. */
function filesThatSay(repository: Repository, layout: Layout, names: readonly string[]): string[] {
  const mention = mentionOf(names)
  const files = [
    ...repository.saying(layout.backend.folder, python.extensions, names),
    ...repository.saying(`${layout.frontend.folder}/src`, typescript.extensions, names),
  ]
  return files.filter((file) => mention.test(repository.workspace.read(file).text))
}

function mentionOf(names: readonly string[]): RegExp {
  return word(`(?:${names.map(escapeRegExp).join('|')})`)
}

function namesOf({ enum: members, envelope, union, tsEnvelope }: Channel): string[] {
  const names = [members.name, envelope.name, union?.name, tsEnvelope?.name]
  return [...new Set(names.filter((name) => name !== undefined))]
}

function partsOf(channel: Channel): string[] {
  const { enum: members, envelope, reexports, handler, manager, union, hook, client } = channel
  const files = [members.file, envelope.file, reexports, handler?.file, manager?.file]
  return [...files, union?.file, hook?.file, client?.file].filter((file) => file !== undefined)
}

/** Files of the frontend that could play a part of the channel which was not found. */
function suspects({ repository, layout, channel }: OpenChannel): string[] {
  const { union, hook, client } = channel
  if (union !== undefined && hook !== undefined && client !== undefined) return []
  return repository.search(`${layout.frontend.folder}/src`, typescript.extensions, mayPlayPart)
}

function mayPlayPart(text: string): boolean {
  return /\.type\s*\)|\btype \w+Type\b|\bsend\w*\(/.test(text)
}

function parseErrors(repository: Repository, files: readonly string[]): Problem[] {
  return [...new Set(files)].flatMap((file) => repository.faultIn(file) ?? [])
}

import { sendingMethodsOf } from '../channel/typescript/client-sends.js'
import { isIn } from '../group.js'
import type { TsModule } from '../lang/module.js'
import { classesOf, instancesOf, type TsClass } from '../lang/typescript/classes.js'
import type { PathAlias } from '../lang/typescript/imports.js'
import { typescript } from '../lang/typescript/language.js'
import { findImported } from '../lang/typescript/query.js'
import { type Candidate, type Choice, choose, weigh } from './candidates.js'
import type { Channel } from './layout.js'
import type { Repository } from './repository.js'
import { FRONTEND_FOLDER } from './root.js'
import { bindsAny, findDeclaration, importersOf, type TsName } from './typescript-names.js'

type Client = NonNullable<Channel['client']>

/**
 * The class of the channel's client. It imports union or envelope or opens a socket, by itself or by the class it
 * extends; of several, with both before one, then the one that other files import, then the one that sends most
 * of the channel's events.
 */
export function findClient(
  repository: Repository,
  values: readonly string[],
  types: readonly TsName[],
  aliases: readonly PathAlias[],
): Choice<Client> {
  const files = repository.search(`${FRONTEND_FOLDER}/src`, typescript.extensions, hasSender)
  return choose(
    files.flatMap((file) => {
      const isNamed = bindsAny(repository, file, types, aliases)
      return classesOf(repository.typescript(file)).flatMap((one): Candidate<Client>[] => {
        const scope = { open: (path: string) => repository.findTypescript(path), aliases }
        const module = repository.typescript(file)
        const sent = sendingMethodsOf(scope, module, one).flatMap((method) => method.sends)
        const sends = sent.filter(({ message }) => isIn(values, message)).length
        const hasSocket = opensSocket(repository, file, one, aliases)
        if (!(isNamed && hasSocket) && sends === 0) return []
        const names = namesOf(module, one.name)
        const isUsed = importersOf(repository, names, aliases).length > 0
        const isIt = sends > 0 && (isNamed || hasSocket)
        return [
          {
            part: isIt ? { name: one.name, file } : undefined,
            text:
              sends > 0 ? `\`class ${one.name}\`` : `\`class ${one.name}\`, which sends none of them by name`,
            file,
            start: one.start,
            rank: weigh(isNamed && hasSocket, isNamed || hasSocket, isUsed, sends),
          },
        ]
      })
    }),
  )
}

function hasSender(text: string): boolean {
  return /\bclass\s/.test(text) && /\bsend\w*\b|\bWebSocket\b/.test(text)
}

/** A class and its exported instances, as others import them. */
export function namesOf(module: TsModule, name: string): TsName[] {
  const file = module.source.path
  const instances = instancesOf(module).filter((one) => one.className === name)
  return [{ name, file }, ...instances.map((one) => ({ name: one.name, file }))]
}

function opensSocket(
  repository: Repository,
  file: string,
  one: TsClass,
  aliases: readonly PathAlias[],
  depth = 0,
): boolean {
  const { text } = repository.workspace.read(file)
  if (/\bnew\s+(?:\w+\.)*\w*WebSocket\(/i.test(text.slice(one.start, one.end))) return true
  if (one.base === undefined || depth > 8) return false
  const module = repository.typescript(file)
  const local = classesOf(module).find((other) => other.name === one.base)
  if (local !== undefined) return opensSocket(repository, file, local, aliases, depth + 1)
  const imported = findImported(module, one.base)
  const found = imported === undefined ? undefined : findDeclaration(repository, file, imported, aliases)
  const base = found === undefined ? undefined : classesOf(found.module).find((it) => it.name === found.name)
  return found !== undefined && base !== undefined
    ? opensSocket(repository, found.module.source.path, base, aliases, depth + 1)
    : false
}

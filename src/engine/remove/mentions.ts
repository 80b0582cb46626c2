import { posix } from 'node:path'
import { messageTypesOf } from '../../channel/typescript/message-types.js'
import { isOf, LANGUAGES } from '../../lang/languages.js'
import type { PythonModule } from '../../lang/module.js'
import { importsOf as pythonImportsOf } from '../../lang/python/query.js'
import { resolvesTo } from '../../lang/typescript/imports.js'
import { boundNames, importsOf as tsImportsOf } from '../../lang/typescript/query.js'
import { wordsOf as tsWordsOf } from '../../lang/typescript/words.js'
import { isModuleOf } from '../../layout/python-parts.js'
import type { Repository } from '../../layout/repository.js'
import { findReferences, type Reference } from '../../ledger/references.js'
import type { GoneName, SurveyContext } from '../../sites/site.js'

/**
 * Every place that still says one of the names, in the code and its tests: without the event it would not compile,
 * or never be true.
 *
 * @param context the checkout without the event
 */
export function findMentions(context: SurveyContext, names: readonly GoneName[]): Reference[] {
  const { repository } = context
  return LANGUAGES.flatMap(({ id, extensions }) => {
    const own = names.filter((one) => isOf(one.file, id))
    const references = findReferences(repository, [...new Set(own.map((one) => one.name))], {
      folder: '',
      extensions,
      withTests: true,
    })
    return references.filter((reference) => own.some((one) => isMeant(context, one, reference)))
  })
}

function isMeant(context: SurveyContext, gone: GoneName, reference: Reference): boolean {
  const { repository, layout } = context
  const { file, start, isString } = reference
  if (gone.name !== reference.name || isString !== (gone.as === 'string')) return false
  const before = repository.workspace.read(file).text.slice(Math.max(0, start - 200), start)
  if (gone.behind !== undefined && !gone.behind.test(before)) return false
  if (gone.as === 'string') return isMessageType(context, file, start) && !isOfOtherChannel(context, file)
  if (gone.as === 'local') return file === gone.file
  if (file === gone.file) return gone.of === undefined || /\.\s*$/.test(before)
  const imported = gone.as === 'import' ? gone.name : gone.of
  return isOf(file, 'python')
    ? importsPython(repository.python(file), gone, imported)
    : importsTs(repository, file, gone.file, imported, layout.frontend.aliases)
}

/**
 * Whether a string means the type of a message. Wire names are words like `message` and `done`: one that is handed on
 * counts where the channel is known, one of a list where that is a list of types.
 */
function isMessageType({ repository, channel }: SurveyContext, file: string, start: number): boolean {
  const module = repository.typescript(file)
  const { union, client, hook, tsEnvelope } = channel
  const found = messageTypesOf(module).find((one) => one.start === start)
  switch (found?.use) {
    case 'type':
      return true
    case 'argument': {
      if ([union?.file, client?.file, hook?.file].includes(file)) return true
      const known = [union?.name, client?.name, tsEnvelope?.name]
      return tsWordsOf(module).some((word) => !word.isString && known.includes(word.text))
    }
    case 'entry':
      return new RegExp(`\\.type\\b|\\b${union?.name ?? '^'}\\b`).test(found.statement)
    default:
      return false
  }
}

/** Whether a file is a part of another channel: a wire name there is another event. */
function isOfOtherChannel({ layout, channel }: SurveyContext, file: string): boolean {
  const own = [channel.hook?.file, channel.client?.file, channel.union?.file]
  return layout.channels
    .filter((one) => one.id !== channel.id)
    .some((one) => [one.hook?.file, one.client?.file, one.union?.file].includes(file) && !own.includes(file))
}

/** Whether a module imports a file, or its package, at any depth; a name, where one is given. */
function importsPython(module: PythonModule, gone: GoneName, name: string | undefined): boolean {
  const targets = [gone.file, `${posix.dirname(gone.file)}.py`]
  const statement = /from\s+([\w.]+)\s+import\s+(\([^)]*\)|[^\n#]*)/g
  const froms = [...module.source.text.matchAll(statement)].some(
    ([, from = '', list = '']) =>
      targets.some((target) => isModuleOf(from, target)) &&
      (name === undefined || new RegExp(`\\b${name}\\b`).test(list)),
  )
  const wholes = pythonImportsOf(module).some(
    (one) => !one.isFrom && targets.some((target) => isModuleOf(one.module, target)),
  )
  return froms || wholes
}

/** Whether a module imports a file, or the index of its folder; a name, where one is given. */
function importsTs(
  repository: Repository,
  file: string,
  target: string,
  name: string | undefined,
  aliases: Parameters<typeof resolvesTo>[3],
): boolean {
  const index = repository.findTypescript(`${posix.dirname(target)}/index.ts`)
  // An index that has one of that name itself passes no other on.
  const isPassing = index !== undefined && (name === undefined || !boundNames(index).has(name))
  const targets = [target, ...(isPassing ? [index.source.path] : [])]
  return tsImportsOf(repository.typescript(file)).some(
    (one) =>
      targets.some((path) => resolvesTo(file, one.specifier, path, aliases)) &&
      (name === undefined || one.names.some((item) => item.name === name)),
  )
}

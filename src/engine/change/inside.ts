import { collision, type Failure, formatPlace, type Place } from '../../errors.js'
import { python } from '../../lang/python/language.js'
import { typescript } from '../../lang/typescript/language.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import { REPORTED } from '../../sites/registry.js'
import { siteKey } from '../../sites/site.js'
import { placeOf } from '../../workspace/place.js'

/**
 * What is inside of a field is no field of an event: the types that say it are named, in both languages, for whoever
 * changes them.
 *
 * @param path `capabilities.web_search`
 * @param keys what the field is called: on the wire and in Python
 * @returns a Failure with exit code 3
 */
export function refuseInside(
  context: Surveyed,
  event: string,
  path: string,
  keys: readonly string[],
): Failure {
  const [field = '', ...inner] = path.split('.')
  const said = textsOf(context, event, keys)
  const names = [...new Set(said.flatMap(({ type }) => type.match(/\b[A-Z]\w*\b/g) ?? []))]
  const declared = [
    ...names.flatMap((name) => declarationsOf(context, name)),
    ...said
      .filter(({ type }) => type.startsWith('{'))
      .map(({ place }) => ({ name: `${keys[0]}: { … }`, place })),
  ]
  const places = declared.map(({ name, place }) => `\`${name}\` at ${formatPlace(place)}`)
  const [first] = declared
  return collision({
    code: 'unknown-field',
    what: `\`${inner.join('.')}\` is inside of \`${field}\`, and no command changes what a field of \`${event}\` holds`,
    why:
      places.length === 0
        ? 'no type of it was found'
        : 'its type says what it holds, and that is no part of the event alone',
    fix:
      places.length === 0
        ? `change by hand what makes \`${field}\` and what reads it`
        : `change by hand ${places.join(' and ')}, then what makes and reads it`,
    ...(first === undefined ? {} : { place: first.place }),
  })
}

/** What places of the event give as the type of a field; of one that is written out its beginning. */
function textsOf(
  { repository, rows }: Surveyed,
  event: string,
  keys: readonly string[],
): { readonly type: string; readonly place: Place }[] {
  const typed = new RegExp(
    `(?<![\\w$.'"])(?:${keys.join('|')})\\??\\s*:\\s*(\\{|[^\\s;,=}()][^\\n;,={}()]*)`,
    'g',
  )
  return REPORTED.flatMap((site) => rows.of(event, siteKey(site))).flatMap(({ file, start, end }) => {
    const source = repository.workspace.read(file)
    return [...source.text.slice(start, end).matchAll(typed)].map(({ index, 1: type = '' }) => ({
      type,
      place: placeOf(source, start + index),
    }))
  })
}

/** Where a type is declared, in either language: one that both have is the same for an event. */
function declarationsOf(
  { repository, layout }: Surveyed,
  name: string,
): { readonly name: string; readonly place: Place }[] {
  const declaration = new RegExp(`^(?:class|(?:export )?(?:interface|type)) ${name}\\b`, 'm')
  const files = [
    ...repository.saying(layout.backend.folder, python.extensions, [name]),
    ...repository.saying(layout.frontend.folder, typescript.extensions, [name]),
  ]
  return files.flatMap((file) => {
    const source = repository.workspace.read(file)
    const at = declaration.exec(source.text)?.index
    return at === undefined ? [] : [{ name, place: placeOf(source, at) }]
  })
}

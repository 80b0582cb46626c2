import { python } from '../../lang/python/language.js'
import { stringValue } from '../../lang/python/literals.js'
import { scopesOf } from '../../lang/python/scopes.js'
import { isKind, type Node } from '../../lang/tree.js'
import { keyOf } from '../../lang/typescript/grammar.js'
import { typescript } from '../../lang/typescript/language.js'
import { stringValue as tsStringValue } from '../../lang/typescript/literals.js'
import { wireKey } from '../../payload/shape.js'
import { modelName } from '../../sites/naming.js'
import type { FieldChange, SiteId } from '../../sites/site.js'
import { isInMobileApp } from '../mobile.js'

/** A place outside of the channel's code that says a key which is there no more. */
export interface Mention {
  readonly site: SiteId
  readonly at: { readonly file: string; readonly start: number }
  readonly reason: string
}

/** The tests that are about the event and say its key, and whatever of the mobile app says it. */
export function findMentions(change: FieldChange): Mention[] {
  const { before, after, wireCase } = change
  const key = before === undefined ? undefined : wireKey(before, wireCase)
  if (before === undefined || key === undefined) return []
  if (after !== undefined && wireKey(after, wireCase) === key) return []
  return [
    ...inPythonTests(change, [key, before.name]),
    ...inWebTests(change, key),
    ...inMobileApp(change, key),
  ]
}

const TEST =
  /(?:^|\/)(?:tests?|__tests__|__mocks__)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$|\.(?:test|spec|stories)\.tsx?$/

function inPythonTests(change: FieldChange, names: readonly string[]): Mention[] {
  const { repository, rows, event } = change
  const factories = rows.of(event, 'python-factory').flatMap(({ links }) => links?.name ?? [])
  const said = `(?<![A-Za-z0-9_])(?:["']${event}["']|${event.toUpperCase()}|${modelName(event)})`
  const about = new RegExp([said, ...factories.map((one) => `\\.${one}\\s*\\(`)].join('|'))
  return repository
    .files('', python.extensions, true)
    .filter((file) => TEST.test(file))
    .flatMap((file): Mention[] => {
      const text = repository.findAside(file)?.text ?? ''
      if (!names.some((name) => text.includes(name)) || !about.test(text)) return []
      const module = repository.python(file)
      const scopes = scopesOf(module).map((one) => one.function.node)
      const isAbout = (node: Node): boolean => {
        const around = scopes.findLast((one) => one.holds(node))
        return about.test((around ?? module.root).text)
      }
      return module.root
        .descendants('string', 'keyword_argument')
        .filter(
          (node) =>
            names.includes((isKind(node, 'keyword_argument') ? node.name : stringValue(node)) ?? '') &&
            isAbout(node),
        )
        .map((node) =>
          mention(file, node.start, 'python-send', `a test says \`${node.text.split('\n')[0]}\``),
        )
    })
}

function inWebTests(change: FieldChange, key: string): Mention[] {
  const { repository, event } = change
  return repository
    .files('', typescript.extensions, true)
    .filter((file) => TEST.test(file))
    .flatMap((file): Mention[] => {
      const text = repository.findAside(file)?.text ?? ''
      if (!text.includes(key) || !text.includes(event)) return []
      const module = repository.typescript(file)
      const isAbout = (node: Node): boolean =>
        [...node.ancestors()].some(
          (one) =>
            isKind(one, 'CallExpression', 'VariableStatement', 'FunctionDeclaration') &&
            new RegExp(`['"]${event}['"]`).test(one.text),
        )
      return module.root
        .descendants(
          'PropertyAssignment',
          'ShorthandPropertyAssignment',
          'PropertyAccessExpression',
          'StringLiteral',
        )
        .filter(
          (node) =>
            (isKind(node, 'StringLiteral')
              ? tsStringValue(node)
              : isKind(node, 'PropertyAccessExpression')
                ? node.name
                : keyOf(node)) === key,
        )
        .filter(isAbout)
        .map((node) =>
          mention(file, node.start, 'ts-hook-case', `a test says \`${node.text.split('\n')[0]}\``),
        )
    })
}

/** What the mobile app says in quotes may be what it reads. */
function inMobileApp(change: FieldChange, key: string): Mention[] {
  const { repository, event } = change
  if (isInMobileApp(change, event) !== true) return []
  return repository.files('mobile', ['.dart']).flatMap((file): Mention[] => {
    const text = repository.findAside(file)?.text ?? ''
    return [...text.matchAll(new RegExp(`(["'])${key}\\1`, 'g'))].map(({ index }) =>
      mention(file, index, 'ts-hook-case', `the mobile app says \`${key}\``),
    )
  })
}

function mention(file: string, start: number, site: SiteId, reason: string): Mention {
  return { site, at: { file, start }, reason }
}

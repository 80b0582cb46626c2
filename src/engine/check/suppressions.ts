import type { Place } from '../../errors.js'
import { python } from '../../lang/python/language.js'
import { typescript } from '../../lang/typescript/language.js'
import type { Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { placeOf } from '../../workspace/place.js'
import { lineStart, positionOf, type Source } from '../../workspace/source.js'

/** A comment that takes findings of some rules out, at the line that it is about. */
export interface Suppression {
  /** As written, known or not. */
  readonly rules: readonly string[]
  /** Empty where none is given. */
  readonly reason: string
  readonly place: Place
  /** The line that it is about: its own, or the next one for a comment that has its line to itself. */
  readonly line: number
}

const COMMENT = /(#|\/\/|\/\*)[ \t]*cachibot-ws:[ \t]*ignore\b(?:\[([^\]\n]*)\])?([^\n]*)/g

/** Every suppression of the backend and the frontend, in the order of files and lines. */
export function readSuppressions(repository: Repository, layout: Layout): Suppression[] {
  const mentions = (text: string): boolean => text.includes('cachibot-ws:')
  const backend = repository.search(layout.backend.folder, python.extensions, mentions)
  const frontend = repository.search(layout.frontend.folder, typescript.extensions, mentions)
  return [...backend, ...frontend].flatMap((path) => {
    const file = repository.file(path)
    if (file === undefined) return []
    const { language, module } = file
    const isComment = (offset: number): boolean => language.isCommentAt(module, offset)
    return readComments(module.source, isComment).map(({ offset, line, ...rest }): Suppression => {
      return { ...rest, line, place: placeOf(module.source, offset) }
    })
  })
}

interface Comment extends Omit<Suppression, 'place'> {
  readonly offset: number
}

function readComments(source: Source, isComment: (offset: number) => boolean): Comment[] {
  const { text } = source
  const lineOf = (offset: number): number => positionOf(source, offset).line
  const found = [...text.matchAll(COMMENT)].filter((match) => isComment(match.index))
  const own = new Map(
    found.map((match) => [
      lineOf(match.index),
      isAlone(text.slice(lineStart(text, match.index), match.index), match[1]),
    ]),
  )
  return found.map((match) => {
    let line = lineOf(match.index)
    while (own.get(line) === true) line++
    return { offset: match.index, rules: idsIn(match[2] ?? ''), reason: reasonIn(match[3] ?? ''), line }
  })
}

/** Whether nothing but space stands before a comment; in JSX a comment needs braces around it. */
function isAlone(before: string, opening: string | undefined): boolean {
  return before.trim() === '' || (opening === '/*' && before.trim() === '{')
}

function idsIn(list: string): string[] {
  return list
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
}

/** What stands behind the bracket, without the end of the comment and without a comment of another tool. */
function reasonIn(rest: string): string {
  const reason = rest
    .replace(/\*\/.*$/, '')
    .replace(/(^|\s)(#|\/\/).*$/, '')
    .replace(/^[\s:\u2013\u2014-]+/, '')
    .trim()
  return /[\p{L}\p{N}]/u.test(reason) ? reason : ''
}

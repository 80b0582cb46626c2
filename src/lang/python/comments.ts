import { perModule } from '../per-module.js'
import type { PyNode, PythonModule } from './parser.js'
import { descendants } from './query.js'

const commentsOf = perModule((module: PythonModule): readonly PyNode[] => descendants(module.root, 'comment'))

/** Whether an offset lies in a comment. */
export function isCommentAt(module: PythonModule, offset: number): boolean {
  return commentsOf(module).some((node) => node.start <= offset && offset < node.end)
}

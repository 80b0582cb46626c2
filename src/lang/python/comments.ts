import type { PythonModule } from '../module.js'
import { perModule } from '../per-module.js'
import type { Node } from '../tree.js'

const commentsOf = perModule((module: PythonModule): readonly Node[] => module.root.descendants('comment'))

/** Whether an offset lies in a comment. */
export function isCommentAt(module: PythonModule, offset: number): boolean {
  return commentsOf(module).some((node) => node.start <= offset && offset < node.end)
}

import type { Edit } from '../../workspace/edits.js'
import type { FileEdit, Outcome, Requirement } from '../site.js'

/** Where something is decided: a file, and an offset in it. */
export interface At {
  readonly file: string
  readonly start: number
}

/** Edits of one file. */
export function inFile(file: string, edits: readonly Edit[]): FileEdit[] {
  return edits.map((one) => ({ ...one, file }))
}

/** A place that is edited; one without an edit is as it is to be already. */
export function changed(
  at: At,
  edits: readonly FileEdit[],
  more: Pick<Outcome, 'requirements' | 'next' | 'here' | 'lacks' | 'passed'> = {},
): Outcome {
  return { kind: edits.length === 0 ? 'present' : 'changed', ...placed(at), edits, ...more }
}

/** A place that is as it is to be already. */
export function present(at: At): Outcome {
  return { kind: 'present', ...placed(at) }
}

/** A place that has nothing of the field. */
export function notNeeded(at: At, reason: string): Outcome {
  return { kind: 'not-needed', ...placed(at), reason }
}

/** A place that people see to. */
export function advised(at: At, reason: string, next: readonly string[] = []): Outcome {
  return { kind: 'advised', ...placed(at), reason, next }
}

/** A place that people see to, and that is told as what is next. */
export function advisedHere(at: At, what: string): Outcome {
  return { ...advised(at, what), here: [what] }
}

/** A place that stands in the way. */
export function blocked(at: At, reason: string): Outcome {
  return { kind: 'blocked', ...placed(at), reason }
}

/** The imports of libraries that a file needs. */
export function libraries(
  file: string,
  needs: readonly { readonly module: string; readonly name: string }[],
): Requirement[] {
  return needs.map((need) => ({ kind: 'python-library', file, ...need }))
}

function placed({ file, start }: At): At {
  return { file, start }
}

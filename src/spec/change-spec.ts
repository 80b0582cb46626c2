import { orThrow, type Problem, wrongInput } from '../errors.js'
import { buildSpec, parseFieldFlags } from './event-spec.js'
import { type Field, isProblem, type ParsedType, parseType } from './field-type.js'
import { camelToSnake } from './names.js'
import { findFieldNameProblem } from './reserved.js'

/** One thing to be done about one field, which is named by its key on the wire in either spelling. */
export type FieldStep =
  | { readonly kind: 'remove'; readonly key: string }
  | { readonly kind: 'rename'; readonly key: string; readonly to: string }
  | { readonly kind: 'type'; readonly key: string; readonly type: ParsedType }
  | { readonly kind: 'add'; readonly key: string; readonly field: Field }
  /** Anything about what is inside of a field: `capabilities.web_search`. */
  | { readonly kind: 'inside'; readonly key: string }

/** An expression for the caller at a place. */
export interface PassSpec {
  readonly file: string
  readonly line: number
  readonly column: number | undefined
  readonly expression: string
  /** As it was typed. */
  readonly text: string
}

/** What is to become of an event that exists, in the order it is done. */
export interface ChangeSpec {
  readonly name: string
  readonly steps: readonly FieldStep[]
  readonly passes: readonly PassSpec[]
  readonly description: string | undefined
}

/** What flags say of a change. */
export interface ChangeInput {
  readonly name: string
  readonly add: readonly string[]
  readonly remove: readonly string[]
  readonly rename: readonly string[]
  readonly setType: readonly string[]
  readonly pass: readonly string[]
  readonly description: string | undefined
}

/**
 * The change that flags ask for.
 *
 * @throws Failure with exit code 2 for what no event could become
 */
export function buildChange(input: ChangeInput): ChangeSpec {
  const isOwn = (flag: string): boolean => !isInside(flag)
  const steps: FieldStep[] = [
    ...[...input.remove, ...input.rename, ...input.setType, ...input.add]
      .filter(isInside)
      .map((flag): FieldStep => ({ kind: 'inside', key: nameIn(flag) })),
    ...input.remove.filter(isOwn).map((key): FieldStep => ({ kind: 'remove', key })),
    ...input.rename.filter(isOwn).map(readRename),
    ...input.setType.filter(isOwn).map(readSetType),
    ...readAdded(input.add.filter(isOwn)),
  ]
  if (steps.length === 0 && input.description === undefined)
    throw wrongInput({
      code: 'nothing-to-change',
      what: `nothing is to be changed of \`${input.name}\``,
      fix: "add a flag, for example --add-field 'note:str?'; see cachibot-ws change-event --help",
    })
  const names = steps.map(({ key }) => camelToSnake(key))
  const twice = steps.find(({ key }, index) => names.indexOf(camelToSnake(key)) < index)
  if (twice !== undefined)
    throw wrongInput({
      code: 'field-given-twice',
      what: `\`${twice.key}\` is to be changed twice`,
      fix: 'do one after the other, in two runs',
    })
  if (input.pass.length > 0 && input.add.length + input.setType.length === 0)
    throw wrongInput({
      code: 'contradicting-options',
      what: '--pass gives a value for a field that comes in, and none does',
      fix: 'add --add-field name:type',
    })
  const taking = input.add.length + input.setType.length
  if (input.pass.length > 0 && taking > 1)
    throw wrongInput({
      code: 'contradicting-options',
      what: `--pass gives a value for one field, and ${taking} are asked for`,
      why: 'which of them it is for cannot be told',
      fix: 'do one field after the other, in several runs',
    })
  if (input.description !== undefined) orThrow(buildSpec({ name: STAND_IN, description: input.description }))
  return { name: input.name, steps, passes: input.pass.map(readPass), description: input.description }
}

/** The field that a flag is about. */
function nameIn(flag: string): string {
  return flag.split(':')[0] ?? flag
}

/** Whether a flag is about something inside of a field. */
function isInside(flag: string): boolean {
  return /^[A-Za-z_]\w*(?:\.\w+)+$/.test(nameIn(flag))
}

function readRename(flag: string): FieldStep {
  const [key = '', to = '', ...more] = flag.split(':')
  if (key === '' || to === '' || more.length > 0)
    throw wrongInput({
      code: 'invalid-field',
      what: `\`${flag}\` is no renaming`,
      fix: 'write it as old:new, for example --rename-field seat_id:seat',
    })
  const problem = findFieldNameProblem(camelToSnake(to))
  if (problem !== undefined) throw wrongInput(problem)
  return { kind: 'rename', key, to: camelToSnake(to) }
}

function readSetType(flag: string): FieldStep {
  const split = flag.indexOf(':')
  if (split < 1)
    throw wrongInput({
      code: 'invalid-field',
      what: `\`${flag}\` is no field with a type`,
      fix: "write it as name:type, for example --set-type 'row:int?'",
    })
  const type = orWrong(parseType(flag.slice(split + 1)))
  return { kind: 'type', key: flag.slice(0, split), type }
}

function readAdded(flags: readonly string[]): FieldStep[] {
  const snake = flags.map((flag) => {
    const split = flag.indexOf(':')
    return split < 1 ? flag : camelToSnake(flag.slice(0, split)) + flag.slice(split)
  })
  const spec = orThrow(buildSpec({ name: STAND_IN, payload: parseFieldFlags(snake, '--add-field') }))
  return (spec.fields ?? []).map((field) => ({ kind: 'add', key: field.name, field }))
}

/** A name that every event can have: fields are checked with it. */
const STAND_IN = 'seat_taken'

function readPass(text: string): PassSpec {
  const [, file, line, column, expression] = /^(.+?):(\d+)(?::(\d+))?=(.*)$/s.exec(text) ?? []
  const isOneLine = expression !== undefined && expression.trim() !== '' && !/[\n\r]/.test(expression)
  if (file === undefined || !isOneLine)
    throw wrongInput({
      code: 'invalid-pass',
      what: `\`${text}\` is no value for a caller`,
      fix: 'write it as FILE:LINE=EXPRESSION, or FILE:LINE:COLUMN=EXPRESSION, on one line',
    })
  return {
    file: file.replace(/^\.\//, ''),
    line: Number(line),
    column: column === undefined ? undefined : Number(column),
    expression: expression.trim(),
    text,
  }
}

function orWrong(parsed: ParsedType | Problem): ParsedType {
  if (isProblem(parsed)) throw wrongInput(parsed)
  return parsed
}

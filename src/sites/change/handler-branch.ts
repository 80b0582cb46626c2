import { branchesOf, branchesOfEvent, type HandlerBranch } from '../../channel/branches.js'
import { findHandlerChain, PAYLOAD } from '../../channel/handler.js'
import type { RequestRead } from '../../channel/request-reads.js'
import type { PythonModule } from '../../lang/module.js'
import { stringValue } from '../../lang/python/literals.js'
import { printDoc, printString } from '../../lang/python/print.js'
import { callArguments, classesOf, type PyClass, statementsOf } from '../../lang/python/query.js'
import { isKind, type Node } from '../../lang/tree.js'
import { readPythonStyle } from '../../layout/style.js'
import { printRead } from '../../payload/python.js'
import { wireKey } from '../../payload/shape.js'
import type { Field } from '../../spec/field-type.js'
import { generatedAlias } from '../../values/python/models.js'
import { cutLines } from '../../workspace/cut.js'
import type { Edit } from '../../workspace/edits.js'
import { dropItems, insertItem } from '../../workspace/items.js'
import { indentAt } from '../../workspace/source.js'
import { loggerNeeds, loggerOf } from '../send/call.js'
import type { FieldChange, Occurrence, Outcome } from '../site.js'
import { itemsOf } from './entries.js'
import { changeModel } from './model.js'
import { type At, advised, blocked, changed, inFile, notNeeded, present } from './outcome.js'

/** What is done about a field where the server takes a request. */
export function changeBranch(context: FieldChange, found: Occurrence): Outcome[] {
  const module = context.repository.python(found.file)
  const branches = branchesOf(context).filter(
    (one) => one.event === context.event && one.start === found.start,
  )
  return branches.flatMap((branch) => new BranchChanger(context, module, branch).change())
}

class BranchChanger {
  private readonly at: At
  private readonly text: string

  constructor(
    private readonly context: FieldChange,
    private readonly module: PythonModule,
    private readonly branch: HandlerBranch,
  ) {
    this.at = { file: module.source.path, start: branch.start }
    this.text = module.source.text
  }

  change(): Outcome[] {
    const { before, after, wireCase } = this.context
    const [unread] = this.branch.unread
    if (before === undefined) return after === undefined ? [] : this.add(after)
    if (unread !== undefined) return [blocked(this.at, `what it reads is not known: ${unread.reason}`)]
    const key = wireKey(before, wireCase)
    const reads = this.branch.reads.filter((one) => one.key === key)
    const next = after === undefined ? key : wireKey(after, wireCase)
    const taken = next === key ? undefined : this.branch.reads.find((one) => one.key === next)
    if (taken !== undefined && reads.length > 0)
      return [
        blocked(
          { file: taken.file ?? this.at.file, start: taken.start ?? this.at.start },
          `\`${next}\` is read there already`,
        ),
      ]
    if (reads.length === 0) return [notNeeded(this.at, 'the branch does not read it')]
    return reads.flatMap((read) => {
      const { file = this.at.file, start = 0, value = '' } = read
      const at = { file, start }
      if (read.model !== undefined) return this.changeModelOf(read)
      const node = this.readAt(file, start)
      if (node === undefined) return blocked(at, `\`${value}\` reads it in a way that is not changed here`)
      if (after === undefined) return this.take(at, node)
      if (next === key) return this.retype(at, node, before, after)
      const name = keyOf(node)
      const edit = name === undefined ? [] : [{ start: name.start + 1, end: name.end - 1, text: next }]
      return edit.length === 0
        ? blocked(at, `\`${value}\` says the key somewhere else`)
        : changed(at, inFile(file, edit))
    })
  }

  private readAt(file: string, start: number): Node | undefined {
    const module = this.context.repository.python(file)
    return module.root
      .descendants('call', 'subscript')
      .find((one) => one.start === start && keyOf(one) !== undefined)
  }

  /** What is done about the model that a read is one of, where it is not that of the event, which is its own site's. */
  private changeModelOf({ file = this.at.file, start = 0, model }: RequestRead): Outcome[] {
    const { repository, rows, event } = this.context
    const here = { file, start }
    const one = classAt(repository.python(file), start)
    if (one === undefined || one.name !== model?.name)
      return [blocked(here, `a base of \`${model?.name}\` says what comes`)]
    const isOwn = rows
      .of(event, 'python-payload-model')
      .some((other) => other.file === file && other.start === one.node.start)
    if (isOwn) return [notNeeded(here, 'a model reads it')]
    const sharing = rows
      .events()
      .find(
        (other) =>
          other !== event &&
          branchesOfEvent(this.context, other).some(({ reads }) =>
            reads.some((read) => read.model?.name === one.name),
          ),
      )
    return sharing === undefined
      ? changeModel(this.context, { file, start: one.node.start })
      : [blocked(here, `\`${sharing}\` is read by \`${one.name}\` as well`)]
  }

  private add(field: Field): Outcome[] {
    const key = wireKey(field, this.context.wireCase)
    if (this.branch.reads.some((one) => one.key === key)) return [present(this.at)]
    const [strict] = this.branch.reads.filter((one) => one.raises)
    if (strict !== undefined && strict.model === undefined)
      return [blocked(this.at, `\`${strict.value}\` takes no other key than it names, and raises`)]
    if (strict?.model !== undefined)
      return key === generatedAlias(strict.model.generator, field.name)
        ? this.changeModelOf(strict)
        : [
            blocked(
              this.at,
              `a model takes what comes by the names of its fields, and \`${key}\` is none of them`,
            ),
          ]
    const style = readPythonStyle(this.module, this.context.layout.backend.lineLength)
    const payload = this.payloadName()
    const read = printDoc(printRead(payload ?? 'payload', key, field, undefined, style), WIDE)
    const snippet = `read it: \`${read}\``
    if (payload === undefined)
      return [advised(this.at, snippet, [`${snippet} in the branch of \`${this.context.event}\``])]
    const entry = `${printString(field.name, style.quote)}: ${read}`
    const log = this.logs()[0]
    const use = [`use \`${key}\` in the branch of \`${this.context.event}\`, which only logs it`]
    if (log !== undefined) {
      const items = itemsOf(log.dict)
      const edits = inFile(this.at.file, insertItem(this.text, log.dict, items, items.length, entry))
      return [changed(this.at, edits, { next: use })]
    }
    const head = printString(`${this.context.event}: %r`, style.quote)
    const line = `${loggerOf(this.module)}.debug(${head}, {${entry}})`
    const edits = this.insertLine(line)
    if (edits === undefined) return [advised(this.at, snippet)]
    const requirements = loggerNeeds(this.module).map(
      (need) => ({ kind: 'python-library', file: this.at.file, ...need }) as const,
    )
    return [changed(this.at, inFile(this.at.file, edits), { requirements, next: use })]
  }

  /** What the branch calls the payload: by what it reads, else by what is read in front of it. */
  private payloadName(): string | undefined {
    const own = this.branch.reads
      .map(({ value }) => /^(\w+)(?:\.(?:get|pop)\(|\[)/.exec(value ?? '')?.[1])
      .find((one) => one !== undefined)
    const handler = findHandlerChain(this.context)
    const isIn = handler?.chain.branches.some((one) => one.start === this.branch.start) === true
    const shared = isIn && handler.payload?.statement === undefined ? handler.payload?.expression : undefined
    return own ?? shared
  }

  /** The lines that log what the branch reads, as the tool writes them: `logger.debug("seat_claim: %r", {…})`. */
  private logs(): { statement: Node; dict: Node }[] {
    return this.module.root.descendants('expression_statement').flatMap((statement) => {
      const call = statement.children[0]
      if (statement.start < this.branch.start || statement.end > this.branch.end || !isKind(call, 'call'))
        return []
      const [text, dict] = callArguments(call)
      const isLog =
        /\.debug$/.test(call.textOf('function')) && stringValue(text?.value) === `${this.context.event}: %r`
      return isLog && isKind(dict?.value, 'dictionary') ? [{ statement, dict: dict.value }] : []
    })
  }

  /** A line of its own behind the last simple statement of the branch that reads the payload. */
  private insertLine(line: string): Edit[] | undefined {
    const block = this.block()
    const statements = statementsOf(block)
    const starts = this.branch.reads.map((one) => one.start ?? -1)
    const reading = statements.filter(
      (one) =>
        isKind(one, 'expression_statement') &&
        (starts.some((start) => one.start <= start && start < one.end) || PAYLOAD.test(one.text)),
    )
    const previous = reading.at(-1)
    const [first] = statements
    const isLeft = first === undefined || isKind(first, 'return_statement')
    if (previous !== undefined) {
      const end =
        previous.end + (/^[ \t]*#[^\n]*/.exec(this.text.slice(previous.end))?.[0].trimEnd().length ?? 0)
      return [{ start: end, end, text: `\n${indentAt(this.text, previous.start)}${line}` }]
    }
    return isLeft
      ? undefined
      : [{ start: first.start, end: first.start, text: `${line}\n${indentAt(this.text, first.start)}` }]
  }

  private block(): Node | undefined {
    return this.module.root
      .descendants('if_statement', 'elif_clause', 'case_clause')
      .find((one) => one.start === this.branch.start)
      ?.child('consequence')
  }

  /** A read goes where it is only logged. */
  private take(at: At, node: Node): Outcome {
    const log = this.logs().find(({ dict }) => dict.holds(node))
    const pair = log === undefined ? undefined : itemsOf(log.dict).find((one) => one.holds(node))
    if (log === undefined || pair === undefined) return blocked(at, `\`${node.text}\` reads it`)
    const items = itemsOf(log.dict)
    const isAlone = items.length === 1
    const isOnly = statementsOf(log.statement.parent).length === 1
    if (isAlone && !isOnly) {
      const lines = cutLines(this.text, log.statement)
      if (lines !== undefined) return changed(at, inFile(at.file, [{ ...lines, text: '' }]))
    }
    return changed(at, inFile(at.file, dropItems(this.text, log.dict, items, new Set([items.indexOf(pair)]))))
  }

  /** The default of a read, where it is the one of the old type. */
  private retype(at: At, node: Node, before: Field, after: Field): Outcome {
    const style = readPythonStyle(this.module, this.context.layout.backend.lineLength)
    const owner = node.child('function')?.textOf('object') ?? ''
    const printed = (field: Field): string =>
      printDoc(printRead(owner, wireKey(field, this.context.wireCase), field, undefined, style), WIDE)
    const flat = node.text.replace(/\s*\n\s*/g, '')
    if (printed(before) === printed(after) || flat === printed(after)) return present(at)
    // Without a default it is read as what may be missing, whatever it is.
    const known = [before, { ...before, optional: true }, { ...before, optional: false }].map(printed)
    if (!known.includes(flat)) return advised(at, `\`${flat}\` has a default of its own`)
    const here = [`see that whatever gets \`${after.name}\` takes the new type`]
    return changed(at, inFile(at.file, [{ start: node.start, end: node.end, text: printed(after) }]), {
      here,
    })
  }
}

/** The class of a module that an offset is in. */
function classAt(module: PythonModule, offset: number): PyClass | undefined {
  return classesOf(module).find(({ node }) => node.start <= offset && offset < node.end)
}

const WIDE = { width: Number.POSITIVE_INFINITY, indentWidth: 4, column: 0 }

/** The string that a read names its key by. */
function keyOf(read: Node): Node | undefined {
  const key = isKind(read, 'call') ? callArguments(read)[0]?.value : read.child('subscript')
  return isKind(key, 'string') && stringValue(key) !== undefined ? key : undefined
}

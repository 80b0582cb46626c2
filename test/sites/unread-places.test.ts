import { describe, expect, test } from 'vitest'
import { type Edited, type Edits, edited, replace } from '../support/edited.js'
import { FIXTURES, type FixtureName } from '../support/fixtures.js'

const TYPES = 'frontend/src/types/index.ts'
const HOOK = 'frontend/src/hooks/useWebSocket.ts'
const CLIENT = 'frontend/src/api/websocket.ts'
const NAMES = 'frontend/src/names.ts'

function backend(fixture: FixtureName, file: string): string {
  return `${fixture === 'reference' ? 'src/' : ''}cachibot/${file}`
}

/** An event that stands somewhere in another way than the tool writes it. */
interface Written {
  readonly title: string
  readonly edits: (fixture: FixtureName) => Edits
}

/** Code at the end of the imports of a TypeScript file, here in front of its first export. */
function ahead(code: string): (text: string) => string {
  return (text) => text.replace(/^export (function|class|abstract)/m, (found) => `${code}\n\n${found}`)
}

function both(...edits: readonly ((text: string) => string)[]): (text: string) => string {
  return (text) => edits.reduce((current, edit) => edit(current), text)
}

const labelled = (label: string): ((text: string) => string) => replace("case 'tool_end':", `case ${label}:`)

/** The body of the case `tool_end` and the case itself. */
const CASE = /^ +case 'tool_end': \{[\s\S]*?\n( +)break\n +\}\n+/m

const READ_CASES: readonly Written[] = [
  {
    title: 'a constant',
    edits: () => ({ [HOOK]: both(labelled('TOOL_END'), ahead("const TOOL_END = 'tool_end'")) }),
  },
  {
    title: 'an imported constant',
    edits: () => ({
      [NAMES]: "export const TOOL_END = 'tool_end' as const\n",
      [HOOK]: both(labelled('TOOL_END'), (text) => `import { TOOL_END } from '../names'\n${text}`),
    }),
  },
  { title: 'a template', edits: () => ({ [HOOK]: labelled('`tool_end`') }) },
  {
    title: 'a template of a constant',
    edits: () => ({
      [HOOK]: both(labelled('`$' + '{TOOL}_end`'), ahead("const TOOL = 'tool' as const")),
    }),
  },
  { title: 'a literal with its type', edits: () => ({ [HOOK]: labelled("('tool_end' as const)") }) },
  {
    title: 'a key of an object',
    edits: () => ({
      [HOOK]: both(labelled('Names.toolEnd'), ahead("const Names = { toolEnd: 'tool_end' } as const")),
    }),
  },
  {
    title: 'a member of an imported enum',
    edits: () => ({
      [NAMES]: "export enum Names {\n  ToolEnd = 'tool_end',\n}\n",
      [HOOK]: both(labelled('Names.ToolEnd'), (text) => `import { Names } from '../names'\n${text}`),
    }),
  },
]

const UNREAD_CASES: readonly Written[] = [
  {
    title: 'a constant of a package',
    edits: () => ({
      [HOOK]: both(labelled('TOOL_END'), (text) => `import { TOOL_END } from '@theatre/protocol'\n${text}`),
    }),
  },
  {
    title: 'a constant of a package by another name',
    edits: () => ({
      [HOOK]: both(labelled('K7'), (text) => `import { K7 } from '@theatre/protocol'\n${text}`),
    }),
  },
  {
    title: 'an entry of an array',
    edits: () => ({ [HOOK]: both(labelled('ALL[1]'), ahead("const ALL = ['x', 'tool_end'] as const")) }),
  },
  {
    title: 'a table behind the default',
    edits: () => ({
      [HOOK]: both(
        (text) => text.replace(CASE, ''),
        (text) =>
          text.replace(
            /^( +)case 'tool_start'/m,
            (found, indent: string) =>
              `${indent}default:\n${indent}  handlers[msg.type]?.(msg)\n${indent}  break\n${found}`,
          ),
        ahead('const handlers: Record<string, (msg: unknown) => void> = { tool_end: console.log }'),
      ),
    }),
  },
  {
    title: 'a table in front of the switch',
    edits: () => ({
      [HOOK]: both(
        (text) => text.replace(CASE, ''),
        replace('switch (msg.type)', 'handlers[msg.type]?.(msg)\n      switch (msg.type)'),
        ahead('const handlers: Record<string, (msg: unknown) => void> = { tool_end: console.log }'),
      ),
    }),
  },
  {
    title: 'an if in front of the switch',
    edits: () => ({
      [HOOK]: both(
        (text) => text.replace(CASE, ''),
        replace(
          'switch (msg.type)',
          "if (msg.type === 'tool_end') {\n        console.log(msg.payload)\n        return\n      }\n      switch (msg.type)",
        ),
      ),
    }),
  },
]

const member =
  (type: string): ((text: string) => string) =>
  (text) =>
    text.replace(/(WSMessageType =[\s\S]*?)'tool_end'/, (_, before: string) => before + type)

const READ_ALTERNATIVES: readonly Written[] = [
  {
    title: 'a member that is another union',
    edits: () => ({
      [TYPES]: (text) => `${member('ToolType')(text)}\nexport type ToolType = 'tool_end'\n`,
    }),
  },
  {
    title: 'a member that is the type of a constant',
    edits: () => ({
      [TYPES]: (text) => `${member('typeof TOOL_END')(text)}\nexport const TOOL_END = 'tool_end'\n`,
    }),
  },
  {
    title: 'a member that is an entry of an array',
    edits: () => ({
      [TYPES]: (text) =>
        `${member('(typeof TOOLS)[number]')(text)}\nexport const TOOLS = ['tool_end'] as const\n`,
    }),
  },
  { title: 'a member that is a template', edits: () => ({ [TYPES]: member('`tool_$' + "{'end'}`") }) },
]
const UNREAD_MEMBERS: readonly Written[] = [
  {
    title: 'a member that is an entry of an array of any strings',
    edits: () => ({
      [TYPES]: (text) => `${member('(typeof TOOLS)[number]')(text)}\nexport const TOOLS = ['tool_end']\n`,
    }),
  },
  {
    title: 'a member of a package',
    edits: () => ({
      [TYPES]: (text) => `import type { ToolType } from '@theatre/protocol'\n${member('ToolType')(text)}`,
    }),
  },
]

const enumValue =
  (value: string, before = ''): Written['edits'] =>
  (fixture) => ({
    [backend(fixture, 'models/websocket.py')]: (text) =>
      text
        .replace(/^( {4}TOOL_END = )"tool_end"/m, (_, name: string) => name + value)
        .replace(/^class WSMessageType/m, (found) => before + found),
  })

const READ_MEMBERS: readonly Written[] = [
  { title: 'a member that is a constant', edits: enumValue('TOOL_END', 'TOOL_END = "tool_end"\n\n\n') },
  { title: 'a member in parentheses', edits: enumValue('("tool_end")') },
]
const UNREAD_ENUM: readonly Written[] = [
  { title: 'a member that is an f-string', edits: enumValue('f"{TOOL}_end"', 'TOOL = "tool"\n\n\n') },
  { title: 'a member that is a sum', edits: enumValue('"tool" + "_end"') },
  { title: 'a member that a call makes', edits: enumValue('str("tool_end")') },
  {
    title: 'a member that is imported',
    edits: enumValue('TOOL_END', 'from theatre.protocol import TOOL_END\n\n\n'),
  },
]

const factoryType =
  (type: string, before = ''): Written['edits'] =>
  (fixture) => ({
    [backend(fixture, 'models/websocket.py')]: (text) =>
      text
        .replace('type=WSMessageType.TOOL_END', () => `type=${type}`)
        .replace('def tool_end(', 'def tool_finished(')
        .replace(/^class WSMessage\(/m, (found) => before + found),
    [backend(fixture, 'api/websocket.py')]: replace('WSMessage.tool_end(', 'WSMessage.tool_finished('),
  })

const READ_FACTORIES: readonly Written[] = [
  { title: 'a factory whose type is looked up', edits: factoryType('WSMessageType["TOOL_END"]') },
  { title: 'a factory whose type a call makes', edits: factoryType('WSMessageType("tool_end")') },
  {
    title: 'a factory whose type is a constant',
    edits: factoryType('LAST', 'LAST = WSMessageType.TOOL_END\n\n\n'),
  },
]
const UNREAD_FACTORIES: readonly Written[] = [
  { title: 'a factory whose type is a string', edits: factoryType('"tool_end"') },
  {
    title: 'a factory whose type is imported',
    edits: factoryType('LAST', 'from theatre.protocol import LAST\n\n\n'),
  },
]

const condition =
  (text: string, before = ''): Written['edits'] =>
  (fixture) => ({
    [backend(fixture, 'api/websocket.py')]: (source) =>
      source
        .replace(
          /elif (\w+) == WSMessageType\.CANCEL:/,
          (_, subject: string) => `elif ${text.replaceAll('$', subject)}:`,
        )
        .replace(/^router = .*$/m, (found) => `${found}\n${before}`),
  })

const READ_BRANCHES: readonly Written[] = [
  { title: 'a branch for one of several', edits: condition('$ in (WSMessageType.CANCEL,)') },
  { title: 'a branch for a constant', edits: condition('$ == CANCEL', 'CANCEL = WSMessageType.CANCEL') },
  { title: 'a branch for a string', edits: condition('$ == "cancel"') },
  {
    title: 'a branch for a tuple elsewhere',
    edits: condition('$ in STOPS', 'STOPS = (WSMessageType.CANCEL,)'),
  },
]
const UNREAD_BRANCHES: readonly Written[] = [
  { title: 'a branch for what a package says', edits: condition('$ == theatre.STOP') },
  { title: 'a branch for what begins so', edits: condition('$.startswith("can")') },
  {
    title: 'a branch that looks a handler up',
    edits: condition('handler := HANDLERS.get($)', 'HANDLERS = {"cancel": print}'),
  },
]

const sent =
  (type: string, code?: (text: string) => string): Written['edits'] =>
  () => ({
    [CLIENT]: both(replace("this.send('cancel'", `this.send(${type}`), code ?? ((text) => text)),
  })

const READ_SENDS: readonly Written[] = [
  { title: 'a constant', edits: sent('CANCEL', ahead("const CANCEL = 'cancel'")) },
  {
    title: 'a key of an imported object',
    edits: (fixture) => ({
      [NAMES]: "export const Names = { cancel: 'cancel' } as const\n",
      ...sent('Names.cancel', (text) => `import { Names } from '../names'\n${text}`)(fixture),
    }),
  },
]
const UNREAD_SENDS: readonly Written[] = [
  {
    title: 'a constant of a package',
    edits: sent('CANCEL', (text) => `import { CANCEL } from '@theatre/protocol'\n${text}`),
  },
  {
    title: 'what a function says',
    edits: sent("named('cancel')", ahead('const named = (name: string) => name')),
  },
]

interface Found {
  readonly rule: string
  readonly fix: string
  readonly event: { readonly name: string } | null
}

async function findingsOf(checkout: Edited): Promise<Found[]> {
  return (JSON.parse((await checkout.run('check', '--json')).stdout) as { findings: Found[] }).findings
}

/** Runs the fixes that are commands of this tool. */
async function runFixes(checkout: Edited, findings: readonly Found[]): Promise<void> {
  const commands = findings.flatMap(({ fix }) => /`cachibot-ws (add-event [^`]+)`/.exec(fix)?.[1] ?? [])
  for (const command of new Set(commands)) await checkout.run(...command.split(' '))
}

/** How often each file says an event or its member. */
function countMentions(checkout: Edited, event: string): Map<string, number> {
  const mention = new RegExp(`(?<!\\w)(?:${event}|${event.toUpperCase()})(?!\\w)`, 'g')
  return new Map([...checkout.texts()].map(([path, text]) => [path, text.match(mention)?.length ?? 0]))
}

describe.each(FIXTURES)('%s', (fixture) => {
  const s2c = ['add-event', 'tool_end']
  const c2s = ['add-event', 'cancel', '--direction', 'c2s']

  describe.each([
    { part: 'case', written: READ_CASES, args: s2c },
    { part: 'enum', written: READ_MEMBERS, args: s2c },
    { part: 'union', written: READ_ALTERNATIVES, args: s2c },
    { part: 'factory', written: READ_FACTORIES, args: s2c },
    { part: 'handler', written: READ_BRANCHES, args: c2s },
    { part: 'send method', written: READ_SENDS, args: c2s },
  ])('$part', ({ written, args }) => {
    test.each(written)('$title is read', async ({ edits }) => {
      const checkout = edited(fixture, edits(fixture))
      const before = checkout.texts()
      const findings = await findingsOf(checkout)
      expect(findings.filter((one) => one.event?.name === args[1])).toEqual([])
      await checkout.run(...args)
      expect(checkout.texts()).toEqual(before)
    })
  })

  describe.each([
    { part: 'case', written: UNREAD_CASES, args: s2c, at: HOOK },
    { part: 'union', written: UNREAD_MEMBERS, args: s2c, at: TYPES },
    { part: 'enum', written: UNREAD_ENUM, args: s2c, at: 'models/websocket.py' },
    { part: 'factory', written: UNREAD_FACTORIES, args: s2c, at: 'models/websocket.py' },
    { part: 'handler', written: UNREAD_BRANCHES, args: c2s, at: 'api/websocket.py' },
    { part: 'send method', written: UNREAD_SENDS, args: c2s, at: CLIENT },
  ])('$part', ({ written, args, at }) => {
    test.each(written)('$title is no hole, and stops no other name', async ({ edits }) => {
      const checkout = edited(fixture, edits(fixture))
      const mentions = countMentions(checkout, args[1] ?? '')
      const findings = await findingsOf(checkout)
      const own = findings.filter((one) => one.event?.name === args[1]).map((one) => one.rule)
      expect(own.filter((rule) => /^missing-(?!model|interface)|^unknown-event/.test(rule))).toEqual([])
      // Fixes of other events may write what those lack; none says this event once more.
      await runFixes(checkout, findings)
      expect(countMentions(checkout, args[1] ?? '')).toEqual(mentions)
      const before = checkout.texts()

      const ran = await checkout.run(...args)
      expect(ran.exitCode).toBe(1)
      expect(ran.stdout).toMatch(
        /looked for certainty that `\w+` has no .* yet; nearest: .*, which may be it/,
      )
      expect(ran.stdout).toMatch(new RegExp(`${at.replace('.', '\\.')}:\\d+`))
      expect(checkout.texts()).toEqual(before)

      const fresh = ['add-event', 'curtain_call', '--direction', 'both', '-f', 'scene:str']
      expect(await checkout.run(...fresh)).toMatchObject({ exitCode: 0 })
    })
  })
})

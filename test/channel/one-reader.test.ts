import { describe, expect, test } from 'vitest'
import { applyEdits, type Edited, type Edits, edited, replace } from '../support/edited.js'
import { readFixture } from '../support/fixtures.js'
import { runOn } from '../support/mixed-trees.js'

// `list`, `check` and `add-event` once had readers of their own for what is here, and disagreed.

const LIBRARY = 'cachibot/services/script_library.py'
const CLIENT = 'frontend/src/api/websocket.ts'
const HOOK = 'frontend/src/hooks/useWebSocket.ts'
const TYPES = 'frontend/src/types/index.ts'

interface Row {
  readonly channel: string
  readonly name: string
  readonly fields:
    | readonly { readonly name: string; readonly optional: boolean; readonly type: string }[]
    | null
  readonly sites: readonly { readonly site: string; readonly status: string }[]
}

async function rowOf(checkout: Edited, event: string): Promise<Row> {
  const { stdout } = await checkout.run('list', '--json')
  const { events } = JSON.parse(stdout) as { events: readonly Row[] }
  const row = events.find(({ channel, name }) => channel === 'main' && name === event)
  if (row === undefined) throw new Error(`list has no ${event}`)
  return row
}

async function statusOf(checkout: Edited, event: string, site: string): Promise<string | undefined> {
  return (await rowOf(checkout, event)).sites.find((cell) => cell.site === site)?.status
}

/** What `check` finds of an event with the edits and not without them. */
async function newFindings(edits: Edits, event: string): Promise<string[]> {
  const known = await findingsOf(edited('cachibot', { 'NOTES.md': 'A note.' }), event)
  return (await findingsOf(edited('cachibot', edits), event)).filter((rule) => !known.includes(rule))
}

async function findingsOf(checkout: Edited, event: string): Promise<string[]> {
  const { stdout } = await checkout.run('check', event, '--json')
  return (JSON.parse(stdout) as { findings: readonly { rule: string }[] }).findings.map(({ rule }) => rule)
}

describe('an envelope that is imported under another name', () => {
  const edits = {
    [LIBRARY]: (text: string) =>
      text
        .replace('import WSMessage', 'import WSMessage as Msg')
        .replace('WSMessage.document_status', 'Msg.document_status'),
  }

  test('is sent for list, for check, and for add-event, which writes no second helper', async () => {
    const checkout = edited('cachibot', edits)
    expect(await statusOf(checkout, 'document_status', 'python-send')).not.toBe('missing')
    expect(await newFindings(edits, 'document_status')).toEqual([])
    const fields = ['-f', 'document_id:str', '-f', 'bot_id:str', '-f', 'status:"processing"|"ready"|"failed"']
    const before = checkout.texts()
    await checkout.run(
      'add-event',
      'document_status',
      ...fields,
      '-f',
      'line_count:int?',
      '-f',
      'filename:str?',
      '--force',
    )
    const after = checkout.texts()
    for (const [path, text] of after)
      if (path.endsWith('.py')) expect(text.includes('send_document_status'), path).toBe(false)
    expect([...after.keys()]).toEqual([...before.keys()])
  })
})

describe('the keys of what the client sends', () => {
  const approval = (payload: string): Edits => ({
    [CLIENT]: replace("this.send('approval', { id, approved })", `this.send('approval', ${payload})`),
  })

  test.each([
    ['in quotes', `{ 'id': id, "approved": approved }`],
    ['in brackets', "{ ['id']: id, [`approved`]: approved }"],
  ])('are their values %s', async (_, payload) => {
    const row = await rowOf(edited('cachibot', approval(payload)), 'approval')
    expect(row.fields?.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'str'],
      ['approved', 'bool'],
    ])
    expect(await newFindings(approval(payload), 'approval')).toEqual([])
  })

  test('are not all read where one is computed: that is told, and nothing of what is missing', async () => {
    const edits = approval('{ [KEY + id]: id, approved }')
    expect(await newFindings(edits, 'approval')).toEqual(['unread-payload'])
  })
})

describe('what an interface inherits', () => {
  const edits = {
    [TYPES]: replace(
      'export interface UsagePayload {\n  totalTokens: number\n  promptTokens: number\n',
      `export interface Total {
  totalTokens: number
}

export interface Counted extends Total {
  promptTokens: number
}

export interface UsagePayload extends Counted {
`,
    ),
  }

  test('is a key for list, check and add-event, over two generations', async () => {
    const plain = await rowOf(edited('cachibot', { 'NOTES.md': 'A note.' }), 'usage')
    const checkout = edited('cachibot', edits)
    const row = await rowOf(checkout, 'usage')
    const namesOf = ({ fields }: Row): string[] => (fields ?? []).map(({ name }) => name).sort()
    expect(namesOf(row)).toEqual(namesOf(plain))
    const sitesOf = ({ sites }: Row): string[] =>
      sites.filter(({ status }) => status !== 'missing').map(({ site }) => site)
    expect(sitesOf(row)).toEqual(sitesOf(plain))
    expect(await newFindings(edits, 'usage')).toEqual([])
  })

  test('is narrowed by what it declares itself', async () => {
    const narrowed = {
      [TYPES]: replace(
        'export interface UsagePayload {',
        'export interface Counted {\n  totalTokens: string | null\n}\n\nexport interface UsagePayload extends Counted {',
      ),
    }
    expect(await newFindings(narrowed, 'usage')).toEqual([])
  })

  test('from a library is not read, and nothing is claimed of it', async () => {
    const open = {
      [TYPES]: replace(
        'export interface UsagePayload {\n  totalTokens: number\n',
        "import type { Counted } from 'a-library'\n\nexport interface UsagePayload extends Counted {\n",
      ),
    }
    expect(await newFindings(open, 'usage')).toEqual([])
  })
})

describe('who sends a request', () => {
  const APPROVE = `  const approve = useCallback(
    (id: string, approved: boolean) => {
      setApproval(null)
      wsClient.sendApproval(id, approved)
    },
    [setApproval]
  )
`

  test('is found where what the hook returns does it itself', async () => {
    const edits = {
      [HOOK]: (text: string) =>
        text
          .replace(APPROVE, '')
          .replace(
            '    approve,\n',
            '    approve: (id: string, approved: boolean) => wsClient.sendApproval(id, approved),\n',
          ),
    }
    expect(await statusOf(edited('cachibot', edits), 'approval', 'ts-hook-return')).not.toBe('missing')
    expect(await newFindings(edits, 'approval')).toEqual([])
  })

  test('is every callback that does, and a removal takes them all', async () => {
    const before = readFixture('cachibot')
    const added = await runOn(before, 'add-event', 'seat_claim', '--direction', 'c2s', '-f', 'seat_id:str')
    const twice = applyEdits(added.tree, {
      [HOOK]: (text) =>
        text
          .replace(
            /\n {2}const sendSeatClaim = [\s\S]*?\n {2}\}, \[\]\)\n/,
            (one) => one + one.replace('sendSeatClaim =', 'claimAgain ='),
          )
          .replace('    sendSeatClaim,\n', '    sendSeatClaim,\n    claimAgain,\n'),
    })
    expect(twice.get(HOOK)?.match(/claimAgain/g)).toHaveLength(2)
    const removed = await runOn(twice, 'remove-event', 'seat_claim', '--force')
    expect(removed.stderr).toBe('')
    expect(removed.tree).toEqual(before)
  })
})

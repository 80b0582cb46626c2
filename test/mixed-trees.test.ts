import { writeFileSync, appendFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Asked, addLine, mix, runOn, subsetsOf, touchedBy, type Tree } from './support/mixed-trees.js'

const SERVER = ['-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?', '-f', 'at:datetime']
const asked = (fixture: Asked['fixture'], channel: string, name: string, ...flags: string[]): Asked => ({
  fixture, channel, name, flags,
})
const CASES: readonly Asked[] = [
  asked('reference', 'main', 'seat_taken', ...SERVER),
  asked('reference', 'main', 'seat_claim', '--direction', 'c2s', ...SERVER),
  asked('reference', 'main', 'curtain_call', '--direction', 'both', ...SERVER),
  asked('cachibot', 'main', 'seat_taken', ...SERVER),
  asked('cachibot', 'main', 'seat_claim', '--direction', 'c2s', ...SERVER),
  asked('cachibot', 'main', 'curtain_call', '--direction', 'both', ...SERVER),
  asked('cachibot', 'main', 'curtain_up'),
  asked('cachibot', 'main', 'seat_kept', '--store', 'new:seat_plan', ...SERVER),
  asked('cachibot', 'main', 'seat_told', '--store', 'none', ...SERVER),
  asked('cachibot', 'main', 'seat_sent', '--emit', 'none', ...SERVER),
  asked('cachibot', 'main', 'seat_pinned', '--emit-in', 'cachibot/services/callboard.py', ...SERVER),
  asked('cachibot', 'main', 'seat_asked', '--direction', 'both', '--emit-in', 'cachibot/services/callboard.py', ...SERVER),
  asked('cachibot', 'main', 'seat_called', '--emit-in', 'cachibot/api/websocket.py:websocket_endpoint', ...SERVER),
  asked('cachibot', 'room', 'room_seat_taken', ...SERVER),
  asked('cachibot', 'room', 'room_seat_claim', '--direction', 'c2s', ...SERVER),
  asked('cachibot', 'room', 'room_curtain_call', '--direction', 'both', ...SERVER),
  asked('cachibot', 'voice', 'seat_taken', ...SERVER),
  asked('cachibot', 'voice', 'seat_claim', '--direction', 'c2s', ...SERVER),
  asked('cachibot', 'voice', 'curtain_call', '--direction', 'both', ...SERVER),
]

const COUNT = Number(process.env['MIXED_TREES'] ?? 8)
const SEED = 1
const OUT = process.env['OUT']

async function loud(tree: Tree): Promise<string[]> {
  const ran = await runOn(tree, 'check', '--json')
  const { findings } = JSON.parse(ran.stdout)
  return findings
    .filter((one: any) => one.severity !== 'info')
    .map((one: any) => [one.rule, one.event?.channel, one.event?.name, one.subject, one.place?.file ?? one.file].join(' '))
}
const same = (a: Tree, b: Tree) => [...new Set([...a.keys(), ...b.keys()])].filter((p) => a.get(p) !== b.get(p))
if (OUT) writeFileSync(OUT, '')
const say = (line: string) => { if (OUT) appendFileSync(OUT, line + '\n') }

describe.each(CASES.map((one) => [`${one.fixture} ${one.channel} ${one.name}`, one] as const))('%s', (title, one) => {
  test('x', async () => {
    const { old, full, files } = await touchedBy(one)
    const known = await loud(full)
    const knownOld = await loud(old)
    say(`## ${title}: ${files.length} files; complete: ${known.filter((k) => !knownOld.includes(k)).join('; ')}`)
    const subs = subsetsOf(files, COUNT, SEED)
    let silent = 0, notAdded = 0, notRemoved = 0
    for (const written of subs) {
      const tree = mix(old, full, files, written)
      const short = written.map((f) => f.split('/').slice(-2).join('/')).join(' ')
      const found = (await loud(tree)).filter((f) => !known.includes(f))
      if (found.length === 0) { silent++; say(`SILENT  ${short}`) }
      const added = await runOn(tree, ...addLine(one))
      const d = same(added.tree, full)
      if (d.length > 0 || added.exitCode !== 0) { notAdded++; say(`ADD ${added.exitCode} ${d.join(' ')} | written: ${short} | ${added.stderr.slice(0, 300)} ${added.exitCode === 0 ? '' : added.stdout.split('\n').filter((l) => /blocked/.test(l)).join('/').slice(0, 300)}`) }
      const removed = await runOn(tree, 'remove-event', one.name, '--channel', one.channel)
      const r = same(removed.tree, old)
      if (r.length > 0 || removed.exitCode !== 0) { notRemoved++; say(`REMOVE ${removed.exitCode} ${r.join(' ')} | written: ${short} | ${removed.stderr.slice(0, 300)} ${removed.exitCode === 0 ? '' : removed.stdout.split('\n').filter((l) => /blocked/.test(l)).join('/').slice(0, 600)}`) }
    }
    say(`== ${title}: ${subs.length} trees, silent ${silent}, add ${notAdded}, remove ${notRemoved}`)
  })
})

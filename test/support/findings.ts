import type { Verdict } from '../../src/engine/check/verdict.js'
import type { Finding } from '../../src/rules/finding.js'

/** A finding as a rule makes it, with what a test says about it. */
export function drift(more: Partial<Finding> = {}): Finding {
  return {
    rule: 'missing-case',
    severity: 'error',
    event: { channel: 'main', name: 'seat_taken' },
    subject: 'seat_taken',
    place: { file: 'cachibot/models/websocket.py', line: 12, column: 5 },
    related: [{ file: 'frontend/src/hooks/useWebSocket.ts', line: 80, column: 7 }],
    what: '`seat_taken` is sent and the client drops it',
    why: 'nobody sees that a seat is taken',
    fix: 'write the case: cachibot-ws add-event seat_taken',
    ...more,
  }
}

/** A verdict of 75 events in three channels. */
export function verdictOf(findings: readonly Finding[], more: Partial<Verdict> = {}): Verdict {
  return {
    findings,
    accepted: [],
    suppressed: [],
    events: 75,
    channels: ['main', 'room', 'voice'],
    unread: 0,
    ...more,
  }
}

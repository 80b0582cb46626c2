/** The part of a contract that a form is a way to write. */
export type Part =
  | 'server-send'
  | 'server-read'
  | 'enum'
  | 'client-receive'
  | 'client-send'
  | 'union'
  | 'direction'
  | 'consumers'
  | 'independence'
  | 'unread'

/**
 * What is put in place of what. A text to be replaced must be there once, or at least once where every one of them is
 * meant; an empty one makes a new file.
 */
export type Edit = readonly [path: string, from: string, to: string, which?: 'every']

/** A line of a file, told by a part of it. */
export type Spot = readonly [path: string, line: string]

/** What a developer breaks in code that is written in a form. */
export interface Drift {
  readonly name: string
  /** Any of them finds it. */
  readonly rules: readonly string[]
  /** How bad it is, where that is what the form is about. */
  readonly severity?: 'error' | 'warning' | 'info'
  /** Any of them is the right place: the end that changed, or the other one. */
  readonly at: readonly Spot[]
  /** Upon the harmless edits. */
  readonly edits: readonly Edit[]
}

/** One way to write a thing, and what can go wrong with it. */
export interface Form {
  readonly name: string
  readonly part: Part
  /** Edits of the fixture that change how a thing is written, and nothing of what happens. */
  readonly harmless: readonly Edit[]
  /** Rules that the form deserves by itself, as a hole does that another finding must not hide behind. */
  readonly deserves?: readonly string[]
  readonly drifts: readonly Drift[]
}

/** The files of the fixture that forms edit. */
export const INIT = 'cachibot/models/__init__.py'
export const MODELS = 'cachibot/models/websocket.py'
export const API = 'cachibot/api/websocket.py'
export const VOICE = 'cachibot/models/voice.py'
export const ROOM_API = 'cachibot/api/room_websocket.py'
export const REHEARSALS = 'cachibot/services/rehearsal_board.py'
export const SCRIPTS = 'cachibot/services/script_library.py'
export const HOOK = 'frontend/src/hooks/useWebSocket.ts'
export const ROOM_HOOK = 'frontend/src/hooks/useRoomWebSocket.ts'
export const VOICE_HOOK = 'frontend/src/hooks/useVoice.ts'
export const TYPES = 'frontend/src/types/index.ts'
export const VOICE_TYPES = 'frontend/src/types/voice.ts'
export const CLIENT = 'frontend/src/api/websocket.ts'
export const VOICE_CLIENT = 'frontend/src/api/voice-client.ts'
export const ROOM_CLIENT = 'frontend/src/api/room-websocket.ts'
export const STORE = 'frontend/src/stores/bots.ts'
export const KNOWLEDGE = 'frontend/src/stores/knowledge.ts'
export const CHAT_VIEW = 'frontend/src/components/chat/ChatView.tsx'
export const MOBILE = 'mobile/lib/models/ws_message.dart'

/** A form of a part. */
export function formsOf(part: Part) {
  return (
    name: string,
    harmless: readonly Edit[],
    drifts: readonly Drift[],
    deserves: readonly string[] = [],
  ): Form => ({ name, part, harmless, drifts, deserves })
}

/** A drift in a form. */
export function drift(
  name: string,
  rules: readonly string[],
  at: readonly Spot[],
  ...edits: readonly Edit[]
): Drift {
  return { name, rules, at, edits }
}

/**
 * The texts with edits.
 *
 * @throws Error for an edit of what is not there, or there twice
 */
export function applyForm(texts: ReadonlyMap<string, string>, edits: readonly Edit[]): Map<string, string> {
  const result = new Map(texts)
  for (const [path, from, to, which] of edits) {
    const text = result.get(path)
    if (from === '') {
      if (text !== undefined) throw new Error(`${path} is there already`)
      result.set(path, to)
      continue
    }
    const found = (text ?? '').split(from).length - 1
    if (found === 0 || (found > 1 && which !== 'every')) throw new Error(`${path} has ${found} × ${from}`)
    result.set(
      path,
      (text ?? '').replaceAll(from, () => to),
    )
  }
  return result
}

import { perChannel } from '../../channel/open-channel.js'
import { branchesTaking, findReceiving, isCase, type ReceivingBranch } from '../../channel/receiving.js'
import { findSwitch } from '../../channel/switch.js'
import { storeCallsIn } from '../../channel/typescript/store-calls.js'
import type { TsSwitch } from '../../channel/typescript/switches.js'
import { findImportedName } from '../../lang/typescript/imports.js'
import { printPropertyAccess, printPropertyName, printString } from '../../lang/typescript/print.js'
import { sayDispatch } from '../../layout/hook-part.js'
import { majority, readTsStyle } from '../../layout/style.js'
import { wireKey } from '../../payload/shape.js'
import { printTsType } from '../../payload/typescript.js'
import { placeOf } from '../../workspace/place.js'
import { indentAt, lineStart } from '../../workspace/source.js'
import {
  blankLinesBetween,
  endWithComment,
  orderIndex,
  placeBehind,
  placeInFront,
  TS_COMMENT,
} from '../anchors/blocks.js'
import { nearestTo } from '../anchors/nearest.js'
import { wholeBlock } from '../anchors/whole.js'
import { changeHookCase } from '../change/hook-case.js'
import { actionName, followingModel, interfaceName, windowEvent } from '../naming.js'
import {
  type Anchor,
  type Blocked,
  type Half,
  NO_LEEWAY,
  NoView,
  type Occurrence,
  type Requirement,
  type Site,
} from '../site.js'
import { findUnreadCase } from '../unread/typescript.js'

declare module '../site.js' {
  interface SitesByKey {
    'ts-hook-case': Site
  }
}

/**
 * The case of the hook's switch, which hands the payload to the store.
 *
 *     + case 'seat_taken': {
 *     +   const payload = msg.payload as SeatTakenPayload
 *     +   useChatStore.getState().handleSeatTaken(payload)
 *     +   break
 *     + }
 */
export const tsHookCase: Site = {
  id: 'ts-hook-case',
  title: 'hook case',
  template: 'ts-hook-case',
  side: 'client',
  direction: 'server-to-client',
  role: 'consumes',
  payload: 'none',
  linked: undefined,
  leeway: NO_LEEWAY,
  listed: { item: 'hook', isMain: true, letter: 'C', column: 'case' },
  needs: ['ts-union-member', 'ts-payload-interface', 'ts-store-member/action', 'ts-store-action'],

  survey(context) {
    return findReceiving(context)
      .branches.filter(isCase)
      .flatMap((one) =>
        one.values
          .filter((value) => isOwn(one, branchesTaking(context, value).filter(isCase)))
          .map((value) => occurrenceOf(value, one)),
      )
  },

  notNeeded: () => undefined,
  unread: findUnreadCase,
  findTaken: () => undefined,

  anchor(target) {
    const { channel, repository } = target
    const found = findSwitch(target)
    if (found === undefined || channel.hook === undefined) {
      return {
        kind: 'blocked',
        lookedFor: `a \`switch\` over a message's \`type\` with cases of \`${channel.enum.name}\``,
        ...nearestTaking(target),
      }
    }
    if (target.fields.length > 0 && found.subject === '' && found.payloadName === undefined) {
      return {
        kind: 'blocked',
        lookedFor: 'a name for the message, or for its payload',
        place: placeOf(target.repository.typescript(channel.hook.file).source, found.start),
      }
    }
    if (target.store === undefined && target.spec.store.hook !== 'none') {
      return {
        kind: 'blocked',
        lookedFor: 'an exported `const useXStore = create…` of the store that the hook uses most',
        place: { file: channel.hook.file },
      }
    }
    const module = repository.typescript(channel.hook.file)
    const { text } = module.source
    const { indent } = readTsStyle(module)
    const clauses = found.clauses
    const first = clauses[0]
    if (first === undefined) {
      return {
        kind: 'blocked',
        lookedFor: 'a case to follow in the switch',
        place: { file: channel.hook.file },
      }
    }
    const index = caseIndex(found)
    const previous = clauses[index - 1]
    const gaps = clauses
      .slice(1)
      .map((clause, at) => String(blankLinesBetween(text, clauses[at]?.end ?? 0, clause.start)))
    const blankLines = Number(majority(gaps) ?? '1')
    const shared = {
      kind: 'anchor',
      file: channel.hook.file,
      indent,
      base: indentAt(text, first.start),
    } satisfies Partial<Anchor>
    if (previous === undefined)
      return { ...shared, place: placeInFront(lineStart(text, first.start), blankLines) }
    return { ...shared, place: placeBehind(endWithComment(text, previous.end, TS_COMMENT), blankLines) }
  },

  view(target) {
    const { repository, channel, spec, fields, wireCase, store } = target
    if (channel.hook === undefined) throw new NoView('ts-hook-case has no view without a hook')
    const module = repository.typescript(channel.hook.file)
    const style = readTsStyle(module)
    const found = findSwitch(target)
    const subject = found?.subject ?? 'msg'
    const aliases = target.layout.frontend.aliases
    const { local, isEachBraced, isAnyBraced } = readCaseCustom(target)
    const payload = found?.payloadName ?? `${subject}.payload`
    const call =
      store === undefined ? dispatchOf(spec.names.snake, fields.length > 0, style.quote) : undefined
    const hook =
      store === undefined
        ? undefined
        : (findImportedName(module, { from: store.file, name: store.hook, isType: false }, aliases) ??
          store.hook)
    const type = target.channel.union === undefined ? undefined : interfaceName(target)
    const isRecord = /^Record</.test(channel.tsEnvelope?.payload ?? '')
    return {
      wire: printString(spec.names.snake, style.quote),
      end: style.semicolon,
      open: '{',
      dispatched:
        store === undefined && isRecord && fields.length > 0
          ? printString(windowEvent(spec.names.snake), style.quote)
          : '',
      hasBraces: isRecord ? isEachBraced : fields.length > 0 || isAnyBraced,
      cast: fields.length > 0 && !isRecord ? `${subject}.payload as ${type}` : '',
      local,
      call: call?.open ?? `${hook}.getState().${actionName(spec.names.snake)}(`,
      close: call?.close ?? ')',
      reads: (isRecord ? fields : []).map((field) => {
        const key = wireKey(field, wireCase)
        const read = printTsType(field.type, style.quote, wireCase)
        const property = printPropertyName(key, style.quote)
        const access = printPropertyAccess(payload, key, style.quote)
        return `${property}: ${access}${read === 'unknown' ? '' : ` as ${read}${field.optional ? ' | undefined' : ''}`}`
      }),
    }
  },

  requirements(target) {
    const { channel, store, fields } = target
    if (channel.hook === undefined) return []
    const file = channel.hook.file
    const needs: Requirement[] =
      store === undefined
        ? []
        : [{ kind: 'ts-import', file, from: store.file, name: store.hook, isType: false }]
    const isRecord = /^Record</.test(channel.tsEnvelope?.payload ?? '')
    if (fields.length > 0 && !isRecord && channel.union !== undefined) {
      needs.push({
        kind: 'ts-import',
        file,
        from: channel.union.file,
        name: interfaceName(target),
        isType: true,
        before: followingModel(target),
      })
    }
    return needs
  },
  change: changeHookCase,

  cut(context, found) {
    const { source } = context.repository.typescript(found.file)
    const clauses = findSwitch(context)?.clauses ?? []
    const index = clauses.findIndex((one) => one.start === found.start)
    if (index === -1 || found.file !== context.channel.hook?.file)
      return {
        kind: 'blocked',
        lookedFor: 'a case of the switch',
        nearest: 'code that takes the event in another way',
        place: placeOf(source, found.start),
      }
    const previous = clauses[index - 1]
    const runsIn = previous !== undefined && !previous.isTerminated && clauses[index]?.isEmpty === false
    if (!runsIn) return wholeBlock(source, found)
    return {
      kind: 'blocked',
      lookedFor: 'a case that no other one runs into',
      nearest: `\`case '${previous.value ?? ''}'\` does what it does`,
      place: placeOf(source, found.start),
    }
  },

  goneNames: () => [],
}

/** How the cases of the switch are written. */
const readCaseCustom = perChannel((open) => {
  const clauses = findSwitch(open)?.clauses ?? []
  return {
    local: majority(clauses.flatMap((clause) => clause.payloadName ?? [])) ?? 'payload',
    isEachBraced: clauses.every((clause) => clause.hasBraces),
    isAnyBraced: clauses.some((clause) => clause.hasBraces),
  }
})

/**
 * Whether a branch is where an event is taken: the first case, or else the first branch at all, and what stands beside it
 * in the same switch. Other handlers may take it as well.
 *
 * @param taking all cases that take the event
 */
function isOwn(one: ReceivingBranch, taking: readonly ReceivingBranch[]): boolean {
  const first = taking.find((other) => other.kind === 'case') ?? taking[0]
  return one === first || (one.kind === 'case' && one.of === first?.of)
}

function occurrenceOf(event: string, { file, start, end, frame, body, use }: ReceivingBranch): Occurrence {
  const followed = use.followed.flatMap((one) => storeCallsIn(one.frame.module, [one.node]))
  const storeCalls = [...storeCallsIn(frame.module, body), ...followed]
  return { event, file, start, end, links: { types: use.typeTexts, storeCalls } }
}

/** What takes messages in a way into which no case is written; else what comes nearest to a hook. */
function nearestTaking(target: Half): Pick<Blocked, 'nearest' | 'place'> {
  const { main } = findReceiving(target)
  return main === undefined
    ? nearestTo(target, 'hook')
    : { nearest: sayDispatch(main), place: placeOf(main.module.source, main.start) }
}

/** What is written around the payload where no store keeps it: the window tells whoever listens. */
function dispatchOf(event: string, hasPayload: boolean, quote: '"' | "'"): { open: string; close: string } {
  const open = `window.dispatchEvent(new CustomEvent(${printString(windowEvent(event), quote)}`
  return hasPayload ? { open: `${open}, { detail: `, close: ' }))' } : { open, close: '))' }
}

/** Where a new case goes: by the order of events, but never behind a case that runs on, nor behind `default`. */
function caseIndex(found: TsSwitch): number {
  let index = orderIndex(found.clauses.map((clause) => clause.value))
  const runsOn = (at: number): boolean => {
    const clause = found.clauses[at]
    return clause !== undefined && (clause.isEmpty || !clause.isTerminated)
  }
  const lastNamed = found.clauses.findLastIndex((clause) => clause.value !== undefined)
  index = Math.min(index, lastNamed + 1)
  while (index > 0 && runsOn(index - 1)) index--
  return index
}

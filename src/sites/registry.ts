import { pythonEnumMember } from './python/enum-member.js'
import { pythonFactory } from './python/factory.js'
import { pythonHandlerBranch } from './python/handler-branch.js'
import { pythonPayloadModel } from './python/payload-model.js'
import { pythonSend } from './python/send.js'
import type { Site, SiteId, SitesByKey } from './site.js'
import { tsHookCallback } from './typescript/hook-callback.js'
import { tsHookCase } from './typescript/hook-case.js'
import { tsHookReturn } from './typescript/hook-return.js'
import { tsPayloadInterface } from './typescript/payload-interface.js'
import { tsSendMethod } from './typescript/send-method.js'
import { tsStoreAction, tsStoreMemberAction, tsStoreMemberState, tsStoreState } from './typescript/store.js'
import { tsUnionMember } from './typescript/union-member.js'

/** In the order they are reported, and linked ones behind those whose links they follow. */
const BY_KEY = {
  'python-enum-member': pythonEnumMember,
  'python-payload-model': pythonPayloadModel,
  'python-factory': pythonFactory,
  'python-send': pythonSend,
  'python-handler-branch': pythonHandlerBranch,
  'ts-union-member': tsUnionMember,
  'ts-payload-interface': tsPayloadInterface,
  'ts-hook-case': tsHookCase,
  'ts-store-member/state': tsStoreMemberState,
  'ts-store-member/action': tsStoreMemberAction,
  'ts-store-state': tsStoreState,
  'ts-store-action': tsStoreAction,
  'ts-send-method': tsSendMethod,
  'ts-hook-callback': tsHookCallback,
  'ts-hook-return': tsHookReturn,
} satisfies SitesByKey

/** Every site, in the order they are reported. */
export const REPORTED: readonly Site[] = Object.values(BY_KEY)

/** The sites where the name of an event stands by itself. */
export const KEYED: readonly Site[] = REPORTED.filter((site) => site.linked === undefined)

/** Every site, in the order they are surveyed: the linked ones when all rows are there. */
export const SITES: readonly Site[] = [...KEYED, ...REPORTED.filter((site) => site.linked !== undefined)]

/** The public ids, in the order they are reported. */
export const SITE_IDS: readonly SiteId[] = [...new Set(REPORTED.map((site) => site.id))]

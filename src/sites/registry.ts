import { pythonEnumMember } from './python-enum-member.js'
import { pythonFactory } from './python-factory.js'
import { pythonHandlerBranch } from './python-handler-branch.js'
import { pythonPayloadModel } from './python-payload-model.js'
import { pythonSend } from './python-send.js'
import type { Site } from './site.js'
import { tsHookCallback } from './ts-hook-callback.js'
import { tsHookCase } from './ts-hook-case.js'
import { tsHookReturn } from './ts-hook-return.js'
import { tsPayloadInterface } from './ts-payload-interface.js'
import { tsSendMethod } from './ts-send-method.js'
import { tsStoreAction, tsStoreMemberAction, tsStoreMemberState, tsStoreState } from './ts-store.js'
import { tsUnionMember } from './ts-union-member.js'

/** Every site, in the order they are surveyed: a linked one comes behind the one whose links it follows. */
export const SITES: readonly Site[] = [
  pythonEnumMember,
  pythonFactory,
  pythonSend,
  pythonHandlerBranch,
  tsUnionMember,
  tsHookCase,
  tsSendMethod,
  pythonPayloadModel,
  tsPayloadInterface,
  tsStoreMemberState,
  tsStoreMemberAction,
  tsStoreState,
  tsStoreAction,
  tsHookCallback,
  tsHookReturn,
]

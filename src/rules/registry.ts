import { danglingImport } from './dangling-import.js'
import { duplicateBranch } from './duplicate-branch.js'
import { duplicateCase } from './duplicate-case.js'
import { duplicateEnumValue } from './duplicate-enum-value.js'
import { duplicateFactory } from './duplicate-factory.js'
import { duplicateUnionMember } from './duplicate-union-member.js'
import { emptyBranch } from './empty-branch.js'
import { emptyCase } from './empty-case.js'
import { emptyFunctionPassed } from './empty-function-passed.js'
import { fieldNeverRead } from './field-never-read.js'
import { fieldNeverSent } from './field-never-sent.js'
import { fieldNotDeclared } from './field-not-declared.js'
import { fieldSometimesMissing } from './field-sometimes-missing.js'
import { handBuiltEnvelope } from './hand-built-envelope.js'
import { helperNeverCalled } from './helper-never-called.js'
import { incompleteStore } from './incomplete-store.js'
import { literalsDiffer } from './literals-differ.js'
import { missingCase } from './missing-case.js'
import { missingEnumMember } from './missing-enum-member.js'
import { missingFactory } from './missing-factory.js'
import { missingHandlerBranch } from './missing-handler-branch.js'
import { missingHookReturn } from './missing-hook-return.js'
import { missingInterface } from './missing-interface.js'
import { missingModel } from './missing-model.js'
import { missingPart } from './missing-part.js'
import { missingReexport } from './missing-reexport.js'
import { missingSendMethod } from './missing-send-method.js'
import { missingUnionMember } from './missing-union-member.js'
import { modelContradictsWire } from './model-contradicts-wire.js'
import { neverSent } from './never-sent.js'
import { notSerializable } from './not-serializable.js'
import { nullNotExpected } from './null-not-expected.js'
import { orphanAction } from './orphan-action.js'
import { orphanPayload } from './orphan-payload.js'
import { parameterNeverPassed } from './parameter-never-passed.js'
import { requestFieldNeverSent } from './request-field-never-sent.js'
import type { Rule } from './rule.js'
import { sendNotAwaited } from './send-not-awaited.js'
import { shadowedName } from './shadowed-name.js'
import { stateNeverRead } from './state-never-read.js'
import { typeMismatch } from './type-mismatch.js'
import { unansweredRequest } from './unanswered-request.js'
import { unknownEvent } from './unknown-event.js'
import { unreadCase } from './unread-case.js'
import { unreadHandler } from './unread-handler.js'
import { unreadPayload } from './unread-payload.js'
import { unreadSend } from './unread-send.js'
import { unusedCallback } from './unused-callback.js'
import { unusedEvent } from './unused-event.js'
import { unusedSendMethod } from './unused-send-method.js'
import { unusualWireCase } from './unusual-wire-case.js'
import { wireCaseMismatch } from './wire-case-mismatch.js'

/**
 * Every rule, in the order they are asked: an event gets the first finding of presence and severity error, and
 * then no other, so what makes the rest of a row meaningless comes first.
 */
export const RULES: readonly Rule[] = [
  missingPart,
  missingEnumMember,
  unknownEvent,
  unusedEvent,
  missingFactory,
  neverSent,
  missingCase,
  missingHandlerBranch,
  missingSendMethod,
  missingUnionMember,
  emptyCase,
  unusedSendMethod,
  missingHookReturn,
  missingModel,
  missingInterface,
  incompleteStore,
  danglingImport,
  missingReexport,
  stateNeverRead,
  unusedCallback,
  emptyFunctionPassed,
  emptyBranch,
  unansweredRequest,
  helperNeverCalled,
  sendNotAwaited,
  unreadSend,
  unreadCase,
  unreadHandler,
  handBuiltEnvelope,
  parameterNeverPassed,
  unreadPayload,
  wireCaseMismatch,
  fieldNeverSent,
  requestFieldNeverSent,
  fieldNotDeclared,
  fieldNeverRead,
  fieldSometimesMissing,
  nullNotExpected,
  typeMismatch,
  literalsDiffer,
  notSerializable,
  modelContradictsWire,
  unusualWireCase,
  duplicateEnumValue,
  duplicateUnionMember,
  duplicateCase,
  duplicateBranch,
  duplicateFactory,
  orphanPayload,
  orphanAction,
  shadowedName,
]

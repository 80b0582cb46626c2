import type { Step } from './step.js'
import { channelNameStep, channelStep } from './step-channel.js'
import { descriptionStep } from './step-description.js'
import { directionStep } from './step-direction.js'
import { emitInStep, emitStep } from './step-emit.js'
import { fieldsStep, requestFieldsStep } from './step-fields.js'
import { nameStep, requestStep } from './step-name.js'
import { newStoreStep, storeAsStep, storeStep } from './step-store.js'
import { saveStep, summaryStep } from './step-summary.js'

/** Every step, in the order they are asked. */
export const STEPS: readonly Step[] = [
  nameStep,
  directionStep,
  fieldsStep,
  requestStep,
  requestFieldsStep,
  channelStep,
  channelNameStep,
  descriptionStep,
  storeStep,
  newStoreStep,
  storeAsStep,
  emitStep,
  emitInStep,
  summaryStep,
  saveStep,
]

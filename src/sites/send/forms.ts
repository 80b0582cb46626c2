import type { Page } from '../../lang/python/print.js'
import type { ManagerMethod } from '../../layout/layout.js'
import type { Half } from '../site.js'
import { findTakenCallback, frameCallback } from './forms/callback.js'
import { frameCase } from './forms/case.js'
import { frameDefinition } from './forms/definition.js'
import type { Frame } from './forms/frame.js'
import { findTakenFunction } from './forms/function.js'
import { findTakenMethod } from './forms/method.js'
import { frameStatement } from './forms/statement.js'
import type { CallbackPlace, EmitPlace, FunctionPlace, MethodPlace } from './place.js'

/** What stands around the send at a place, as its form is written. */
export function frameAt(target: Half, place: EmitPlace, emit: ManagerMethod, page: Page): Frame {
  switch (place.form) {
    case 'function':
    case 'method':
      return frameDefinition(target, place, emit, page)
    case 'callback':
      return frameCallback(target, place, emit, page)
    case 'statement':
      return frameStatement(target, place, emit)
    case 'case':
      return frameCase(target, place, emit)
  }
}

/** The offset of something else that has the name of a new function. */
export function findTakenName(
  { repository }: Half,
  place: FunctionPlace | MethodPlace | CallbackPlace,
): number | undefined {
  switch (place.form) {
    case 'function':
      return findTakenFunction(repository.python(place.file), place)
    case 'method':
      return findTakenMethod(place)
    case 'callback':
      return findTakenCallback(place)
  }
}

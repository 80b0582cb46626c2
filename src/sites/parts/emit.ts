import type { ManagerMethod } from '../../layout/layout.js'
import { calleeOf } from '../../layout/python-parts.js'
import type { Target } from '../site.js'

/** The method of the manager that an event is sent by: as asked for, else the target the handler uses most. */
export function chooseEmit(
  target: Pick<Target, 'repository' | 'channel' | 'spec'>,
): ManagerMethod | undefined {
  const { repository, channel, spec } = target
  const { manager, handler } = channel
  if (manager === undefined || spec.emit.to === 'none') return undefined
  const text = repository.python(handler?.file ?? manager.file).source.text
  const uses = (method: ManagerMethod): number => text.split(`${calleeOf(manager, method)}(`).length - 1
  const fitting = manager.methods.filter(
    (method) => spec.emit.to === undefined || method.target === spec.emit.to,
  )
  return [...fitting].sort((a, b) => uses(b) - uses(a))[0]
}

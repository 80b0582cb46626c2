import { instancesOf } from '../lang/typescript/classes.js'
import { findImportedName } from '../lang/typescript/imports.js'
import { majority } from '../layout/style.js'
import { type Client, findClient } from './client.js'
import { findChannelHook } from './hook.js'
import { perChannel } from './open-channel.js'

/** How a callback of the hook gets at the client. */
export interface Reach {
  /** `wsClient`, `client`, `clientRef.current?`. */
  readonly expression: string
  /** What of it the callback depends on. */
  readonly dependencies: readonly string[]
  /** The instance that the hook's file must import. */
  readonly instance: string | undefined
}

/**
 * How the hook's callbacks reach the client: as those that are there do, else by the exported instance, else by
 * the state or the ref of the hook that holds one.
 */
export const findReach = perChannel((open): Reach | undefined => {
  const { layout, channel } = open
  const client = findClient(open)
  const found = findChannelHook(open)
  if (client === undefined || found === undefined || channel.client === undefined) return undefined
  const { module, hook } = found
  const methods = new Set(client.methods.filter((one) => one.sends.length > 0).map((one) => one.name))
  const sending = hook.callbacks.flatMap((callback) =>
    callback.calls.filter((call) => methods.has(call.method)).map((call) => ({ callback, on: call.on })),
  )
  const instance = findInstance(client)
  const usual = majority(sending.map((one) => one.on))
  if (usual !== undefined) {
    const root = /^\w+/.exec(usual)?.[0] ?? ''
    const depends = sending.some((one) => one.on === usual && one.callback.dependencies.includes(root))
    return { expression: usual, dependencies: depends ? [root] : [], instance: undefined }
  }
  if (instance !== undefined && hook.locals.every((one) => one.name !== instance)) {
    const request = { from: channel.client.file, name: instance, isType: false }
    const bound = findImportedName(module, request, layout.frontend.aliases) ?? instance
    return { expression: bound, dependencies: [], instance }
  }
  const text = module.source.text.slice(hook.start, hook.end)
  const state = new RegExp(`const \\[(\\w+)\\] = useState[^\\n]*new ${client.one.name}\\(`).exec(text)?.[1]
  if (state !== undefined) return { expression: state, dependencies: [state], instance: undefined }
  const ref = new RegExp(`const (\\w+) = useRef<${client.one.name}\\b`).exec(text)?.[1]
  return ref === undefined
    ? undefined
    : { expression: `${ref}.current?`, dependencies: [], instance: undefined }
})

/** The exported instance of the client that others call. */
function findInstance(client: Client): string | undefined {
  return instancesOf(client.module).find((one) => one.className === client.one.name)?.name
}

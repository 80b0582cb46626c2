import type { OpenChannel } from '../channel/open-channel.js'
import type { Channel, SoughtPart } from '../layout/layout.js'
import { nearestTo } from '../sites/anchors/nearest.js'

/** One part of a channel: what plays it, where, and by which sign it was recognised. */
export interface PartInfo {
  readonly part: string
  readonly found: string | null
  readonly file: string | null
  readonly why: string
}

/** The parts of a channel, in the order a message goes through them. */
export function partsOf(open: OpenChannel): PartInfo[] {
  const { channel } = open
  const near = (sought: SoughtPart, why: string): string => {
    const { nearest } = nearestTo(open, sought)
    return nearest === undefined ? why : `${why}; nearest: ${nearest}`
  }
  return [...serverParts(channel, near), ...clientParts(channel, near)]
}

/** Words for how a part is recognised, with what is nearest to it where there is none. */
type Near = (sought: SoughtPart, why: string) => string

function part(part: string, found: string | undefined, file: string | undefined, why: string): PartInfo {
  return { part, found: found ?? null, file: file ?? null, why }
}

function serverParts(channel: Channel, near: Near): PartInfo[] {
  const { manager } = channel
  const methods = manager?.methods
    .map((method) => `${method.name}(${method.parameters.map((one) => one.name).join(', ')})`)
    .join(', ')
  return [
    part(
      'enum',
      channel.enum.name,
      channel.enum.file,
      'the class based on `str, Enum` that the `type` of the envelope leads to',
    ),
    part(
      'envelope',
      channel.envelope.name,
      channel.envelope.file,
      `the class with the fields \`type: ${channel.enum.name}\` and \`payload\`; of several the one that an endpoint uses, then by factories, then by importers`,
    ),
    part(
      're-exports',
      channel.reexports === undefined ? undefined : 'package',
      channel.reexports,
      "the package imports names from the envelope's module",
    ),
    part(
      'handler',
      channel.handler?.endpoint,
      channel.handler?.file,
      near(
        'handler',
        'the function decorated with `.websocket(…)` that names most members of the enum, by itself, then with its file',
      ),
    ),
    part(
      'manager',
      manager === undefined ? undefined : `${manager.getter ?? manager.instance ?? 'functions'}: ${methods}`,
      manager?.file,
      near(
        'manager',
        `async methods that take a \`${channel.envelope.name}\`, and an instance; the handler has it and calls it most, or it writes to sockets`,
      ),
    ),
  ]
}

function clientParts(channel: Channel, near: Near): PartInfo[] {
  return [
    part(
      'union',
      channel.union?.name,
      channel.union?.file,
      near(
        'union',
        `the union of string literals named \`${channel.enum.name}\` that most files import; without one of the name, the only one with more than half of the enum`,
      ),
    ),
    part(
      'TypeScript envelope',
      channel.tsEnvelope?.name,
      channel.tsEnvelope?.file,
      near(
        'tsEnvelope',
        `the interface beside the union with it as \`type\`, and \`payload\`: named \`${channel.envelope.name}\`, else the one that most files import`,
      ),
    ),
    part(
      'hook',
      channel.hook === undefined ? undefined : 'switch',
      channel.hook?.file,
      near(
        'hook',
        'the `switch` over `….type` in a `use…` function whose file imports the client; then by whether the file imports union or envelope and is imported, whose cases call stores, and the number of cases',
      ),
    ),
    part(
      'client',
      channel.client?.name,
      channel.client?.file,
      near(
        'client',
        "a class that imports union or envelope, and opens a socket; then the one that is imported, then the one that sends most of the channel's events",
      ),
    ),
  ]
}

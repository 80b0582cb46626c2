import { readWireCase } from '../channel/envelope.js'
import type { OpenChannel } from '../channel/open-channel.js'
import { defaultStore } from '../channel/stores.js'
import { isOf } from '../lang/languages.js'
import type { Backend, Layout, SoughtPart } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { readPythonStyle, readTsStyle } from '../layout/style.js'
import { buildLedger } from '../ledger/ledger.js'
import { nearestTo } from '../sites/anchors/nearest.js'

/** What was discovered, and why: the answer of `info`. */
export interface Info {
  readonly root: string
  readonly backend: Backend
  readonly frontend: string
  readonly channels: readonly ChannelInfo[]
  readonly stores: readonly { readonly name: string; readonly file: string; readonly isDefault: boolean }[]
  readonly styles: readonly FileStyle[]
}

export interface ChannelInfo {
  readonly id: string
  readonly endpoint: string | null
  readonly events: number
  readonly wireCase: string
  readonly parts: readonly PartInfo[]
}

/** One part of a channel: what plays it, where, and by which sign it was recognised. */
export interface PartInfo {
  readonly part: string
  readonly found: string | null
  readonly file: string | null
  readonly why: string
}

export interface FileStyle {
  readonly file: string
  readonly indent: string
  readonly quote: string
  readonly eol: 'lf' | 'crlf'
  readonly details: string
}

/** The stores, and which of them a channel's events go to if nothing is said. */
function listStores(repository: Repository, layout: Layout, channelId: string): Info['stores'] {
  const channel = layout.channels.find((one) => one.id === channelId)
  const preferred = channel === undefined ? undefined : defaultStore({ repository, layout, channel })
  return layout.stores.map((store) => ({
    name: store.hook,
    file: store.file,
    isDefault: store === preferred,
  }))
}

/** Gathers what was discovered. */
export function gatherInfo(repository: Repository, layout: Layout): Info {
  return {
    root: repository.workspace.root,
    backend: layout.backend,
    frontend: layout.frontend.folder,
    channels: layout.channels.map((channel) => gatherChannel({ repository, layout, channel })),
    stores: listStores(repository, layout, 'main'),
    styles: stylesOf(repository, layout),
  }
}

function gatherChannel(open: OpenChannel): Info['channels'][number] {
  const { repository, layout, channel } = open
  return {
    id: channel.id,
    endpoint: channel.handler?.endpoint ?? null,
    events: buildLedger(repository, layout, channel).events().length,
    wireCase: readWireCase(open),
    parts: partsOf(open),
  }
}

function partsOf(open: OpenChannel): PartInfo[] {
  const { channel } = open
  const { manager } = channel
  const part = (
    name: string,
    found: string | undefined,
    file: string | undefined,
    why: string,
  ): PartInfo => ({
    part: name,
    found: found ?? null,
    file: file ?? null,
    why,
  })
  const near = (sought: SoughtPart, why: string): string => {
    const { nearest } = nearestTo(open, sought)
    return nearest === undefined ? why : `${why}; nearest: ${nearest}`
  }
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

function stylesOf(repository: Repository, layout: Layout): FileStyle[] {
  const files = new Set(
    layout.channels.flatMap((channel) => [
      channel.enum.file,
      channel.handler?.file,
      channel.union?.file,
      channel.hook?.file,
      channel.client?.file,
    ]),
  )
  return [...files].flatMap((file): FileStyle[] => {
    if (file === undefined) return []
    const isPython = isOf(file, 'python')
    const module = isPython ? repository.python(file) : repository.typescript(file)
    const eol = module.source.eol === '\n' ? 'lf' : 'crlf'
    if (isPython) {
      const { indent, quote, width } = readPythonStyle(repository.python(file), layout.backend.lineLength)
      return [{ file, indent: nameIndent(indent), quote, eol, details: `lines up to ${width}` }]
    }
    const { indent, quote, semicolon } = readTsStyle(repository.typescript(file))
    return [
      {
        file,
        indent: nameIndent(indent),
        quote,
        eol,
        details: semicolon === '' ? 'no semicolons' : 'semicolons',
      },
    ]
  })
}

function nameIndent(indent: string): string {
  return indent === '\t' ? 'tab' : `${indent.length} spaces`
}

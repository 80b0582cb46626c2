import { readWireCase } from '../channel/envelope.js'
import type { OpenChannel } from '../channel/open-channel.js'
import { defaultStore } from '../channel/stores.js'
import { isOf } from '../lang/languages.js'
import type { Backend, Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { readPythonStyle, readTsStyle } from '../layout/style.js'
import { buildLedger } from '../ledger/ledger.js'
import { type PartInfo, partsOf } from './info-parts.js'

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

function gatherChannel(open: OpenChannel): ChannelInfo {
  const { repository, layout, channel } = open
  return {
    id: channel.id,
    endpoint: channel.handler?.endpoint ?? null,
    events: buildLedger(repository, layout, channel).events().length,
    wireCase: readWireCase(open),
    parts: partsOf(open),
  }
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

import { isOf } from '../../lang/languages.js'
import { readPythonStyle, readTsStyle } from '../../layout/style.js'
import { directionOf } from '../../ledger/direction.js'
import { requestsOf, type Unit } from '../../ledger/pair.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import { SITES } from '../../sites/registry.js'
import { renderTemplate } from '../../sites/render.js'
import { type Half, isSiteOf, type Occurrence, type Site, siteKey } from '../../sites/site.js'
import { indentAt, lineEnd, lineStart } from '../../workspace/source.js'
import { unlessGone } from '../resolve/gone.js'
import { resolveSpec } from '../resolve/resolve-unit.js'

/**
 * What goes by one name: the row, and the request that is there only to be answered with it. A request goes by itself;
 * with its event it goes only if its branch sends that, and every cell of it is byte for byte what is written there.
 */
export function unitToRemove(context: Surveyed, name: string): Unit {
  const { rows } = context
  const alone = { event: name, request: undefined }
  if (directionOf(rows, name)?.direction === 'client-to-server') return alone
  const [request, ...others] = requestsOf(rows, name)
  if (request === undefined || others.length > 0) return alone
  return isAsMade(context, { event: name, request }) ? { event: name, request } : alone
}

/** Whether every cell of a pair's request is byte for byte what is written there, and none is missing. */
function isAsMade(context: Surveyed, unit: Unit): boolean {
  const target = resolveSpec(context, unit)?.find((one) => one.spec.names.snake === unit.request)
  if (target === undefined) return false
  const isMade = (site: Site): boolean => {
    const found = context.rows.of(target.spec.names.snake, siteKey(site))
    if (site.notNeeded(target) !== undefined) return found.length === 0
    return found.length === 1 && found.every((one) => isByteForByte(target, site, one))
  }
  const sites = SITES.filter((site) => isSiteOf(site, 'client-to-server'))
  return sites.every((site) => unlessGone(() => isMade(site)) ?? false)
}

/** What people may have said above a cell in words. */
const JSDOC = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/

/** Whether a cell stands in the file as it would be written, with nothing that people said above or behind it. */
function isByteForByte(target: Half, site: Site, { file, start }: Occurrence): boolean {
  const { repository, layout } = target
  const { text, eol } = repository.workspace.read(file)
  const indent = isOf(file, 'python')
    ? readPythonStyle(repository.python(file), layout.backend.lineLength).indent
    : readTsStyle(repository.typescript(file)).indent
  const base = indentAt(text, start)
  const block = renderTemplate(site.template, site.view(target), indent, base).slice(base.length)
  const written = block.replaceAll('\n', eol)
  const before = text.slice(lineStart(text, start), start)
  const rest = text.slice(start + written.length, lineEnd(text, start + written.length))
  const isOnOwnLines = /^\s*\|?\s*$/.test(before)
  const isSaid = JSDOC.test(text.slice(0, start)) || (isOnOwnLines && /#|\/\/|\/\*/.test(rest))
  return text.startsWith(written, start) && !isSaid
}

import type { RulePage } from '../report/page.js'
import { CATALOGUE } from '../rules/catalogue.js'
import { readAsset } from '../workspace/assets.js'

/** The rules of these ids with their pages. */
export function readRulePages(ids: readonly string[]): RulePage[] {
  return CATALOGUE.filter(({ id }) => ids.includes(id)).map(({ id, severity, title }) => ({
    id,
    severity,
    title,
    page: readAsset(`docs/rules/${id}.md`),
  }))
}

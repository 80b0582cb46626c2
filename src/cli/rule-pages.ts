import type { RulePage } from '../report/page.js'
import { CATALOGUE } from '../rules/catalogue.js'
import { readAsset } from '../workspace/assets.js'

/** Every rule with its page. */
export function readRulePages(): RulePage[] {
  return CATALOGUE.map(({ id, severity, title }) => ({
    id,
    severity,
    title,
    page: readAsset(`docs/rules/${id}.md`),
  }))
}

import { wrongInput } from '../errors.js'
import { createPainter } from '../report/color.js'
import { renderExplainJson } from '../report/json.js'
import { renderPage, renderRules } from '../report/page.js'
import { RULE_IDS } from '../rules/catalogue.js'
import { unknownChoice } from '../spec/reserved.js'
import { type GlobalFlags, type World, wantsColor } from './context.js'
import { readRulePages } from './rule-pages.js'

/**
 * Runs `explain`: the page of a rule, or the list of all.
 *
 * @throws Failure with exit code 2 for an unknown rule
 */
export async function explain(world: World, id: string | undefined, flags: GlobalFlags): Promise<number> {
  if (id !== undefined && !RULE_IDS.includes(id)) throw wrongInput(unknownChoice('rule', id, RULE_IDS))
  const rules = readRulePages().filter((rule) => id === undefined || rule.id === id)
  const paint = createPainter(wantsColor(world, flags, world.stdout))
  const [rule] = rules
  if (flags.json === true) world.stdout.write(renderExplainJson(rules))
  else if (id === undefined || rule === undefined) world.stdout.write(renderRules(rules, paint))
  else world.stdout.write(renderPage(rule, paint))
  return 0
}

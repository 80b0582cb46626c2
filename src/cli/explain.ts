import { findMeant, type Problem, wrongInput } from '../errors.js'
import { createPainter } from '../report/color.js'
import { renderExplainJson } from '../report/json.js'
import { renderPage, renderRules } from '../report/page.js'
import { joined } from '../report/shown/shown.js'
import { CATALOGUE, RULE_IDS } from '../rules/catalogue.js'
import { type GlobalFlags, type World, wantsColor } from './context.js'
import { readRulePages } from './rule-pages.js'

/**
 * Runs `explain`: the page of a rule, or the list of all.
 *
 * @throws Failure with exit code 2 for an unknown rule
 */
export async function explain(world: World, id: string | undefined, flags: GlobalFlags): Promise<number> {
  if (id !== undefined && !RULE_IDS.includes(id)) throw wrongInput(unknownRule(id))
  const paint = createPainter(wantsColor(world, flags, world.stdout))
  if (id === undefined && flags.json !== true) {
    world.stdout.write(renderRules(CATALOGUE, paint))
    return 0
  }
  const pages = readRulePages(id === undefined ? RULE_IDS : [id])
  world.stdout.write(
    flags.json === true
      ? renderExplainJson(pages)
      : joined(
          pages.map((page) => renderPage(page, paint)),
          '\n',
        ),
  )
  return 0
}

function unknownRule(id: string): Problem {
  const nearest = findMeant(id, RULE_IDS)
  const all = 'see them all: cachibot-ws explain'
  return {
    code: 'unknown-rule',
    what: `\`${id}\` is no rule`,
    fix: nearest === undefined ? all : `did you mean \`${nearest}\`? S${all.slice(1)}`,
  }
}

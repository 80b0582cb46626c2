import { SITES } from '../../sites/registry.js'
import { missingRequirements, nameOf } from '../../sites/requirements/missing-requirements.js'
import { resolveRequirements } from '../../sites/requirements/requirements.js'
import { type Half, type Requirement, type Site, siteKey } from '../../sites/site.js'
import type { FileWrite } from '../../workspace/diff.js'
import { type Insertion, splice } from '../../workspace/edits.js'
import type { HalfPlan } from './decide.js'

/** What a site that is there lacks, and gets with the rest. */
export interface Completed {
  readonly target: Half
  readonly site: Site
  readonly requirement: Requirement
}

/** What the sites lack that are there already: each import and re-export once. */
export function findCompleted(halves: readonly HalfPlan[]): Completed[] {
  const seen = new Set<string>()
  return SITES.flatMap((site) =>
    halves
      .filter(({ decisions }) => decisions.get(siteKey(site))?.kind === 'present')
      .flatMap(({ target }) =>
        missingRequirements(target, site).map((requirement) => ({ target, site, requirement })),
      ),
  ).filter(({ target, requirement }) => {
    const key = `${requirement.file} ${nameOf(target.repository, requirement)}`
    return !seen.has(key) && seen.add(key) !== undefined
  })
}

/** The new text of every file that changes, in the order the sites touch them. */
export function stage(halves: readonly HalfPlan[]): FileWrite[] {
  const insertions = new Map<string, Insertion[]>()
  const requirements: Requirement[] = []
  const completed = findCompleted(halves)
  const add = (file: string, list: readonly Insertion[]): void => {
    insertions.set(file, [...(insertions.get(file) ?? []), ...list])
  }
  // Site by site: where several go to one offset, both halves of one stand in front of the next.
  for (const site of SITES) {
    for (const { target, decisions } of halves) {
      const decision = decisions.get(siteKey(site))
      const own = completed.filter((one) => one.target === target && one.site === site)
      requirements.push(...own.map((one) => one.requirement))
      if (decision?.kind !== 'insert') continue
      add(decision.file, decision.insertions)
      requirements.push(...site.requirements(target))
    }
  }
  const target = halves[0]?.target
  if (target === undefined) return []
  for (const file of new Set(requirements.map((one) => one.file))) {
    // In a file without code an import and a function go to one offset: the import stands in front.
    const own = insertions.get(file) ?? []
    insertions.set(file, [
      ...resolveRequirements(target.repository, target.layout, file, requirements),
      ...own,
    ])
  }
  return [...insertions].flatMap(([file, list]) => {
    if (list.length === 0) return []
    const { workspace } = target.repository
    const before = workspace.read(file)
    return [{ before: workspace.isNew(file) ? undefined : before, after: splice(before, list) }]
  })
}

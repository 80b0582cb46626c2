import { SITES } from '../sites/registry.js'
import { resolveRequirements } from '../sites/requirements.js'
import { type Requirement, siteKey } from '../sites/site.js'
import type { FileWrite } from '../workspace/diff.js'
import { type Insertion, splice } from '../workspace/edits.js'
import type { Half } from './decide.js'

/** The new text of every file that changes, in the order the sites touch them. */
export function stage(halves: readonly Half[]): FileWrite[] {
  const insertions = new Map<string, Insertion[]>()
  const requirements: Requirement[] = []
  const add = (file: string, list: readonly Insertion[]): void => {
    insertions.set(file, [...(insertions.get(file) ?? []), ...list])
  }
  // Site by site: where several go to one offset, both halves of one stand in front of the next.
  for (const site of SITES) {
    for (const { target, decisions } of halves) {
      const decision = decisions.get(siteKey(site))
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
    return [{ before: workspace.isNew(file) ? undefined : before, after: splice(before, list).source }]
  })
}

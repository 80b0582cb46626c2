import { Failure } from '../../errors.js'
import { packageFolder } from '../../workspace/assets.js'
import { canAsk, type GlobalFlags, type World } from '../context.js'
import { askForSource } from './choose.js'
import { findPackageSource, type PackageSource, readPackageSource } from './package-source.js'

/** Where the tool is installed from, found out when the first item needs it. */
export interface LazySource {
  get(): PackageSource
  /** Empty where no item needed it. */
  notes(): readonly string[]
}

/**
 * What `--from` names is checked at once, whatever needs it; what is not said and not known is asked.
 *
 * @throws Failure with exit code 2 for a `--from` that is none
 */
export async function openSource(
  world: World,
  flags: GlobalFlags & { readonly from?: string },
  root: string,
): Promise<LazySource> {
  const { disk, cwd } = world
  const read = (from: string): PackageSource => readPackageSource(disk, cwd, root, from)
  let find = (): PackageSource => findPackageSource(disk, packageFolder, root)
  if (flags.from !== undefined) {
    const given = read(flags.from)
    find = () => given
  } else if (canAsk(world, flags) && isUnknown(find)) {
    const answer = await askForSource(world, flags)
    if (answer !== undefined) find = () => read(answer)
  }
  let used: PackageSource | undefined
  return {
    get: () => {
      used ??= find()
      return used
    },
    notes: () => used?.notes ?? [],
  }
}

function isUnknown(find: () => PackageSource): boolean {
  try {
    find()
    return false
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return true
  }
}

import { Failure, orThrow } from '../../errors.js'
import { packageFolder } from '../../workspace/assets.js'
import { canAsk, type GlobalFlags, type World } from '../context.js'
import { askForSource } from './choose.js'
import { findPackageSource, type PackageSource, readPackageSource } from './package-source.js'

/** Where the tool is installed from, found out when the first item needs it. */
export interface LazySource {
  get(): PackageSource | Failure
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
  const read = (from: string) => readPackageSource(disk, cwd, root, from)
  let find = (): PackageSource | Failure => findPackageSource(disk, packageFolder, root)
  if (flags.from !== undefined) {
    const given = orThrow(read(flags.from))
    find = () => given
  } else if (canAsk(world, flags) && find() instanceof Failure) {
    const answer = await askForSource(world, flags)
    if (answer !== undefined) find = () => read(answer)
  }
  let used: PackageSource | undefined
  return {
    get: () => {
      const found = used ?? find()
      if (!(found instanceof Failure)) used = found
      return found
    },
    notes: () => used?.notes ?? [],
  }
}

import { discoverLayout } from '../layout/discover.js'
import type { Layout } from '../layout/layout.js'
import { Repository } from '../layout/repository.js'
import { assertFinished } from '../workspace/unfinished.js'
import { Workspace } from '../workspace/workspace.js'
import type { GlobalFlags, World } from './context.js'
import { type Found, findCheckout } from './find-checkout.js'

/** The checkout that a command works on. */
export interface Checkout {
  readonly root: string
  readonly repository: Repository
  readonly layout: Layout
}

/**
 * Finds and reads the checkout, whatever state a killed run left it in.
 *
 * @throws Failure with exit code 2 when there is none
 */
export function openCheckout(world: World, flags: GlobalFlags): Checkout {
  return readCheckout(world, findCheckout(world, flags))
}

/**
 * Finds and reads a checkout of which something true is to be said.
 *
 * @throws Failure 2 when there is none, 3 when a run is writing to it or was killed while it did
 */
export function openWhole(world: World, flags: GlobalFlags): Checkout {
  const found = findCheckout(world, flags)
  assertFinished(world.disk, found.root)
  return readCheckout(world, found)
}

/** Reads the checkout that was found. */
export function readCheckout(world: World, { root, backend }: Found): Checkout {
  const repository = new Repository(new Workspace(root, world.disk), world.trees)
  return { root, repository, layout: discoverLayout(repository, backend) }
}

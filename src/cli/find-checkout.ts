import { resolve } from 'node:path'
import { findRoot } from '../layout/root.js'
import type { GlobalFlags, World } from './context.js'

/** Where a checkout is, and the Python package in it. */
export type Found = ReturnType<typeof findRoot>

/**
 * Where the checkout is.
 *
 * @throws Failure with exit code 2 when there is none
 */
export function findCheckout(world: World, flags: GlobalFlags): Found {
  return findRoot(world.disk, resolve(world.cwd, flags.cwd ?? '.'))
}

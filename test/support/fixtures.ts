import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { discoverLayout } from '../../src/layout/discover.js'
import type { Layout } from '../../src/layout/layout.js'
import { Repository } from '../../src/layout/repository.js'
import { findRoot } from '../../src/layout/root.js'
import { Workspace } from '../../src/workspace/workspace.js'
import { MemoryDisk } from './memory-disk.js'

export const project = resolve(import.meta.dirname, '../..')
export const FIXTURES = ['reference', 'cachibot'] as const
export type FixtureName = (typeof FIXTURES)[number]

/** The texts of a fixture, by path. */
export function readFixture(name: FixtureName): Map<string, string> {
  const folder = join(project, 'fixtures', name)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]
    }),
  )
}

/** A repository in memory, read by the tool. */
export interface Opened {
  readonly disk: MemoryDisk
  readonly repository: Repository
  readonly layout: Layout
}

/** Opens texts as a checkout. */
export async function open(texts: ReadonlyMap<string, string>): Promise<Opened> {
  const disk = MemoryDisk.of('/checkout', texts)
  const { root, backend } = findRoot(disk, '/checkout')
  const repository = new Repository(new Workspace(root, disk))
  return { disk, repository, layout: discoverLayout(repository, backend) }
}

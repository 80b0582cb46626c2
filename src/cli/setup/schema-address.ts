import { dirname, join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { packageFolder } from '../../workspace/assets.js'
import { isInside } from '../../workspace/workspace.js'

/**
 * Where an editor finds the schema of a spec file: in this copy of the package. That is a relative path where it is
 * in the checkout, as everyone has it there, else the address of the file on this machine.
 *
 * @param root of the checkout, absolute
 * @param file the spec file, absolute
 * @param folder of the package, absolute
 */
export function schemaAddress(root: string, file: string, folder = packageFolder): string {
  const schema = join(folder, 'schemas', 'event.schema.json')
  if (!isInside(root, schema) || !isInside(root, file)) return pathToFileURL(schema).href
  const way = relative(dirname(file), schema).split(sep).join('/')
  return encodeURI(way.startsWith('.') ? way : `./${way}`)
}

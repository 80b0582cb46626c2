/** The places of a checkout that `--emit-in` is tried with: whatever sends messages of a channel already. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {object} Place
 * @property {string} in what `--emit-in` takes
 * @property {'module' | 'class' | 'method' | 'function' | 'route' | 'callback' | 'endpoint' | 'stream' | 'sync'} kind
 * @property {string | undefined} field a parameter of the function that is a string
 *
 * @param {string} root
 * @param {readonly string[]} files Python files of the backend
 * @param {readonly { part: string, found: string | null, file: string | null }[]} parts of the channel
 * @returns {Place[]}
 */
export function findPlaces(root, files, parts) {
  const part = (name) => parts.find((one) => one.part === name)
  const envelope = part('envelope')
  const handler = part('handler')?.file
  const mention = new RegExp(`(?<!\\w)${envelope?.found}\\.`)
  return files
    .filter((file) => file !== envelope?.file && !/(^|\/)tests?\//.test(file))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
    .filter(({ text }) => mention.test(text))
    .flatMap(({ file, text }) => {
      const all = functionsOf(text)
      const sending = all.filter((one) => mention.test(one.body))
      const classes = [...new Set(sending.map((one) => one.owner))].filter((one) => one !== undefined)
      return [
        ...(file === handler ? [] : [{ in: file, kind: 'module', field: undefined }]),
        ...classes.map((name) => ({ in: `${file}:${name}`, kind: 'class', field: undefined })),
        ...sending.map((one) => ({ in: `${file}:${one.path}`, kind: kindOf(one), field: one.field })),
      ]
    })
}

function kindOf({ decorators, body, isAsync, depth }) {
  if (/^\s*@\w+\.websocket\(/m.test(decorators)) return 'endpoint'
  if (/^\s*@\w+\.(get|post|put|patch|delete)\(/m.test(decorators)) return 'route'
  if (/^\s*case \w+\.\w+:/m.test(body)) return 'stream'
  if (!isAsync) return 'sync'
  return { function: 'function', class: 'method', nested: 'callback' }[depth]
}

/** Every function with the lines below it, by indent. */
function functionsOf(text) {
  const lines = text.split(/\r?\n/)
  const around = []
  const found = []
  for (const [index, line] of lines.entries()) {
    const column = /^\s*/.exec(line)[0].length
    if (/^\s*[^\s#)]/.test(line)) while (around.length > 0 && around.at(-1).indent >= column) around.pop()
    const match = /^(\s*)(?:(async )?def|class) (\w+)/.exec(line)
    if (match === null) continue
    const [, indent = '', isAsync, name = ''] = match
    const parents = [...around]
    const isClass = /^\s*class /.test(line)
    around.push({ indent: indent.length, name, isClass })
    if (isClass) continue
    const rest = lines.slice(index + 1)
    const end = rest.findIndex(
      (one) => /\S/.test(one) && !/^\s*\)/.test(one) && /^\s*/.exec(one)[0].length <= indent.length,
    )
    const body = rest.slice(0, end === -1 ? rest.length : end).join('\n')
    const above = lines.slice(0, index)
    const start = above.findLastIndex((one) => one.trim() === '')
    const head = [line, ...rest].join('\n').split(/\)\s*(?:->[^:]+)?:\n/, 1)[0]
    const parent = parents.at(-1)
    found.push({
      path: [...parents, { name }].map((one) => one.name).join('.'),
      owner: parent?.isClass ? parent.name : undefined,
      depth: parent === undefined ? 'function' : parent.isClass ? 'class' : 'nested',
      isAsync: isAsync !== undefined,
      decorators: above.slice(start + 1).join('\n'),
      field: /\b(?!room_id|client_id|self)([a-z][a-z0-9]*(?:_[a-z0-9]+)*): str\b(?!\s*\|)/.exec(head)?.[1],
      body,
    })
  }
  return found
}

import { createHash } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { COMPILER, parserOnly } from './parser-only.mjs'

const project = resolve(import.meta.dirname, '..')
const require = createRequire(import.meta.url)

/** What is read as it is: where it comes from, and what it is named in `dist`. */
const COPIED = {
  'web-tree-sitter.cjs': 'web-tree-sitter',
  'web-tree-sitter.wasm': 'web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-python.wasm': 'tree-sitter-python/tree-sitter-python.wasm',
}

/** What asks the first question of the wizard, which is on the screen before the engine is loaded. */
const FIRST_QUESTION =
  /\/src\/(cli\/wizard\/(begin|change-name|first-question|prompts|keyboard|step-(name|channel|direction)|question|answers|fields|facts|probe)|cli\/(event-flags|find-checkout)|spec\/(event-spec|field-type|names|reserved.*)|layout\/root)\.ts$/

/** What draws it, which is loaded with the library that knows the keys, while the terminal is taken. */
const ASKING = /\/src\/cli\/wizard\/(ask|screen|picture|fold|matching|run-(text|list)|running|visible)\.ts$/

/**
 * Everything that is loaded late is in a chunk of its own, so that a run reads what it needs; what is loaded together is in
 * one, so that it reads few files.
 */
const GROUPS = [
  { name: 'program', tags: ['$initial'], priority: 3 },
  { name: 'program', test: /rolldown\/runtime/, priority: 4 },
  { name: 'question', test: FIRST_QUESTION, priority: 2.5 },
  { name: 'prompts', test: ASKING, priority: 2.2 },
  { name: 'engine', test: /\/src\/.*\.ts$/, priority: 2 },
  { name: 'prompts', priority: 0 },
]

/** The parser of the command line can run programs as commands. We have none, and what runs them loads slowly. */
const withoutChildren = {
  name: 'without-children',
  transform(code, id) {
    if (!/commander\/lib\/command\.js$/.test(id)) return undefined
    return { code: code.replace("require('node:child_process')", 'undefined') }
  },
}

/** Text of which every character is a byte is read without decoding it, and takes half the memory. */
const asBytes = {
  name: 'as-bytes',
  generateBundle(_, chunks) {
    for (const chunk of Object.values(chunks)) chunk.code = chunk.code.replace(/(\\*)([^\0-\x7f])/g, spell)
  },
}

/** A character by its number, as strings, templates and patterns have it. A backslash that is before it says nothing. */
function spell(_, backslashes, unit) {
  const kept = backslashes.slice(backslashes.length % 2)
  return `${kept}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/**
 * Bundles the program into a folder that is new or empty: `start.cjs`, which bin requires, knows the name of the chunk that the program is
 * in, and `typescript.cjs` that of the compiler. All chunks have a hash of what is in them in their names.
 *
 * @returns the paths of all that is in it
 */
export async function bundle(folder) {
  const modules = new Set()
  const write = async (input) => {
    const entry = await writeChunks(folder, input)
    for (const id of entry.modules) modules.add(id)
    return entry.fileName
  }
  const typescript = await write({
    input: { typescript: COMPILER },
    plugins: [parserOnly],
    output: { minify: true },
  })
  writeFileSync(join(folder, 'typescript.cjs'), `module.exports = require('./${typescript}')\n`)
  const program = await write({
    input: { program: join(project, 'src', 'cli', 'main.ts') },
    plugins: [withoutChildren],
    output: { codeSplitting: { groups: GROUPS } },
  })
  await write({
    input: { start: join(project, 'src', 'start', 'start.ts') },
    transform: {
      define: {
        PROGRAM: JSON.stringify(`./${program}`),
        BUILD: JSON.stringify(buildOf([program, typescript])),
      },
    },
    output: { entryFileNames: '[name].cjs' },
  })
  for (const [name, from] of Object.entries(COPIED)) copyFileSync(require.resolve(from), join(folder, name))
  return [...modules, ...Object.values(COPIED).map((from) => require.resolve(from))]
}

/** A hash of what the program is made of: chunks have one in their names, and answers quote pages. */
function buildOf(chunks) {
  const hash = createHash('sha256').update(chunks.join())
  hash.update(readFileSync(join(project, 'package.json')))
  const pages = join(project, 'docs', 'rules')
  for (const page of readdirSync(pages).sort()) hash.update(readFileSync(join(pages, page)))
  return hash.digest('hex')
}

async function writeChunks(dir, { output, plugins = [], ...input }) {
  const build = await rolldown({
    platform: 'node',
    preserveEntrySignatures: 'allow-extension',
    plugins: [...plugins, asBytes],
    ...input,
  })
  const names = { entryFileNames: '[name]-[hash].cjs', chunkFileNames: '[name]-[hash].cjs' }
  const { output: chunks } = await build.write({
    dir,
    format: 'cjs',
    comments: { jsdoc: false },
    ...names,
    ...output,
  })
  await build.close()
  const { fileName } = chunks.find((one) => one.isEntry)
  return { fileName, modules: chunks.flatMap((one) => one.moduleIds) }
}

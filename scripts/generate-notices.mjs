/** Writes `THIRD-PARTY-NOTICES.md`: whose code the bundle holds, and the licences that come with it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { bundle } from './bundle.mjs'

const project = resolve(import.meta.dirname, '..')

/** What a package holds of another one, whose licence it does not bring: ts-morph has the compiler in a file of its own. */
const HOLDS = { '@ts-morph/common': 'typescript' }

const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-notices-'))
const modules = await bundle(folder).finally(() => rmSync(folder, { recursive: true, force: true }))
const own = modules.map((id) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1]).filter(Boolean)
const names = [
  ...new Set(own.flatMap((name) => [name, ...(HOLDS[name] === undefined ? [] : [HOLDS[name]])])),
].sort()
const packages = names.map(readPackage)
for (const [holder, held] of Object.entries(HOLDS)) {
  const { devDependencies } = readManifest(holder)
  Object.assign(
    packages.find(({ name }) => name === held),
    { version: devDependencies[held] },
  )
}

const text = `# Third-party notices

The package holds code of others, bundled at build time into \`dist\`; \`npm run notices\` makes this page of what the bundle
holds. The licences follow.

| package | version | licence |
| ------- | ------- | ------- |
${packages.map(({ name, version, license }) => `| [${name}](https://www.npmjs.com/package/${name}) | ${version} | ${license} |`).join('\n')}

Of TypeScript it holds the parser, which \`@ts-morph/common\` has a copy of.
${packages.map(({ name, texts }) => `\n## ${name}\n\n${texts.map(quote).join('\n\n')}\n`).join('')}`

const path = join(project, 'THIRD-PARTY-NOTICES.md')
if (!process.argv.includes('--check')) writeFileSync(path, text)
else if (readFileSync(path, 'utf8') !== text) {
  console.error('THIRD-PARTY-NOTICES.md is stale: npm run notices')
  process.exitCode = 1
}

function readPackage(name) {
  const root = join(project, 'node_modules', name)
  const { version, license } = readManifest(name)
  const texts = readdirSync(root)
    .filter((file) => /^(licen[cs]e|copying|notice|thirdpartynotice)/i.test(file))
    .map((file) => readFileSync(join(root, file), 'utf8').replaceAll('\r', '').trim())
  if (texts.length === 0) throw new Error(`${name} brings no licence`)
  return { name, version, license, texts }
}

function readManifest(name) {
  return JSON.parse(readFileSync(join(project, 'node_modules', name, 'package.json'), 'utf8'))
}

function quote(text) {
  return `\`\`\`text\n${text}\n\`\`\``
}

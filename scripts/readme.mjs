/** Puts a real run on a fixture into the README; `--check` only compares. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const project = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-readme-'))
const checkout = join(folder, 'cachibot')
cpSync(join(project, 'fixtures', 'cachibot'), checkout, { recursive: true })
const run = (...more) => {
  const args = ['add-event', 'seat_taken', '-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?', ...more]
  return spawnSync(process.execPath, [join(project, 'bin', 'cachibot-ws.js'), ...args, '--cwd', checkout], {
    encoding: 'utf8',
  })
}
const diff = run('--dry-run').stdout
const report = run().stdout
rmSync(folder, { recursive: true, force: true })

const fence = '```'
const example = `
${fence}text
${report.trimEnd()}
${fence}

<details><summary>The diff of that run</summary>

${fence}diff
${diff.trimEnd()}
${fence}

</details>
`
const path = join(project, 'README.md')
const text = readFileSync(path, 'utf8')
const made = text.replace(
  /(<!-- example: begin .*-->\n)[\s\S]*?(<!-- example: end -->)/,
  (_, begin, end) => `${begin}${example}${end}`,
)
if (!process.argv.includes('--check')) writeFileSync(path, made)
else if (made !== text) {
  console.error('the example in README.md is stale: npm run readme')
  process.exitCode = 1
}

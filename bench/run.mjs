/**
 * Measures what every command takes, beside what does the same:
 * `npm run bench -- [checkout] [--short] [--write] [--rounds n] [--name text]`. Prints the table, and writes it as a page with
 * `performance.json` and `growth.svg` to `bench/results`, or with `--write` to `docs`; `--render` only writes those there again, out of the
 * figures. `--short` runs everything once, with nothing warm: its figures say nothing. It fails where something does not run,
 * and never on a figure.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { makeCheckout, revisionOf, sourcesIn } from './checkouts.mjs'
import { MATTERING, ofRealSize, withEvents, writeTexts } from './generate.mjs'
import { measureGrowth, SHORT_SIZES, SIZES } from './growth.mjs'
import { growthPicture } from './growth-picture.mjs'
import { openMeter } from './meter.mjs'
import { growthTable, mainTable, page } from './page.mjs'
import { installPeers, PEERS, peerScenarios, provePeers } from './peers.mjs'
import { bareScenario, baseJob, ownScenarios } from './scenarios.mjs'
import { summarize } from './summary.mjs'

const project = resolve(import.meta.dirname, '..')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    render: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    name: { type: 'string' },
  },
})
const rounds = Number(values.rounds ?? (values.short ? 1 : 15))
/** V8's code is kept by the first run and taken by the second; it is whole when the third begins. */
const warmUp = values.short ? 0 : 2
const results = join(project, values.write || values.render ? 'docs' : 'bench/results')
const say = (text) => console.error(text)

const exec = promisify(execFile)

/** Builds and packs the program, and installs it as its users do. */
async function install(folder) {
  const script = join(project, 'scripts', 'tarball.mjs')
  const { stdout: tarball } = await exec(process.execPath, [script, folder])
  const prefix = join(folder, 'installed')
  await exec('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', prefix, tarball.trim()])
  return join(prefix, 'node_modules', 'cachibot-ws', 'bin', 'cachibot-ws.js')
}

/** Runs everything in turn, as often as asked; the first times fill caches and do not count. */
async function measureRounds(scenarios, measure, cwd) {
  const measured = []
  for (let turn = -warmUp; turn < rounds; turn++) {
    say(turn < 0 ? 'warming up' : `round ${turn + 1} of ${rounds}`)
    const [base, samples] = [[], {}]
    for (const { id, before, job, after } of scenarios) {
      base.push(await measure(baseJob(cwd)))
      await before(turn + warmUp)
      samples[id] = await measure(job(turn + warmUp))
      after()
    }
    if (turn >= 0) measured.push({ base, samples })
  }
  return summarize(measured)
}

async function bench(folder) {
  const [given] = positionals
  const make = values.short ? () => withEvents(0) : ofRealSize
  const source = given === undefined ? (path) => writeTexts(path, make()) : resolve(given)
  const [still, edited, written] = ['still', 'edited', 'written'].map((name) =>
    makeCheckout(join(folder, name), source),
  )
  say('building, packing, installing')
  const [bin] = await Promise.all([install(folder), installPeers()])
  const { measure, close } = openMeter(folder)
  await provePeers(written, measure)
  const own = ownScenarios({ bin, checkouts: { still, edited, written }, folder, measure })
  const scenarios = [bareScenario(still), ...own, ...peerScenarios(written)]
  const measured = await measureRounds(scenarios, measure, still)
  const sizes = values.short ? SHORT_SIZES : SIZES
  const growth = await measureGrowth({ bin, folder, measure, sizes, say })
  close()
  const checkout = { ...nameOf(given), sources: sourcesIn(still) }
  return { machine: machine(), checkout, rounds, measured, peers: Object.keys(PEERS), growth }
}

function nameOf(given) {
  if (given === undefined)
    return {
      name: values.short
        ? 'the fixture'
        : `a generated checkout, ${MATTERING} of whose files speak of a channel`,
    }
  return { name: values.name ?? basename(resolve(given)), ...revisionOf(resolve(given)) }
}

function machine() {
  const [first] = cpus()
  const platform = `${process.platform} ${process.arch}`
  return { node: process.version, platform, cpu: first?.model.trim() ?? 'unknown', cores: cpus().length }
}

/** Measures in a folder that goes when this ends. */
async function measureAside() {
  const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  process.once('SIGINT', () => process.exit(130))
  return bench(folder)
}

mkdirSync(results, { recursive: true })
const figures = join(results, 'performance.json')
const result = values.render ? JSON.parse(readFileSync(figures, 'utf8')) : await measureAside()
writeFileSync(figures, `${JSON.stringify(result, undefined, 2)}\n`)
writeFileSync(join(results, 'performance.md'), page(result))
writeFileSync(join(results, 'growth.svg'), growthPicture(result))
console.log(`${mainTable(result)}\n\n${growthTable(result)}`)

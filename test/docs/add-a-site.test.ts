import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'
import { SITES } from '../../src/sites/registry.js'
import { siteKey } from '../../src/sites/site.js'
import { FIXTURES, project } from '../support/fixtures.js'

const page = readFileSync(join(project, 'docs', 'add-a-site.md'), 'utf8')
const steps = page.split(/^(?=\d+\. )/m).slice(1)
const listed = [...(steps[0] ?? '').matchAll(/^ {3}- `(\w+)`/gm)].map((found) => found[1] ?? '')
const read = (path: string): string => readFileSync(join(project, path), 'utf8')

test('the steps are numbered without a gap, and name only what there is', () => {
  expect(steps.map((step) => Number.parseInt(step, 10))).toEqual(steps.map((_, index) => index + 1))
  for (const [, path = ''] of page.matchAll(/`((?:src|test|docs|templates)\/[\w./-]+\w)`/g))
    expect([path, existsSync(join(project, path))]).toEqual([path, true])
  for (const [, variable = ''] of page.matchAll(/([A-Z]+_[A-Z]+)=1/g))
    expect(read('test/laws/goldens.test.ts')).toContain(variable)
})

// Every site was added by these steps: what one of them asks for is there for each.
describe.each(SITES.map((site) => [siteKey(site), site] as const))('following them for %s', (key, site) => {
  // `ts-store-member` and two others are one store's, and stand in one module.
  const [language, place] = /^(ts|python)-(.*)$/.exec(site.id)?.slice(1) ?? []
  const folder = language === 'ts' ? 'typescript' : 'python'
  const modules = readdirSync(join(project, 'src/sites', folder)).map((file) => file.replace('.ts', ''))
  const named = modules.find((name) => name === place) ?? modules.find((name) => place?.startsWith(name))
  const module = named === undefined ? undefined : `${folder}/${named}.ts`

  test('1. its module has its key, an example on top, and what the step lists', () => {
    expect(module).toBeDefined()
    expect(read(`src/sites/${module}`)).toContain(`    '${key}': Site\n`)
    expect(read(`src/sites/${module}`)).toMatch(/\/\*\*[\s\S]*?```|\/\*\*[\s\S]*?\n \* {3,}/)
    for (const part of listed) expect(Object.keys(site)).toContain(part)
  })

  test('2. its template is there', () => {
    expect(existsSync(join(project, 'templates', `${site.template}.hbs`))).toBe(true)
  })

  test('3. it stands in the registry behind what it is found through', () => {
    expect(read('src/sites/registry.ts')).toContain(`  '${key}': `)
    const keys = SITES.map(siteKey)
    for (const one of site.linked?.through ?? [])
      expect(keys.indexOf(one)).toBeLessThan(keys.indexOf(siteKey(site)))
  })

  test.each(FIXTURES)('5. its golden for %s is there', (fixture) => {
    expect(existsSync(join(project, 'test/goldens', fixture, `${key.replace('/', '-')}.diff`))).toBe(true)
  })
})

/** One more place, by the steps: a line a property, so that each can be forgotten. */
const MODULE = `
import { NO_LEEWAY, type Site } from '../site.js'
declare module '../site.js' {
  interface SitesByKey {
    'ts-event-label': Site
  }
}
export const tsEventLabel: Site = {
  id: 'ts-event-label',
  title: 'label',
  template: 'ts-event-label',
  side: 'client',
  direction: undefined,
  role: 'declares',
  payload: 'none',
  linked: undefined,
  leeway: NO_LEEWAY,
  listed: { item: 'types', isMain: false, letter: 'L', column: 'label' },
  needs: [],
  survey: () => [],
  notNeeded: () => undefined,
  findTaken: () => undefined,
  anchor: () => ({ kind: 'blocked', lookedFor: 'the labels' }),
  view: () => ({}),
  requirements: () => [],
  cut: () => [],
  goneNames: () => [],
}
`

describe('following them for one more place', () => {
  const module = join(project, 'src/sites/typescript/event-label.ts')
  const registry = join(project, 'src/sites/registry.ts')
  const entered = read('src/sites/registry.ts')
    .replace(/^/, "import { tsEventLabel } from './typescript/event-label.js'\n")
    .replace("  'ts-hook-return': tsHookReturn,\n", "$&  'ts-event-label': tsEventLabel,\n")
  const checked = new Map<string, string[]>()
  let last: ts.Program | undefined

  /** What the compiler says of the sources with the module and the registry as given. */
  function compile(moduleText: string, registryText: string, files: 'all' | 'both'): string[] {
    const config = ts.getParsedCommandLineOfConfigFile(
      join(project, 'tsconfig.json'),
      { noEmit: true },
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: () => undefined,
      },
    )
    if (config === undefined) throw new Error('no tsconfig.json')
    const texts = new Map([
      [module, moduleText],
      [registry, registryText],
    ])
    const host = ts.createCompilerHost(config.options)
    const { getSourceFile, fileExists, readFile } = host
    host.fileExists = (path) => texts.has(path) || fileExists(path)
    host.readFile = (path) => texts.get(path) ?? readFile(path)
    host.getSourceFile = (path, options, ...rest) => {
      const text = texts.get(path)
      if (text !== undefined) return ts.createSourceFile(path, text, options)
      return last?.getSourceFile(path) ?? getSourceFile(path, options, ...rest)
    }
    last = ts.createProgram([...config.fileNames, module], config.options, host, last)
    const asked = files === 'all' ? [undefined] : [module, registry].map((path) => last?.getSourceFile(path))
    return asked
      .flatMap((file) => last?.getSemanticDiagnostics(file) ?? [])
      .map((one) => ts.flattenDiagnosticMessageText(one.messageText, '\n'))
  }

  beforeAll(() => {
    checked.set('whole', compile(MODULE, entered, 'all'))
    checked.set('registry', compile(MODULE, read('src/sites/registry.ts'), 'both'))
    for (const part of listed)
      checked.set(part, compile(MODULE.replace(new RegExp(`^  ${part}: .*\\n`, 'm'), ''), entered, 'both'))
  }, 300_000)

  test('compiles with the module and its entry in the registry, and nothing else', () => {
    expect(checked.get('whole')).toEqual([])
  })

  test('does not compile without its entry', () => {
    expect(checked.get('registry')?.join('\n')).toContain("'ts-event-label'")
  })

  test.each(listed)('does not compile without its `%s`', (part) => {
    expect(checked.get(part)?.join('\n')).toContain(`'${part}'`)
  })

  test('the step lists all that does not compile without', () => {
    const properties = [...MODULE.matchAll(/^ {2}(\w+): /gm)].map((found) => found[1])
    expect(listed.toSorted()).toEqual(
      properties.filter((one) => one !== 'id' && one !== 'template').toSorted(),
    )
  })
})

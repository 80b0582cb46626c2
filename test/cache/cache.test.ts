import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openCache } from '../../src/cache/cache.js'
import { cacheFolder } from '../../src/cache/folder.js'
import { project } from '../support/fixtures.js'

/** Whether the disk takes half of what is written and no more. */
let isFull = false
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return {
    ...fs,
    writeFileSync(...of: Parameters<typeof fs.writeFileSync>) {
      const [file, data] = of
      if (!isFull || typeof file !== 'number') return fs.writeFileSync(...of)
      fs.writeFileSync(file, (data as Buffer).subarray(0, 5))
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    },
  }
})

const isRoot = process.getuid?.() === 0
const STRANGER = 4242
let base: string
let home: string
let folder: string

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'cache-'))
  home = join(base, 'home')
  folder = join(home, 'cachibot-ws')
  isFull = false
})
afterEach(() => {
  if (existsSync(folder)) chmodSync(folder, 0o700)
  rmSync(base, { recursive: true, force: true })
})

const curtain = Buffer.from('the curtain rises')
const open = (bound?: number) => openCache('trees', folder, bound)
const entry = (key = 'a1') => join(folder, 'trees', key)

test('what was written is read by another run, aligned', () => {
  open().write('a1', curtain)
  const read = open().read('a1')
  expect(read).toEqual(curtain)
  expect((read?.byteOffset ?? 1) % 8).toBe(0)
  expect(open().read('a2')).toBeUndefined()
  expect(openCache('code', folder).read('a1')).toBeUndefined()
})

test('an empty entry is one', () => {
  open().write('a1', Buffer.alloc(0))
  expect(open().read('a1')).toEqual(Buffer.alloc(0))
})

test.skipIf(process.platform === 'win32')('only its user can look into it', () => {
  open().write('a1', curtain)
  expect(lstatSync(folder).mode & 0o777).toBe(0o700)
  expect(lstatSync(entry()).mode & 0o777).toBe(0o600)
})

describe('a damaged entry is not there, and written anew:', () => {
  const flip = (at: number) => {
    const content = readFileSync(entry())
    content[at] = (content[at] ?? 0) ^ 1
    writeFileSync(entry(), content)
  }
  const another = () => {
    open().write('a2', curtain)
    rmSync(entry())
  }
  test.each<[string, () => void]>([
    ['a bit of the bytes', () => flip(40)],
    ['a bit of the checksum', () => flip(3)],
    ['cut in the bytes', () => truncateSync(entry(), 40)],
    ['cut in the checksum', () => truncateSync(entry(), 10)],
    ['emptied', () => truncateSync(entry(), 0)],
    ['longer', () => writeFileSync(entry(), 'x', { flag: 'a' })],
    [
      "another key's",
      () => {
        another()
        writeFileSync(entry(), readFileSync(entry('a2')))
      },
    ],
    [
      'a link',
      () => {
        another()
        symlinkSync(entry('a2'), entry())
      },
    ],
  ])('%s', (_, damage) => {
    open().write('a1', curtain)
    damage()
    expect(open().read('a1')).toBeUndefined()
    open().write('a1', curtain)
    expect(open().read('a1')).toEqual(curtain)
  })
})

describe('nothing is kept, and nothing fails,', () => {
  const withMode = (mode: number) => {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, mode)
  }
  const ofStranger = (path: string) => {
    mkdirSync(path, { recursive: true })
    chownSync(path, STRANGER, STRANGER)
  }
  test.each<[string, () => void]>([
    [
      'where a file is in the way',
      () => {
        mkdirSync(home)
        writeFileSync(folder, '')
      },
    ],
    [
      'where a file is in the place of the kind',
      () => {
        withMode(0o700)
        writeFileSync(join(folder, 'trees'), '')
      },
    ],
    ['where a folder is in the place of the entry', () => mkdirSync(entry(), { recursive: true })],
    ['where others can write', () => withMode(0o777)],
    [
      'behind a link',
      () => {
        mkdirSync(home)
        symlinkSync(base, folder)
      },
    ],
  ])('%s', (_, prepare) => {
    prepare()
    open().write('a1', curtain)
    expect(open().read('a1')).toBeUndefined()
  })

  test.runIf(isRoot)('in a folder of another user', () => {
    ofStranger(folder)
    open().write('a1', curtain)
    expect(readdirSync(folder)).toEqual([])
  })

  test.runIf(isRoot)('in the home of another user', () => {
    ofStranger(home)
    open().write('a1', curtain)
    expect(readdirSync(home)).toEqual([])
  })

  test.skipIf(isRoot || process.platform === 'win32')('in a folder that is read-only', () => {
    withMode(0o500)
    open().write('a1', curtain)
    expect(open().read('a1')).toBeUndefined()
  })

  test('on a full disk', () => {
    isFull = true
    open().write('a1', curtain)
    expect(readdirSync(join(folder, 'trees'))).toEqual([])
  })

  test('where nothing is to be kept', () => {
    const none = openCache('trees', cacheFolder({ CACHIBOT_WS_CACHE: '0', HOME: base }))
    none.write('a1', curtain)
    expect(none.read('a1')).toBeUndefined()
    expect(readdirSync(base)).toEqual([])
  })

  test('of what is larger than half of everything', () => {
    open(30).write('a1', curtain)
    expect(open().read('a1')).toBeUndefined()
  })
})

describe('the oldest goes out', () => {
  const bound = 8 * 1024
  const kib = Buffer.alloc(1024)
  const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  /** Seven entries, the first of which is the oldest by a day, or more. */
  const fill = () => {
    for (const [days, key] of keys.entries()) {
      open(bound).write(key, kib)
      const time = new Date(Date.now() - (20 - days) * 86_400_000)
      utimesSync(entry(key), time, time)
    }
  }
  const left = () => readdirSync(join(folder, 'trees')).sort()

  test('where the room is needed, for one of any kind', () => {
    fill()
    openCache('code', folder, bound).write('h', Buffer.alloc(2048))
    expect(left()).toEqual(['e', 'f', 'g'])
  })

  test('and what was read today is not the oldest', () => {
    fill()
    expect(open().read('a')).toEqual(kib)
    open(bound).write('h', kib)
    expect(left()).toEqual(['a', 'e', 'f', 'g', 'h'])
  })

  test('and never is more kept than the bound', () => {
    const cache = open(bound)
    for (let index = 0; index < 50; index++) {
      cache.write(`k${index}`, kib)
      const taken = left().reduce((sum, name) => sum + lstatSync(entry(name)).size, 0)
      expect(taken).toBeLessThanOrEqual(bound)
    }
  })
})

test('two runs that write the same entries leave each of them whole', async () => {
  const script = join(base, 'write.mjs')
  for (const name of ['cache', 'folder']) {
    const text = readFileSync(join(project, 'src', 'cache', `${name}.ts`), 'utf8')
    const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }
    const { outputText } = ts.transpileModule(text, { compilerOptions: options })
    writeFileSync(join(base, `${name}.mjs`), outputText.replaceAll("/folder.js'", "/folder.mjs'"))
  }
  writeFileSync(
    script,
    `import { openCache } from './cache.mjs'
     const cache = openCache('trees', process.argv[2], 256 * 1024)
     for (let round = 0; round < 300; round++) {
       const key = 'k' + (round % 9)
       const read = cache.read(key)
       if (read !== undefined && !read.every((byte) => byte === read[0])) process.exit(1)
       cache.write(key, Buffer.alloc(1024 * (1 + (round % 40)), Number(process.argv[3])))
     }`,
  )
  const codes = await Promise.all(
    ['1', '2'].map((name) => {
      const run = spawn(process.execPath, [script, folder, name], { stdio: 'inherit' })
      return new Promise((resolve) => run.on('exit', resolve))
    }),
  )
  expect(codes).toEqual([0, 0])
  const names = readdirSync(join(folder, 'trees'))
  expect(names.length).toBeGreaterThan(0)
  for (const name of names) expect(open().read(name)?.length).toBeGreaterThan(0)
})

test('a folder is where the system keeps caches', () => {
  const env = { HOME: '/home/ada' }
  expect(cacheFolder({ ...env, XDG_CACHE_HOME: '/var/x' }, 'darwin')).toBe('/var/x/cachibot-ws')
  expect(cacheFolder({ ...env, XDG_CACHE_HOME: 'relative' }, 'linux')).toBe('/home/ada/.cache/cachibot-ws')
  expect(cacheFolder({ ...env, XDG_CACHE_HOME: '' }, 'linux')).toBe('/home/ada/.cache/cachibot-ws')
  expect(cacheFolder(env, 'darwin')).toBe('/home/ada/Library/Caches/cachibot-ws')
  expect(cacheFolder({ ...env, LOCALAPPDATA: '/c/Local' }, 'win32')).toBe('/c/Local/cachibot-ws')
  expect(cacheFolder({ HOME: 'relative' }, 'linux')).toBeUndefined()
})

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname } from 'node:path'
import { cachedDataVersionTag } from 'node:v8'
import { Script } from 'node:vm'
import type { Cache } from '../cache/cache.js'
import { type CodeEntry, MOST_USES, parseEntry, printEntry } from './entry.js'

/**
 * Has the chunks that are required from now on compiled from what V8 made of them in earlier runs. Their names hold a
 * hash of what is in them, and the key says what V8 is and how it was told to work: an entry fits or is not found.
 *
 * Chunks are ASCII, which the build sees to.
 *
 * @returns keeps what this run compiled for the next one of the same use; to be called when all is done
 */
export function cacheCode(require: NodeJS.Require, cache: Cache): (use: string) => void {
  const loaded: { readonly key: string; readonly script: Script; readonly known: CodeEntry | undefined }[] =
    []
  const { '.js': load } = require.extensions
  require.extensions['.cjs'] = (module, file) => {
    // V8 takes code for a text by its length alone.
    if (!HASHED.test(file)) return load(module, file)
    const key = `${basename(file)}-${process.version}-${process.arch}-${cachedDataVersionTag()}`
    const entry = parseEntry(cache.read(key))
    const script = new Script(wrap(readFileSync(file, 'latin1')), {
      filename: file,
      ...(entry === undefined ? {} : { cachedData: entry.code }),
    })
    loaded.push({ key, script, known: script.cachedDataRejected === true ? undefined : entry })
    const run = script.runInThisContext() as (...of: unknown[]) => void
    run.call(module.exports, module.exports, createRequire(file), module, file, dirname(file))
  }
  return (use) => {
    for (const { key, script, known } of loaded) {
      const uses = known?.uses ?? []
      if (uses.includes(use)) continue
      cache.write(
        key,
        printEntry({ code: script.createCachedData(), uses: [...uses, use].slice(-MOST_USES) }),
      )
    }
  }
}

/** A name that says what is in the file. */
const HASHED = /-[\w-]{8}\.cjs$/

/** As Node wraps a module, in one line: places in a stack trace are those of the file. */
function wrap(text: string): string {
  return `(function (exports, require, module, __filename, __dirname) { ${text}\n})`
}

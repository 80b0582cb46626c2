import { createRequire } from 'node:module'
import { openCache } from '../cache/cache.js'
import { cacheFolder } from '../cache/folder.js'
import { cacheCode } from './code.js'

/** The chunk that the program is in, and a hash of all that it is made of: the build knows them. */
declare const PROGRAM: string
declare const BUILD: string

/** A person left a question, which is a good end of a run. */
const LEFT = 130

/**
 * Where a process begins: runs the program, from code that was compiled before. What it is compiled to is kept behind the
 * answer, where a run ends by itself and did what it was asked.
 */
const require = createRequire(import.meta.url)
const keep = cacheCode(require, openCache('code', cacheFolder()))
const { main, useOf } = require(PROGRAM) as typeof import('../cli/main.js')
void main(BUILD).then(() => {
  const use = useOf(process.argv.slice(2))
  process.once('exit', (code) => {
    if (code <= 1 || code === LEFT) keep(use)
  })
})

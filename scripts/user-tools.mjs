/**
 * The tools that users of a CachiBot checkout run themselves, and what they find in it. A finding is a line
 * without its position, so that a change that only moves code shows no new one.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'

const exec = promisify(execFile)
const project = resolve(import.meta.dirname, '..')

/** Where the Python tools stand, or undefined where the set-up could not make them. */
export function pythonBin() {
  const bin = join(project, '.venv', 'bin')
  return existsSync(join(bin, 'ruff')) ? bin : undefined
}

/**
 * @typedef {{ tool: string, command: string, run: (root: string) => Promise<string[]> }} Tool
 * @param {{ root: string, backend: string }} checkout
 * @returns {{ tools: Tool[], missing: string[] }}
 */
export function userTools({ root, backend }) {
  const bin = pythonBin()
  const modules = join(root, 'frontend', 'node_modules')
  /** @type {Tool[]} */
  const tools = []
  const missing = []
  if (bin === undefined) missing.push('ruff, mypy: no .venv')
  else {
    const ruff = join(bin, 'ruff')
    const cache = mkdtempSync(join(tmpdir(), 'cachibot-ws-mypy-'))
    tools.push(
      lines('ruff check', ruff, ['check', '--no-cache', '--output-format', 'concise', backend], /:\d+:\d+: /),
      lines('ruff format', ruff, ['format', '--no-cache', '--check', backend], /^Would reformat/),
      lines(
        'mypy --strict',
        join(bin, 'mypy'),
        ['--strict', '--no-error-summary', '--cache-dir', cache, backend],
        /: error: /,
      ),
    )
  }
  if (!existsSync(modules)) missing.push('tsc, eslint: no frontend/node_modules')
  else {
    const frontend = join(root, 'frontend')
    tools.push(
      lines(
        'tsc',
        join(modules, '.bin', 'tsc'),
        ['--noEmit', '--pretty', 'false', '--incremental', 'false', '-p', 'tsconfig.json'],
        /error TS/,
        frontend,
      ),
      { tool: 'eslint', command: 'eslint src', run: () => eslint(modules, frontend) },
    )
  }
  return { tools, missing }

  /** @returns {Tool} */
  function lines(tool, file, args, pattern, cwd = root) {
    return {
      tool,
      command: [relative(project, file), ...args].join(' '),
      run: async () => {
        const output = await capture(file, args, cwd)
        return output
          .split(/\r?\n/)
          .filter((line) => pattern.test(line))
          .map(withoutPosition)
      },
    }
  }
}

/** Runs all tools, two at a time. @param {Tool[]} tools @returns {Promise<Map<string, string[]>>} */
export async function collectFindings(tools, root) {
  const found = new Map()
  const queue = [...tools]
  const work = async () => {
    for (let tool = queue.shift(); tool !== undefined; tool = queue.shift())
      found.set(tool.tool, await tool.run(root))
  }
  await Promise.all(Array.from({ length: Math.min(2, cpus().length) }, work))
  return found
}

/** Findings that are there more often than before. @param {string[]} before @param {string[]} after */
export function newFindings(before, after) {
  const left = [...before]
  return after.filter((finding) => {
    const index = left.indexOf(finding)
    if (index === -1) return true
    left.splice(index, 1)
    return false
  })
}

async function eslint(modules, frontend) {
  const output = await capture(join(modules, '.bin', 'eslint'), ['src', '--format', 'json'], frontend)
  const start = output.indexOf('[')
  if (start === -1) throw new Error(`eslint printed no JSON: ${output.slice(0, 500)}`)
  return JSON.parse(output.slice(start)).flatMap((file) =>
    file.messages.map(
      (message) => `${relative(frontend, file.filePath)}: ${message.ruleId ?? 'parse'}: ${message.message}`,
    ),
  )
}

async function capture(file, args, cwd) {
  try {
    const { stdout } = await exec(file, args, { cwd, maxBuffer: 64 * 1024 * 1024 })
    return stdout
  } catch (error) {
    if (typeof error.code !== 'number' || error.code > 2) throw error
    if (error.stdout === '' && error.stderr !== '')
      throw new Error(`${file} ${args.join(' ')}: ${error.stderr}`)
    return error.stdout
  }
}

function withoutPosition(line) {
  return line.replace(/:\d+(:\d+)?:/, ':').replace(/\(\d+,\d+\)/, '')
}

/**
 * Completes package-lock.json after an install from a registry that has only this platform's binaries: `npm ci`
 * refuses a lock file in which an optional dependency of a package is missing, whatever platform it is for.
 * Names tell the platform (`cli-darwin-arm64`, `binding-linux-x64-musl`); `npm ci` never fetches those of others.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

const path = resolve(import.meta.dirname, '..', 'package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8'))
const platform =
  /-(android|darwin|freebsd|linux|openharmony|win32)-(arm64|arm|ia32|ppc64|riscv64|s390x|x64)(?:-(\w+))?$/
let added = 0
for (const { optionalDependencies = {} } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const key = `node_modules/${name}`
    const [, os, cpu, abi] = platform.exec(name) ?? []
    if (lock.packages[key] !== undefined || os === undefined || !/^\d/.test(version)) continue
    const libc = abi?.startsWith('musl') ? ['musl'] : abi?.startsWith('gnu') ? ['glibc'] : undefined
    lock.packages[key] = {
      version,
      cpu: [cpu],
      dev: true,
      ...(libc === undefined ? {} : { libc }),
      optional: true,
      os: [os],
    }
    added++
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
lock.packages = Object.fromEntries(sorted)
writeFileSync(path, `${JSON.stringify(lock, undefined, 2)}\n`)
console.log(`${added} entries added`)

#!/usr/bin/env node
import v8 from 'node:v8'

// Compiling the parser's WebAssembly twice would cost more than it gains in a process this short.
v8.setFlagsFromString('--no-wasm-tier-up')
v8.setFlagsFromString('--no-wasm-dynamic-tiering')
const { main } = await import('../dist/cli/main.js')
await main()

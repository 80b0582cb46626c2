#!/usr/bin/env node
import v8 from 'node:v8'

// Compiling the parser's WebAssembly twice would cost more than it gains in a process this short.
v8.setFlagsFromString('--no-wasm-tier-up')
v8.setFlagsFromString('--no-wasm-dynamic-tiering')
// So would optimizing what runs for half a second: Node 20 begins with it early, later ones have a compiler in between.
if (process.versions.node.startsWith('20.')) v8.setFlagsFromString('--interrupt-budget=1000000')
const { main } = await import('../dist/cli/main.js')
await main()

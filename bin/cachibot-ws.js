#!/usr/bin/env node
import { createRequire } from 'node:module'
import v8 from 'node:v8'

// Compiling the parser's WebAssembly twice would cost more than it gains in a process this short. What V8 keeps of compiled
// code holds only for the flags it was compiled with: they are set before anything, and always the same.
v8.setFlagsFromString('--no-wasm-tier-up')
v8.setFlagsFromString('--no-wasm-dynamic-tiering')
// So would optimizing what runs for half a second: Node 20 begins with it early, later ones have a compiler in between.
if (process.versions.node.startsWith('20.')) v8.setFlagsFromString('--interrupt-budget=1000000')
createRequire(import.meta.url)('../dist/start.cjs')

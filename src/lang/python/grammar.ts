import vm from 'node:vm'
import type { Parser } from 'web-tree-sitter'
import { readAssetBytes, readDependency } from '../../workspace/assets.js'

/**
 * Loads tree-sitter with the grammar of Python, and does not wait: parsing is no promise, and a run that parses nothing
 * loads nothing. Only `Parser.init` waits, for promises that are kept already, which a context with a queue of its own
 * goes through at the end of a script.
 */
export function loadPythonParser(): Parser {
  const loaded: { parser?: Parser; error?: unknown } = {}
  const context = vm.createContext(
    {
      console,
      TextDecoder,
      module: { exports: {} },
      core: readDependency('web-tree-sitter/web-tree-sitter.wasm'),
      grammar: readAssetBytes('dist/tree-sitter-python.wasm'),
      loaded,
    },
    { microtaskMode: 'afterEvaluate' },
  )
  // In a function, or each of its variables is one of the context, which is slow to ask.
  vm.runInContext(`(() => {${readDependency('web-tree-sitter').toString('utf8')}\n})()`, context)
  vm.runInContext(START, context)
  if (loaded.parser === undefined) throw new Error('tree-sitter did not start', { cause: loaded.error })
  return loaded.parser
}

const START = `{
  const { Parser, Language } = module.exports
  const instantiateWasm = (imports, take) => {
    const wasm = new WebAssembly.Module(core)
    take(new WebAssembly.Instance(wasm, imports), wasm)
  }
  Parser.init({ instantiateWasm }).then(
    () => {
      loaded.parser = new Parser().setLanguage(Language.loadSync(new WebAssembly.Module(grammar)))
    },
  ).catch((error) => {
    loaded.error = error
  })
}`

import { Project, type SourceFile, ts } from 'ts-morph'
import type { Source } from '../../workspace/source.js'

/** A parsed TypeScript file. ts-morph locates only; nothing is ever written through it. */
export interface TsModule {
  readonly source: Source
  readonly file: SourceFile
  /** Offsets at which the parser found something that is not TypeScript. */
  readonly syntaxErrors: readonly number[]
}

/** Parses one file by itself: no tsconfig, no library files, no other file is looked at. */
export function parseTypeScript(source: Source): TsModule {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    skipAddingFilesFromTsConfig: true,
  })
  const file = project.createSourceFile(`/${source.path}`, source.text)
  const { parseDiagnostics } = file.compilerNode as unknown as { parseDiagnostics: readonly ts.Diagnostic[] }
  return { source, file, syntaxErrors: parseDiagnostics.map((one) => one.start ?? 0) }
}

/** Path aliases of a tsconfig: what an import begins with, and the folder it stands for. */
export function readPathAliases(
  source: Source,
  folder: string,
): readonly { prefix: string; folder: string }[] {
  const { config } = ts.parseConfigFileTextToJson(source.path, source.text) as { config?: unknown }
  const options = (
    config as { compilerOptions?: { baseUrl?: string; paths?: Record<string, string[]> } } | undefined
  )?.compilerOptions
  const base = options?.baseUrl ?? '.'
  return Object.entries(options?.paths ?? {}).flatMap(([pattern, targets]) => {
    const target = targets[0]
    if (target === undefined || !pattern.endsWith('*') || !target.endsWith('*')) return []
    const parts = `${folder}/${base}/${target.slice(0, -1)}`
      .split('/')
      .filter((part) => part !== '' && part !== '.')
    return [{ prefix: pattern.slice(0, -1), folder: parts.join('/') }]
  })
}

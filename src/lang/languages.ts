import type { Language } from './language.js'
import type { LanguageId } from './module.js'
import { python } from './python/language.js'
import { typescript } from './typescript/language.js'

/** Every language whose files are read and written. */
export const LANGUAGES: readonly Language[] = [python, typescript]

/** The language of a file by its name; undefined for one that is not read here, as that of the mobile app. */
export function languageOf(path: string): Language | undefined {
  return LANGUAGES.find(({ extensions, readExtensions }) =>
    [...extensions, ...readExtensions].some((extension) => path.endsWith(extension)),
  )
}

/** How the names of the files end that a command may write. */
export const WRITABLE: readonly string[] = LANGUAGES.flatMap(({ extensions }) => extensions)

/** Whether a file is written in a language. */
export function isOf(path: string, id: LanguageId): boolean {
  return languageOf(path)?.id === id
}

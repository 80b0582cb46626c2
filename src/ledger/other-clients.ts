import type { SurveyContext } from '../sites/site.js'

/** Folders of clients that are written in another language. */
const FOLDERS = ['mobile', 'desktop', 'app']

/** Whether another client of the repository names both an event and a key: what it sends is not looked into. */
export function isSentElsewhere({ repository }: SurveyContext, event: string, key: string): boolean {
  const texts = FOLDERS.flatMap((folder) =>
    repository
      .search(folder, ['.dart', '.swift', '.kt'], (text) => text.includes(event) || text.includes(key))
      .map((file) => repository.workspace.read(file).text),
  )
  const says = (word: string): boolean =>
    texts.some((text) => text.includes(`'${word}'`) || text.includes(`"${word}"`))
  return says(event) && says(key)
}

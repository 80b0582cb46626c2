import type { SurveyContext } from '../sites/site.js'
import type { Contract, WantedField } from './contract.js'

/** Folders of clients that are written in another language. */
const FOLDERS = ['mobile', 'desktop', 'app']

/** Keys of a request that the server reads and no client of the repository sends. */
export function findNeverAsked(context: SurveyContext, event: string, contract: Contract): WantedField[] {
  return contract.neverSent.filter((one) => !isSentElsewhere(context, event, one.key))
}

/** Whether another client of the repository names both an event and a key: what it sends is not looked into. */
function isSentElsewhere({ repository }: SurveyContext, event: string, key: string): boolean {
  const texts = FOLDERS.flatMap((folder) =>
    repository
      .search(folder, ['.dart', '.swift', '.kt'], (text) => text.includes(event) || text.includes(key))
      .map((file) => repository.workspace.read(file).text),
  )
  const says = (word: string): boolean =>
    texts.some((text) => text.includes(`'${word}'`) || text.includes(`"${word}"`))
  return says(event) && says(key)
}

import type { SurveyContext } from '../sites/site.js'
import { findNeverSent } from './case-twins.js'
import type { WantedField } from './contract.js'
import type { Row } from './row.js'

/** Folders of clients that are written in another language. */
const FOLDERS = ['mobile', 'desktop', 'app']

/** Keys of a request that the server reads and no client of the repository sends. */
export function findNeverAsked(row: Row): WantedField[] {
  const never = row.contract === undefined ? [] : findNeverSent(row.contract)
  return never.filter((one) => !isSentElsewhere(row.context, row.event, one.key))
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

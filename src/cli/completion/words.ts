/** What a shell asks when a word is to be completed; see `completion`. */
export const COMPLETE = '__complete'

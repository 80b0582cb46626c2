/** A word that can stand where one is completed. */
export interface Candidate {
  readonly word: string
  readonly description: string
}

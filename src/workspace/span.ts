/** A range of a text, by offsets in UTF-16 units: from the first character to behind the last one. */
export interface Span {
  readonly start: number
  readonly end: number
}

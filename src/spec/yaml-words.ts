import type { ErrorCode } from 'yaml'

/** What is wrong with a text, and what to do about it. */
export interface Words {
  readonly what: string
  readonly fix: string
}

/** What the parser means by each of its codes; its own words speak of how it works, and no user knows that. */
export const YAML_WORDS: Readonly<Record<ErrorCode, Words>> = {
  ALIAS_PROPS: { what: 'an alias has an anchor or a tag of its own', fix: 'write the `*name` alone' },
  BAD_ALIAS: {
    what: 'an anchor or an alias has no name',
    fix: 'put quotes around a text that begins with `&` or `*`',
  },
  BAD_COLLECTION_TYPE: { what: 'a tag does not fit what stands behind it', fix: 'take out the tag' },
  BAD_DIRECTIVE: { what: 'a line that begins with `%` is no directive', fix: 'take out the line' },
  BAD_DQ_ESCAPE: {
    what: 'a backslash in double quotes stands for no character',
    fix: 'double the backslash, or use single quotes',
  },
  BAD_INDENT: {
    what: 'a line is not indented like those that it belongs to, or a bracket is not closed',
    fix: 'align it with its neighbours, and close every bracket',
  },
  BAD_PROP_ORDER: {
    what: 'an anchor or a tag stands in front of a `-`, `?` or `:`',
    fix: 'put it behind that sign',
  },
  BAD_SCALAR_START: {
    what: 'a text begins with a sign that YAML keeps for itself',
    fix: 'put quotes around the text',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    what: 'a key stands where a value is, or below one that has a value already',
    fix: 'put quotes around a text that holds `: `, and align keys with each other',
  },
  BLOCK_IN_FLOW: {
    what: 'a key stands in brackets without a comma in front of it',
    fix: 'separate what is in the brackets with commas',
  },
  DUPLICATE_KEY: { what: 'a key stands there twice', fix: 'keep one of them' },
  IMPOSSIBLE: { what: 'it cannot be read from there on', fix: 'write the line anew' },
  KEY_OVER_1024_CHARS: { what: 'a key has more than 1024 characters', fix: 'use a shorter one' },
  MISSING_CHAR: {
    what: 'a quote, a bracket, a comma, a colon or a space is missing',
    fix: 'close what is open, and write `key: value` with a space',
  },
  MULTILINE_IMPLICIT_KEY: {
    what: 'a key has no `:` behind it in its line',
    fix: 'write `key: value` in one line',
  },
  MULTIPLE_ANCHORS: { what: 'a value has two anchors', fix: 'keep one of them' },
  MULTIPLE_DOCS: { what: 'a second document begins', fix: 'keep what stands in front of the `---` alone' },
  MULTIPLE_TAGS: { what: 'a value has two tags', fix: 'keep one of them' },
  NON_STRING_KEY: { what: 'a key is a list or a mapping', fix: 'use a text as the key' },
  RESOURCE_EXHAUSTION: { what: 'it is nested too deeply', fix: 'nest less' },
  TAB_AS_INDENT: { what: 'a line is indented with a tab', fix: 'use spaces' },
  TAG_RESOLVE_FAILED: { what: 'a tag does not fit its value', fix: 'take out the tag' },
  UNEXPECTED_TOKEN: {
    what: 'something stands where nothing can stand',
    fix: 'look for a sign too many, or an indent too few',
  },
}

/** What differs where brackets hold all of it, as in JSON: nothing there is told by its indent or its line. */
export const BRACKET_WORDS: Partial<Readonly<Record<ErrorCode, Words>>> = {
  BAD_INDENT: { what: 'a bracket is not closed', fix: 'close every bracket' },
  BLOCK_AS_IMPLICIT_KEY: { what: 'a comma is missing', fix: 'put one between two entries' },
  BLOCK_IN_FLOW: { what: 'a comma is missing', fix: 'put one between two entries' },
  MISSING_CHAR: {
    what: 'a quote, a bracket, a comma or a colon is missing',
    fix: 'close what is open, and put a comma between two entries',
  },
  MULTILINE_IMPLICIT_KEY: { what: 'a quote or a colon is missing', fix: 'write `"key": value`' },
  UNEXPECTED_TOKEN: {
    what: 'something stands where nothing can stand',
    fix: 'look for a comma, a quote or a bracket too many, or too few',
  },
}

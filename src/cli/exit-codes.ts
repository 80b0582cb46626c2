/** The exit codes of every command; `docs` and the help text are made from this table. */
export const EXIT_CODES = {
  0: 'done, nothing to do, or no error found',
  1: 'check found errors, or something was blocked',
  2: 'wrong anywhere: flag, spec, name, no CachiBot repository here',
  3: 'collides with what is here: a payload, a name, a change, another run',
  4: 'an answer is needed and nobody can be asked',
  5: 'I/O or internal error; files as they were unless it says otherwise',
  6: 'a file changed after a run was killed: a person must look',
  129: 'the terminal was closed, nothing written',
  130: 'interrupted or cancelled, nothing written',
  143: 'ended by SIGTERM, nothing written',
} as const

/** The same in a word or two, for the first page of help. */
export const EXIT_WORDS: Readonly<Record<keyof typeof EXIT_CODES, string>> = {
  0: 'done',
  1: 'errors found, or blocked',
  2: 'wrong input',
  3: 'collides',
  4: 'an answer is needed',
  5: 'I/O or internal',
  6: 'a person must look',
  129: 'closed',
  130: 'interrupted',
  143: 'ended',
}

/** The exit codes of every command; `docs` and the help text are made from this table. */
export const EXIT_CODES = {
  0: 'done, nothing to do, or no error found',
  1: 'check found errors, or something was blocked',
  2: 'wrong anywhere: flag, spec, name, no CachiBot repository here',
  3: 'collides with this repository: another payload, a taken name, a file that changed, another run',
  4: 'an answer is needed and nobody can be asked',
  5: 'I/O or internal error; the files are as they were, unless the error says otherwise',
  6: 'a person must look: a file changed after a run was killed; both texts are kept',
  129: 'the terminal was closed, nothing written',
  130: 'interrupted or cancelled, nothing written',
  143: 'ended by SIGTERM, nothing written',
} as const

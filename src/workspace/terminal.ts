import { closeSync, openSync } from 'node:fs'
import { isatty } from 'node:tty'

const STANDARD = [0, 1, 2]

/**
 * Makes it safe to end when the terminal is closed: Node 20 puts the modes of its terminals back at the end, and
 * aborts with a core dump where one is gone. To be called before anything is read.
 *
 * @returns lets go of the terminals that are gone; to be called last
 */
export function watchTerminals(): () => void {
  const terminals = STANDARD.filter((fd) => isatty(fd))
  return () => {
    for (const fd of terminals) {
      if (isatty(fd)) continue
      closeSync(fd)
      // The lowest free number is taken, which is the one that was just closed.
      openSync('/dev/null', 'r+')
    }
  }
}

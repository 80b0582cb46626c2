import type { Disk } from '../workspace/disk.js'

/** How long a run says nothing before it says that it is busy, in milliseconds. */
const PATIENCE = 500

/** A line at a terminal that says that a run is busy, from half a second on until it says something else. */
export class Progress {
  #read = 0
  #isShown = false
  #isStopped = false

  /**
   * @param show writes to a terminal as it is; undefined where there is none
   * @param elapsed milliseconds since the run began
   */
  constructor(
    private readonly show: ((text: string) => void) | undefined,
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  /** The disk, with what is read counted. */
  watch(disk: Disk): Disk {
    return {
      ...disk,
      read: (path, limit) => {
        this.#read += 1
        this.beat()
        return disk.read(path, limit)
      },
    }
  }

  /** To be called often: work that is never broken off leaves no timer its turn. */
  beat(): void {
    if (this.show === undefined || this.#isShown || this.#isStopped || this.elapsed() < PATIENCE) return
    this.#isShown = true
    this.show(`reading ${this.#read} files…`)
  }

  /** Takes the line away, for good. */
  stop(): void {
    if (this.#isShown && !this.#isStopped) this.show?.('\r\u001b[K')
    this.#isStopped = true
  }
}

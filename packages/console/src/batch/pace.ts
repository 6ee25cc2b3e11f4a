/** How fast a batch goes, by what came of late. */

interface Sample {
  /** Milliseconds of a clock that only goes forward. */
  readonly at: number
  readonly done: number
}

export interface Pace {
  /** Items a second; `null`: not known yet. */
  readonly rate: number | null
  /** Seconds until all are done; `null`: not known. */
  readonly restSeconds: number | null
}

const WINDOW_MS = 30_000
const LEAST_MS = 1_000

export interface PaceMeter {
  read(at: number, done: number, all: number): Pace
  /** Time passed in which nothing was asked: what came before tells nothing. */
  restart(): void
}

export function createPaceMeter(): PaceMeter {
  let samples: Sample[] = []
  return {
    read: (at, done, all) => {
      samples = [...samples.filter((sample) => at - sample.at <= WINDOW_MS), { at, done }]
      const [first = { at, done }] = samples
      const passed = at - first.at
      if (passed < LEAST_MS || done <= first.done) return { rate: null, restSeconds: null }
      const rate = ((done - first.done) * 1_000) / passed
      return { rate, restSeconds: Math.ceil((all - done) / rate) }
    },
    restart: () => {
      samples = []
    },
  }
}

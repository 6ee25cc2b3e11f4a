/**
 * How many may be under way so that nobody stays much longer than where few are. A thread that waits for its database is
 * idle, and still every further request makes all others wait there: how long they stay tells it, whatever they wait for.
 */
import type { Pace } from './loop-pace.ts'

/** Among so few nobody waits for another: how long they stay is what is usual. */
const FEW = 12
/** So many are let in however long they stay: a store that stops for a moment turns nobody away who would wait a moment. */
const LEAST = 32
/** How often as long as among few anybody may stay, by the mean of the last that left. */
const LONGEST = 2.5
/** How many stays a mean is of. */
const STAYS_OF_MEAN = 12
const LESS = 0.75
/** Of how many stays among few what is usual is made up: so that one that hung changes little, and a slower store is learnt. */
const STAYS_OF_USUAL = 32

export interface StayPace {
  readonly bound: Pace
  /** Tells how long one stayed (milliseconds) that was among so many, itself counted, when it came. */
  readonly hear: (stayedMs: number, among: number) => void
}

/**
 * So many at most; three quarters of them where those who left last stayed too long, one more where they did not. What
 * is usual is learnt from those who come among few; while a load lasts, what was learnt before it holds.
 */
export function createStayPace(most: number): StayPace {
  let bound = most
  let usual = Number.POSITIVE_INFINITY
  let learnt = 0
  let sum = 0
  let count = 0
  const learn = (stayed: number): void => {
    learnt += 1
    // The first are those of a process that has just started: the shortest of them is the likeliest.
    usual = learnt <= STAYS_OF_USUAL ? Math.min(usual, stayed) : usual + (stayed - usual) / STAYS_OF_USUAL
  }
  const judge = (mean: number): void => {
    bound =
      mean > LONGEST * usual
        ? Math.max(Math.min(LEAST, most), Math.floor(bound * LESS))
        : Math.min(most, bound + 1)
  }
  return {
    bound: () => bound,
    hear: (stayed, among) => {
      if (among <= FEW) learn(stayed)
      sum += stayed
      count += 1
      if (count < STAYS_OF_MEAN) return
      judge(sum / count)
      sum = 0
      count = 0
    },
  }
}

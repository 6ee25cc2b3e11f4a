/**
 * How many may be under way so that nobody waits long. Where the one thread of this process is what all wait for, more
 * at once only make everyone late; where they wait for a node or a database, it is idle, and more at once are answered.
 * What npm has for it is Fastify's own, or asks by a timer how late it is: Node itself tells how busy the thread is.
 */
import { performance as nodePerformance } from 'node:perf_hooks'

/** Time between two looks, and the shortest time that a share is taken of. */
const WINDOW_MS = 50
/** Share of a window in which the thread worked: beyond it there is no time left for others. */
const SATURATED = 0.9
/** As many keep the thread and the store busy; more of them wait for each other alone. Measured: README.md of the verifier. */
const MOST_SATURATED = 12

/** How much the thread worked since the last look, from 0 to 1. */
export type ReadLoopShare = () => number

/** How many may be under way now. */
export type Pace = () => number

/**
 * So many at most; while the thread is saturated, {@link MOST_SATURATED}. Once it has time again, twice as many for each
 * window. Nothing runs between two calls.
 *
 * @param clock milliseconds that only go forward
 */
export function createPace(
  most: number,
  readShare: ReadLoopShare = createLoopReader(),
  clock: () => number = () => performance.now(),
): Pace {
  let bound = most
  let lookedAt = clock()
  return () => {
    const now = clock()
    if (now - lookedAt < WINDOW_MS) return bound
    lookedAt = now
    bound = Math.min(most, readShare() > SATURATED ? MOST_SATURATED : 2 * bound)
    return bound
  }
}

function createLoopReader(): ReadLoopShare {
  let before = nodePerformance.eventLoopUtilization()
  return () => {
    const now = nodePerformance.eventLoopUtilization()
    const { utilization } = nodePerformance.eventLoopUtilization(now, before)
    before = now
    return utilization
  }
}

/** How a batch gives way: whoever asks for one verification waits for its answer, and nobody waits for the next item of a batch. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Exchange, LoadGate } from '@hefu/service'

/** So long after somebody asked others may be about to. */
const OTHERS_FOR_MS = 250
const LEAST_REST_MS = 10
const MOST_REST_MS = 1_000

export interface BatchShare {
  /** The same gate; it is seen who comes to it. */
  readonly load: LoadGate
  /** Whether others were there a moment ago. */
  readonly hasOthers: () => boolean
  /** While others are there, as long as the work before took: half the time is theirs. */
  readonly giveWay: (tookMs: number) => Promise<void>
}

/**
 * @param isBatch whether a request is itself one that gives a batch
 * @param clock milliseconds that only go forward
 */
export function createBatchShare(
  { turnAway, gate }: LoadGate,
  isBatch: (exchange: Exchange) => boolean,
  clock: () => number = () => performance.now(),
): BatchShare {
  let seenAt = Number.NEGATIVE_INFINITY
  const hasOthers = (): boolean => clock() - seenAt < OTHERS_FOR_MS
  return {
    load: {
      // Also who is turned away: that there is no place is one more reason to give way.
      turnAway: (exchange, known) => {
        if (!isBatch(exchange)) seenAt = clock()
        return turnAway(exchange, known)
      },
      gate,
    },
    hasOthers,
    giveWay: async (tookMs) => {
      if (hasOthers()) await pause(Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, tookMs)))
    },
  }
}

/**
 * Readings that the store was told to commit, and did not answer for in time: whoever waited was answered 503, and what
 * was written may stand all the same. The record says so itself, in a row of its own behind them.
 */
import type { Insertable } from 'kysely'
import type { VerifierSchema } from './schema.ts'

type Reading = Insertable<VerifierSchema['reading']>

/**
 * Writes a group, and what is to be told of groups before it.
 *
 * @param told rows that say of readings that nobody was answered
 * @param tellSent is called when the store is told to commit: from then on it is not known whether the group stands
 */
type WriteGroup = (told: readonly Reading[], tellSent: () => void) => Promise<void>

export interface UnansweredReadings {
  /** Writes the group of these readings; `givenUp`: nobody waits for them any more. @throws what `write` throws */
  during(readings: readonly Reading[], givenUp: AbortSignal, write: WriteGroup): Promise<void>
}

/** What a store that hangs can leave in minutes. What comes beyond is not told of: its evidence may stand alone. */
const MOST_HELD = 4_096
/** As many as a statement has room for. */
const MOST_TOLD = 256

/** They are held by this process, and told of by its next group that goes through; who ends before tells of none. */
export function createUnansweredReadings(): UnansweredReadings {
  const held: Reading[] = []
  const hold = (readings: readonly Reading[]): void => {
    held.push(...readings.slice(0, MOST_HELD - held.length))
  }
  return {
    during: async (readings, givenUp, write) => {
      // Each group has its own: one that was given up may still be under way while the next is written.
      const told = held.splice(0, MOST_TOLD)
      const news = readings.map(toUnanswered)
      let isSent = false
      let isHeld = false
      const holdOnce = (): void => {
        if (isHeld) return
        isHeld = true
        hold(isSent ? [...told, ...news] : told)
      }
      givenUp.addEventListener('abort', holdOnce, { once: true })
      try {
        await write(told, () => {
          isSent = true
        })
      } catch (error) {
        holdOnce()
        throw error
      }
    },
  }
}

/** As it was written, but that nothing was shown. */
function toUnanswered(reading: Reading): Reading {
  return { ...reading, kind: 'unanswered', shown: 'nothing' }
}

/** How often an address was refused of late: who only guesses is not listened to for a while. */
import { firstOf } from '../first-of.ts'

export interface RefusedTries {
  /** Seconds until the address is listened to again; 0: it is. `now`: Unix seconds. */
  wait(address: string, now: number): number
  count(address: string, now: number): void
}

const PERIOD_SECONDS = 60
const MOST_ADDRESSES = 10_000

interface Tries {
  readonly endsAt: number
  count: number
}

/** So many tries a minute and address; of the addresses the newest ten thousand. */
export function createRefusedTries(most: number): RefusedTries {
  const tries = new Map<string, Tries>()
  const openOf = (address: string, now: number): Tries | undefined => {
    const found = tries.get(address)
    return found !== undefined && found.endsAt > now ? found : undefined
  }
  return {
    wait: (address, now) => {
      const open = openOf(address, now)
      return open !== undefined && open.count >= most ? open.endsAt - now : 0
    },
    count: (address, now) => {
      const open = openOf(address, now)
      if (open !== undefined) {
        open.count += 1
        return
      }
      tries.delete(address)
      const oldest = tries.size < MOST_ADDRESSES ? undefined : firstOf(tries.keys(), () => true)
      if (oldest !== undefined) tries.delete(oldest)
      tries.set(address, { endsAt: now + PERIOD_SECONDS, count: 1 })
    },
  }
}

/** How often a person may try to sign in: passwords of twelve characters are not guessed at this pace. */

export interface Tries {
  /** Counts a try; `false`: there were too many within the last minute, and this one is not looked at. */
  take(who: string): boolean
  /** The one that was taken last was right: who knows guesses nothing, however often they sign in. */
  giveBack(who: string): void
}

const MINUTE_MS = 60_000

/**
 * Counts by whom it is tried to be, and over all of them.
 *
 * @param known those that can be tried at all: no other is counted by itself, so that what is kept is bounded
 * @param now Unix milliseconds
 */
export function createTries(
  known: readonly string[],
  { ofOne, ofAll }: { readonly ofOne: number; readonly ofAll: number },
  now: () => number = Date.now,
): Tries {
  const all: number[] = []
  const each = new Map<string, number[]>(known.map((one) => [one, []]))
  return {
    take: (who) => {
      const one = each.get(who) ?? []
      for (const times of [all, one]) forgetBefore(times, now() - MINUTE_MS)
      if (all.length >= ofAll || one.length >= ofOne) return false
      for (const times of [all, one]) times.push(now())
      return true
    },
    giveBack: (who) => {
      all.pop()
      each.get(who)?.pop()
    },
  }
}

function forgetBefore(times: number[], moment: number): void {
  while (times.length > 0 && (times[0] ?? 0) <= moment) times.shift()
}

/** How far the time of a block may be from a verifier's clock: what is older or ahead of it says nothing of today. */

/** How old the newest block of a ledger or registry may be before its silence counts as "could not be checked". */
export const DEFAULT_MAX_LEDGER_AGE_SECONDS = 300

/**
 * How far a block may be ahead of the verifier's clock, or behind that of who signed what is anchored in it: validators'
 * clocks, and theirs, are never quite right.
 */
export const MAX_LEDGER_LEAD_SECONDS = 60

/** Why nothing is judged by a block. */
export type UntimelyBlock = 'ledger-stale' | 'ledger-ahead'

/**
 * What is wrong with the time of a block at `now` by the verifier's clock (Unix seconds); `null`: nothing.
 *
 * @example
 * ```ts
 * untimelinessOf({ time: now - 301 }, now, 300) // 'ledger-stale'
 * untimelinessOf({ time: now + 61 }, now, 300) // 'ledger-ahead'
 * untimelinessOf({ time: now + 60 }, now, 300) // null
 * ```
 */
export function untimelinessOf(
  { time }: { readonly time: number },
  now: number,
  maxAgeSeconds: number,
): UntimelyBlock | null {
  if (time > now + MAX_LEDGER_LEAD_SECONDS) return 'ledger-ahead'
  return time < now - maxAgeSeconds ? 'ledger-stale' : null
}

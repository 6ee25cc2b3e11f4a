/** Keys told apart, as many as JavaScript's own sets and maps hold: what is beyond is refused, and never passed over. */
import { AuditRefusedError } from './audit-error.ts'

/** Keys of one kind: a set ends at 2^24, and one event has fewer than 2^16. */
export const MOST_KEYS: number = 2 ** 24 - 2 ** 16

/** @throws {AuditRefusedError} `too-many` */
export function assertHeld(size: number, most: number = MOST_KEYS): void {
  if (size <= most) return
  throw new AuditRefusedError('too-many', `audit the ledger: of one kind there are over ${most} facts`)
}

/**
 * Each once.
 *
 * @throws {AuditRefusedError} `too-many`
 */
export function distinctKeys(keys: Iterable<string>, most: number = MOST_KEYS): ReadonlySet<string> {
  const distinct = new Set<string>()
  for (const key of keys) {
    distinct.add(key)
    assertHeld(distinct.size, most)
  }
  return distinct
}

/** Keys told apart, up to a bound: what is beyond is refused, and never passed over. */

import { digestKeys, placeKeys } from '../compact/compact-key.ts'
import { CountedKeys } from '../compact/counted-keys.ts'
import { agencyOf } from '../facts/facts.ts'
import { AuditRefusedError } from './audit-error.ts'

/** Keys of one kind that are held as texts: a set ends at 2^24, and one event has fewer than 2^16. */
export const MOST_KEYS: number = 2 ** 24 - 2 ** 16

/** Keys of one kind that are held as rows, some 40 bytes each: more than a nation has, and what a machine of 16 GB holds. */
export const MOST_ROWS: number = 2 ** 28

/** Of USCC and a number: status indices, or their words. */
export function countedPlaces(counts: number): CountedKeys {
  // An agency has a name for each 2^32 of its licences.
  return new CountedKeys(placeKeys, agencyOf, counts)
}

/** Of USCC and a digest: roots, or keys. */
export function countedDigests(counts: number): CountedKeys {
  return new CountedKeys(digestKeys, (agency) => agency, counts)
}

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

/**
 * What is kept of a batch over a reload of the page: its number at the service and when that ends. Neither a name nor a
 * case; and nothing that tells whose it is, but a mark by which nobody else takes it up.
 */
import { suite } from '@hefu/protocol'

export interface KeptNumber {
  readonly number: string
  /** Unix seconds. */
  readonly expiresAt: number
}

/** What is used of `sessionStorage`. */
export interface Keeper {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

const KEY = 'hefu.batches'
const ENTRY = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([0-9]{1,12}) ([\w-]{16})$/
const MOST_KEPT = 32

/** @param subject of whoever is signed in; the service has it, and no page keeps it */
export function keepNumbers(keeper: Keeper, kept: readonly KeptNumber[], subject: string): void {
  const lines = kept.map(({ number, expiresAt }) => `${number} ${expiresAt} ${markOf(number, subject)}`)
  try {
    keeper.setItem(KEY, lines.slice(0, MOST_KEPT).join('\n'))
  } catch {
    // A browser that keeps nothing takes nothing up.
  }
}

/**
 * Those that are not over, and were this person's. Whatever else stands there is nothing.
 *
 * @param now Unix seconds
 */
export function recallNumbers(keeper: Keeper, subject: string, now: number): readonly KeptNumber[] {
  return readLines(keeper).flatMap((line) => {
    const [, number = '', expiresAt = '0', mark] = ENTRY.exec(line) ?? []
    const isOwn = number !== '' && mark === markOf(number, subject) && Number(expiresAt) > now
    return isOwn ? [{ number, expiresAt: Number(expiresAt) }] : []
  })
}

export function forgetNumbers(keeper: Keeper): void {
  try {
    keeper.removeItem(KEY)
  } catch {
    // Then nothing was kept.
  }
}

function readLines(keeper: Keeper): readonly string[] {
  try {
    return (keeper.getItem(KEY) ?? '').split('\n', MOST_KEPT)
  } catch {
    return []
  }
}

function markOf(number: string, subject: string): string {
  return suite.sha256Base64url(`${number} ${subject}`).slice(0, 16)
}

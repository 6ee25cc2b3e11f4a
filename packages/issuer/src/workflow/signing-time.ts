/** When licences are signed: what a clock ahead of the ledger's dated would be rejected by every verifier, for good. */
import { DEFAULT_MAX_LEDGER_AGE_SECONDS, formatChinaTime, parseCredential } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import type { Batch } from '../journal/records.ts'
import { nowFor } from './ledger-time.ts'
import type { Office } from './office.ts'

type TimedOffice = Pick<Office, 'operator' | 'now' | 'onEvent'>

/** From when on a person is told; blocks come seconds apart. */
const TOLD_SECONDS = 30
/** Half of what verifiers bear of a licence signed after its anchor (receipt.md, step 8). */
const MOST_LEAD_SECONDS = 30

/**
 * The time to sign with, Unix seconds: the ledger's where this machine's clock is ahead of it, whether that is fast or
 * blocks are rare. While the ledger cannot be asked it is the clock's; `findEarly` looks before that is anchored.
 *
 * @throws {IssuerError} `clock-ahead` beyond the age at which verifiers say of a ledger that it stands still
 */
export async function signingTime(office: TimedOffice): Promise<number> {
  return Math.min(office.now(), await assertClock(office))
}

/**
 * Compares this machine's clock with the ledger's, before anything is signed, and tells of a difference.
 *
 * @throws {IssuerError} `clock-ahead`
 */
export async function compareClocks(office: TimedOffice): Promise<void> {
  const seconds = office.now() - (await assertClock(office))
  if (seconds > TOLD_SECONDS) office.onEvent?.({ event: 'clock-ahead', seconds })
}

/** @returns the ledger's time, or the clock's while it cannot be asked */
async function assertClock(office: TimedOffice): Promise<number> {
  const [ledger, own] = [await nowFor(office), office.now()]
  if (own - ledger <= DEFAULT_MAX_LEDGER_AGE_SECONDS) return ledger
  throw new IssuerError('clock-ahead', {
    seconds: own - ledger,
    clock: formatChinaTime(own),
    ledger: formatChinaTime(ledger),
  })
}

/**
 * The first batch that holds a licence signed later than its anchor could be: by a clock that was fast while the ledger
 * could not be asked.
 *
 * @returns its place among these, and the error that says so; `null`: none does
 * @throws {LedgerUnavailableError}
 */
export async function findEarly(
  { operator, journal }: Pick<Office, 'operator' | 'journal'>,
  batches: readonly Batch[],
): Promise<{ readonly place: number; readonly error: IssuerError } | null> {
  const ledger = await operator.readTime()
  for (const [place, batch] of batches.entries()) {
    const seconds = (await lastSigned(journal, batch)) - ledger
    if (seconds > MOST_LEAD_SECONDS)
      return { place, error: new IssuerError('signed-ahead', { root: batch.root, seconds }) }
  }
  return null
}

async function lastSigned(journal: Office['journal'], batch: Batch): Promise<number> {
  let last = 0
  for await (const { credential } of journal.licencesOf(batch))
    last = Math.max(last, parseCredential(credential).claims.iat)
  return last
}

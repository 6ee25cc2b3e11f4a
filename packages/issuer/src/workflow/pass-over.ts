/**
 * A signed batch that is given up: the journal says so first, then the ledger passes its indexes over. Of the anchor
 * that an earlier run may have sent and this call the ledger takes one alone, because both begin at its running count.
 */
import { LedgerRefusedError } from '@hefu/ledger'
import { LedgerUnavailableError } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import type { Batch } from '../journal/records.ts'
import { markIfAnchored } from './mark-anchored.ts'
import { markIfPassedOver } from './mark-passed-over.ts'
import type { Office } from './office.ts'

/**
 * Gives up the next batch that is not anchored. Its licences are never valid, its indexes never used. After an
 * interruption `finishBatches`, or this once more, goes on.
 *
 * @throws {IssuerError} `batch-unknown`, `batch-not-next`; `batch-anchored`: it stands, and nothing was given up
 * @throws {LedgerRefusedError}
 * @throws {LedgerUnavailableError}
 */
export async function giveUpBatch(office: Office, root: string): Promise<Batch> {
  const open = (await office.journal.unfinished()).filter(({ anchoredAt }) => anchoredAt === null)
  const batch = open.find((other) => other.root === root)
  if (batch === undefined) throw new IssuerError('batch-unknown', { root: root.slice(0, 80) })
  const [next] = open
  if (next !== undefined && next.root !== root)
    throw new IssuerError('batch-not-next', { root, next: next.root })
  if (await markIfAnchored(office, batch)) throw new IssuerError('batch-anchored', { root })
  if (batch.givenUpAt === null) await office.journal.giveUp(batch, office.now())
  if (await passOver(office, batch)) return batch
  throw new IssuerError('batch-anchored', { root })
}

/**
 * Has the ledger pass over the indexes of a batch that the journal gave up, once.
 *
 * @returns whether it did; else the batch is anchored, and given up no more
 * @throws {IssuerError} `indices-foreign` when another batch was anchored there
 * @throws {LedgerRefusedError}
 * @throws {LedgerUnavailableError}
 */
export async function passOver(office: Office, batch: Batch): Promise<boolean> {
  if (await markIfAnchored(office, batch)) return false
  if (await markIfPassedOver(office, batch)) return true
  const refusal = await send(office, batch)
  if (await markIfAnchored(office, batch)) return false
  if (await markIfPassedOver(office, batch)) return true
  throw refusal ?? goneAgain(batch)
}

/** It was mined for good, and is not there: the chain lost blocks between the two looks. */
function goneAgain({ root }: Batch): LedgerUnavailableError {
  const message = `pass over the batch ${root}: its block is no longer in the chain`
  return new LedgerUnavailableError('inconsistent', message)
}

/** A refusal is returned, not thrown: a transaction of an earlier run may have been mined first. */
async function send(
  { operator, agency }: Office,
  { firstIndex, size, root }: Batch,
): Promise<LedgerRefusedError | null> {
  try {
    await operator.send(`pass-over:${root}`, { kind: 'pass-over', issuer: agency, firstIndex, size })
    return null
  } catch (error) {
    if (error instanceof LedgerRefusedError) return error
    throw error
  }
}

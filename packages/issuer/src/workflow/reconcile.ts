/** Whether the chain still has what the journal says that it has: after it lost blocks, some of it waits again. */
import type { OperatorReading } from '@hefu/ledger'
import type { Journal } from '../journal/journal.ts'
import type { Batch } from '../journal/records.ts'
import type { OnEvent } from './events.ts'

/** An office as far as it looks and sends nothing: no key is needed for it. */
export interface ReadingOffice {
  readonly agency: string
  readonly journal: Journal
  readonly operator: Pick<OperatorReading, 'reopenLost' | 'findAnchor' | 'nextIndex'>
  readonly onEvent?: OnEvent
}

/**
 * Takes back in the journal what the chain has no more, or not for good any more: entries, anchors, and what was passed
 * over. It is sent again by whoever finishes.
 *
 * @throws {LedgerUnavailableError}
 */
export async function reconcile(office: ReadingOffice): Promise<void> {
  await office.operator.reopenLost()
  await takeBackAnchors(office)
  await takeBackPassOvers(office)
}

/** From the newest back to the first that stands where it stood: each begins where the one before it ended. */
async function takeBackAnchors({ agency, journal, operator, onEvent }: ReadingOffice): Promise<void> {
  let batch = await journal.lastAnchoredBefore(Number.MAX_SAFE_INTEGER)
  while (batch !== null) {
    const fact = await operator.findAnchor(agency, batch.root)
    if (fact !== null && isWhereItWas(fact, batch)) return
    if (fact === null) {
      await journal.takeAnchorBack(batch)
      onEvent?.({ event: 'batch-lost', root: batch.root, size: batch.size })
    } else {
      await journal.markAnchored(batch, fact.anchoredAt, fact.blockNumber)
    }
    batch = await journal.lastAnchoredBefore(batch.firstIndex)
  }
}

function isWhereItWas(
  fact: { readonly anchoredAt: number; readonly blockNumber: number },
  { anchoredAt, blockNumber }: Batch,
): boolean {
  return fact.anchoredAt === anchoredAt && fact.blockNumber === blockNumber
}

async function takeBackPassOvers({ agency, journal, operator, onEvent }: ReadingOffice): Promise<void> {
  let batch = await journal.lastPassedOver()
  if (batch === null) return
  const used = await operator.nextIndex(agency)
  while (batch !== null && used < batch.firstIndex + batch.size) {
    await journal.takePassOverBack(batch)
    onEvent?.({ event: 'batch-lost', root: batch.root, size: batch.size })
    batch = await journal.lastPassedOver()
  }
}

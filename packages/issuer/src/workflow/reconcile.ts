/**
 * Whether the chain has what the journal says that it has, and nothing else: after it lost blocks some of it waits again,
 * and what a process sent that was killed before it noted so stands.
 */
import type { OperatorReading } from '@hefu/ledger'
import type { Journal } from '../journal/journal.ts'
import type { Batch } from '../journal/records.ts'
import type { OnEvent } from './events.ts'
import { markIfAnchored } from './mark-anchored.ts'
import { markIfPassedOver } from './mark-passed-over.ts'

/** An office as far as it looks and sends nothing: no key is needed for it. */
export interface ReadingOffice {
  readonly agency: string
  readonly journal: Journal
  readonly operator: Pick<
    OperatorReading,
    'reopenLost' | 'settleMined' | 'findAnchor' | 'nextIndex' | 'isAnchoredIndex'
  >
  readonly now: () => number
  readonly onEvent?: OnEvent
}

/**
 * Takes back in the journal what the chain has no more, or not for good any more: entries, anchors, and what was passed
 * over. It is sent again by whoever finishes. Then notes what the chain has for good and the journal does not know of.
 *
 * @throws {IssuerError} `anchor-conflict`, `indices-foreign`
 * @throws {LedgerUnavailableError}
 */
export async function reconcile(office: ReadingOffice): Promise<void> {
  await office.operator.reopenLost()
  await takeBackAnchors(office)
  await takeBackPassOvers(office)
  await noteEntries(office)
  await noteBatches(office)
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

async function noteEntries({ journal, operator, onEvent }: ReadingOffice): Promise<void> {
  const waited = await journal.waitingEntries()
  await operator.settleMined()
  if (waited.length === 0) return
  const waiting = new Set((await journal.waitingEntries()).map(({ number }) => number))
  for (const { number, digest, call, licenceIds } of waited) {
    if (waiting.has(number)) continue
    const settlement = (await journal.findEntry(digest))?.settlement
    const told = { number, entry: call.kind, licences: licenceIds.length }
    if (settlement) onEvent?.({ event: 'entry-stands', ...told, blockNumber: settlement.blockNumber })
  }
}

/** In their order, up to the first that the ledger does not have: it takes none before those in front of it. */
async function noteBatches(office: ReadingOffice): Promise<void> {
  for (const batch of await office.journal.unfinished()) {
    if (batch.anchoredAt !== null || (await markIfAnchored(office, batch))) continue
    if (batch.givenUpAt === null || !(await markIfPassedOver(office, batch))) return
  }
}

/**
 * The agency's journal: every accepted licence and every sealed batch. A licence is recorded, then batched,
 * anchored and bundled; each step is committed before the next one begins, so that a process that is killed
 * anywhere leaves a state from which `finishBatches` goes on.
 */
import {
  createMerkleTree,
  encodeHex,
  type LedgerIdentity,
  type MerkleTree,
  rootOf,
  type Suite,
} from '@hefu/protocol'
import type { Store } from '@hefu/service'
import type { Kysely } from 'kysely'
import { IssuerError } from '../error/issuer-error.ts'
import {
  type BatchedLicences,
  countLicences,
  endOfBatches,
  findLicences,
  givenUpRanges,
  insertBatch,
  insertLicences,
  lastBatchUpTo,
  leafHashesOf,
  licencesOf,
  nextStatusIndex,
  unfinishedBatches,
  updateBatch,
} from './queries.ts'
import type { Batch, RecordedLicence } from './records.ts'
import type { JournalSchema } from './schema.ts'

/** How many licences stand at which step. */
export interface JournalCounts {
  readonly recorded: number
  readonly batched: number
  readonly anchored: number
  readonly bundled: number
  readonly givenUp: number
}

export interface Journal {
  /** The recorded licences with these identifiers, by identifier. */
  find(licenceIds: readonly string[]): Promise<ReadonlyMap<string, RecordedLicence>>
  /** The status index that the next licence gets. */
  nextStatusIndex(): Promise<number>
  /** Records licences, all or none. */
  record(licences: readonly RecordedLicence[]): Promise<void>
  /** Seals up to `maxSize` recorded licences into a batch; `null` when none is left. */
  seal(maxSize: number, sealedAt: number): Promise<Batch | null>
  /** The batches that are neither bundled nor passed over, oldest first. */
  unfinished(): Promise<readonly Batch[]>
  /** The tree of a batch, computed anew from its licences. */
  treeOf(batch: Batch): Promise<MerkleTree>
  /** The licences of a batch in the order of its leaves. */
  licencesOf(batch: Batch): AsyncGenerator<RecordedLicence>
  /** Also of one that was given up: what is anchored stands. */
  markAnchored(batch: Batch, anchoredAt: number, blockNumber: number): Promise<void>
  markBundled(batch: Batch, bundledAt: number): Promise<void>
  /** From now on the batch is not anchored any more, whatever comes between. */
  giveUp(batch: Batch, givenUpAt: number): Promise<void>
  markPassedOver(batch: Batch, passedOverAt: number): Promise<void>
  /** The status indexes of batches that were given up, range by range. */
  givenUpRanges(): Promise<readonly Pick<Batch, 'firstIndex' | 'size'>[]>
  /** Whether the batch that holds this status index is anchored. */
  isAnchored(statusIndex: number): Promise<boolean>
  counts(): Promise<JournalCounts>
  close(): Promise<void>
}

/**
 * The journal of one agency on one ledger.
 *
 * @throws {IssuerError} `journal-foreign` when the database is another's
 */
export async function createJournal(
  { db, flush, close }: Store<JournalSchema>,
  agency: string,
  ledger: LedgerIdentity,
  suite: Suite,
): Promise<Journal> {
  await assertOwner(db, agency, ledger)
  const treeOfRange = async (range: Pick<Batch, 'firstIndex' | 'size'>): Promise<MerkleTree> =>
    createMerkleTree(await leafHashesOf(db, range), suite)
  return {
    find: (licenceIds) => findLicences(db, licenceIds),
    nextStatusIndex: () => nextStatusIndex(db),
    record: (licences) => insertLicences(db, licences),
    seal: async (maxSize, sealedAt) => {
      const firstIndex = await endOfBatches(db)
      const size = Math.min(maxSize, (await nextStatusIndex(db)) - firstIndex)
      if (size === 0) return null
      const root = encodeHex(rootOf(await treeOfRange({ firstIndex, size })))
      await insertBatch(db, { firstIndex, size, root, sealedAt })
      await flush()
      return { ...UNTOUCHED, firstIndex, size, root, sealedAt }
    },
    unfinished: () => unfinishedBatches(db),
    treeOf: async (batch) => {
      const tree = await treeOfRange(batch)
      if (encodeHex(rootOf(tree)) === batch.root) return tree
      const reason = `the licences of the batch ${batch.root} no longer have its root`
      throw new IssuerError('journal-damaged', { reason })
    },
    licencesOf: (batch) => licencesOf(db, batch),
    markAnchored: async (batch, anchoredAt, blockNumber) => {
      await updateBatch(db, batch, {
        anchored_at: anchoredAt,
        block_number: blockNumber,
        given_up_at: null,
      })
      await flush()
    },
    markBundled: async (batch, bundledAt) => {
      await updateBatch(db, batch, { bundled_at: bundledAt })
      await flush()
    },
    giveUp: async (batch, givenUpAt) => {
      await updateBatch(db, batch, { given_up_at: givenUpAt })
      await flush()
    },
    markPassedOver: async (batch, passedOverAt) => {
      await updateBatch(db, batch, { passed_over_at: passedOverAt })
      await flush()
    },
    givenUpRanges: () => givenUpRanges(db),
    isAnchored: async (statusIndex) => {
      const batch = await lastBatchUpTo(db, statusIndex)
      return batch !== null && statusIndex < batch.firstIndex + batch.size && batch.anchoredAt !== null
    },
    counts: async () => {
      const recorded = (await nextStatusIndex(db)) - (await endOfBatches(db))
      return { recorded, ...countsOf(await countLicences(db)) }
    },
    close,
  }
}

/** What becomes of a batch after it was sealed: nothing yet. */
const UNTOUCHED = {
  anchoredAt: null,
  blockNumber: null,
  bundledAt: null,
  givenUpAt: null,
  passedOverAt: null,
} as const

async function assertOwner(db: Kysely<JournalSchema>, agency: string, ledger: LedgerIdentity): Promise<void> {
  const owner = await db.selectFrom('owner').selectAll().executeTakeFirst()
  if (owner === undefined) {
    const own = { agency, chain_id: ledger.chainId, ledger: ledger.address }
    await db.insertInto('owner').values(own).execute()
  } else if (
    owner.agency !== agency ||
    Number(owner.chain_id) !== ledger.chainId ||
    owner.ledger !== ledger.address
  ) {
    throw new IssuerError('journal-foreign', {
      agency: owner.agency,
      ledger: `eip155:${owner.chain_id}:${owner.ledger}`,
    })
  }
}

function countsOf(groups: readonly BatchedLicences[]): Omit<JournalCounts, 'recorded'> {
  const counts = { batched: 0, anchored: 0, bundled: 0, givenUp: 0 }
  for (const group of groups) counts[stepOf(group)] += group.licences
  return counts
}

function stepOf({ anchored, bundled, givenUp }: BatchedLicences): Exclude<keyof JournalCounts, 'recorded'> {
  if (givenUp) return 'givenUp'
  if (bundled) return 'bundled'
  return anchored ? 'anchored' : 'batched'
}

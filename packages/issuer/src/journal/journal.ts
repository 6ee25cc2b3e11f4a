/**
 * The agency's journal: every accepted licence and every sealed batch. A licence is recorded, then batched,
 * anchored and bundled; each step is committed before the next one begins, so that a process that is killed
 * anywhere leaves a state from which `finishBatches` goes on.
 */
import type { Outbox } from '@hefu/ledger'
import {
  createMerkleTree,
  encodeHex,
  type Hex,
  type LedgerIdentity,
  type MerkleTree,
  rootOf,
  type Suite,
} from '@hefu/protocol'
import type { Kysely } from 'kysely'
import { IssuerError } from '../error/issuer-error.ts'
import {
  countEntries,
  type EntryCounts,
  entriesBehind,
  findEntryByDigest,
  insertEntry,
  updateEntry,
  waitingEntries,
} from './entry-queries.ts'
import { createOutbox } from './outbox.ts'
import {
  type BatchedLicences,
  type BatchStep,
  countLicences,
  endOfBatches,
  findLicences,
  findSame,
  findVersions,
  givenUpRanges,
  insertBatch,
  insertLicences,
  insertRecovered,
  type LicenceVersion,
  lastAnchoredBefore,
  lastBatchUpTo,
  lastPassedOver,
  leafHashesOf,
  licencesOf,
  nextStatusIndex,
  replaceGaps,
  type SameLicence,
  unfinishedBatches,
  updateBatch,
} from './queries.ts'
import type {
  Batch,
  EntryRefusal,
  NewEntry,
  RecordedEntry,
  RecordedLicence,
  RecoveredBatch,
} from './records.ts'
import type { JournalSchema } from './schema.ts'
import type { SharedStore } from './shared-store.ts'

/** How many licences stand at which step. */
export interface JournalCounts {
  readonly recorded: number
  readonly batched: number
  readonly anchored: number
  readonly bundled: number
  readonly givenUp: number
}

/**
 * Every function is one step, and the journal is free for other processes between two; those that belong together are
 * made one by `alone`.
 */
export interface Journal {
  /** Runs `work`, and no step of another process, and no other `alone` of this one, comes between. */
  alone<T>(work: () => Promise<T>): Promise<T>
  /** What the operator's account sends. */
  outboxOf(account: Hex): Outbox
  /** The recorded licences with these identifiers, by identifier. */
  find(licenceIds: readonly string[]): Promise<ReadonlyMap<string, RecordedLicence>>
  /** Where recorded licences stand that are one of these, whatever their identifiers. */
  findSame(samenesses: readonly Uint8Array[]): Promise<readonly SameLicence[]>
  /** Where recorded licences stand that are versions of these, themselves among them. */
  findVersions(licenceIds: readonly string[]): Promise<readonly LicenceVersion[]>
  /** The status index that the next licence gets. */
  nextStatusIndex(): Promise<number>
  /** Records licences, and what is entered with them, all or none. */
  record(licences: readonly RecordedLicence[], entries?: readonly NewEntry[]): Promise<void>
  /** Writes down a licence and its batch as the ledger has them; whether the licence was not there yet. */
  recover(licence: RecordedLicence, batch: RecoveredBatch, at: number): Promise<boolean>
  /** Notes which indexes below `used` no batch holds, so that they are not given out, and returns how many they are. */
  closeGaps(used: number): Promise<number>
  /** Seals up to `maxSize` recorded licences into a batch; `null` when none is left. */
  seal(maxSize: number, sealedAt: number): Promise<Batch | null>
  /** The batches that are neither bundled nor passed over, oldest first. */
  unfinished(): Promise<readonly Batch[]>
  /** The tree of a batch, computed anew from its licences. */
  treeOf(batch: Batch): Promise<MerkleTree>
  /** The licences of a batch in the order of its leaves. */
  licencesOf(batch: Batch): AsyncGenerator<RecordedLicence>
  /** Also of one that was given up: what is anchored stands. Its bundle files stay, for their receipts name no block. */
  markAnchored(batch: Batch, anchoredAt: number, blockNumber: number): Promise<void>
  markBundled(batch: Batch, bundledAt: number): Promise<void>
  /** From now on the batch is not anchored any more, whatever comes between. */
  giveUp(batch: Batch, givenUpAt: number): Promise<void>
  markPassedOver(batch: Batch, passedOverAt: number): Promise<void>
  /** The newest anchored batch that begins before an index. */
  lastAnchoredBefore(firstIndex: number): Promise<Batch | null>
  lastPassedOver(): Promise<Batch | null>
  /** The chain has its anchor no more: it waits again. */
  takeAnchorBack(batch: Batch): Promise<void>
  /** The chain has its passing over no more: it waits again. */
  takePassOverBack(batch: Batch): Promise<void>
  /** The status indexes of batches that were given up, range by range. */
  givenUpRanges(): Promise<readonly Pick<Batch, 'firstIndex' | 'size'>[]>
  /** The batch that holds this status index. */
  batchOf(statusIndex: number): Promise<Batch | null>
  /** Whether the batch that holds this status index is anchored. */
  isAnchored(statusIndex: number): Promise<boolean>
  counts(): Promise<JournalCounts>
  /** Writes an entry down behind all others, before anything of it is sent. */
  enter(entry: NewEntry): Promise<RecordedEntry>
  /** The newest entry of a digest. */
  findEntry(digest: string): Promise<RecordedEntry | null>
  /** Those that neither stand nor were refused, in their order. */
  waitingEntries(): Promise<readonly RecordedEntry[]>
  /** Those behind this number that were not refused. */
  entriesBehind(number: number): Promise<readonly RecordedEntry[]>
  /** When an entry takes effect, once the ledger was asked what is now. */
  fixEffect(entry: RecordedEntry, effectiveAt: number): Promise<void>
  /** The ledger did not take it: it is closed, and may be entered anew. */
  closeRefused(entry: RecordedEntry, refusal: EntryRefusal): Promise<void>
  countEntries(): Promise<EntryCounts>
  close(): Promise<void>
}

/**
 * The journal of one agency on one ledger.
 *
 * @throws {IssuerError} `journal-foreign` when the database is another's
 */
export async function createJournal(
  shared: SharedStore,
  agency: string,
  ledger: LedgerIdentity,
  suite: Suite,
): Promise<Journal> {
  const { use, close } = shared
  await use(({ db }) => assertOwner(db, agency, ledger))
  const alone = createAlone(shared)
  return {
    alone,
    outboxOf: (account) => createOutbox(shared, account, alone),
    ...licenceSteps(shared, suite),
    ...batchSteps(shared),
    ...entrySteps(shared),
    counts: () =>
      use(async ({ db }) => {
        const recorded = (await nextStatusIndex(db)) - (await endOfBatches(db))
        return { recorded, ...countsOf(await countLicences(db)) }
      }),
    close,
  }
}

type Db = Kysely<JournalSchema>

/** One after the other in this process, and the store is not given back meanwhile. */
function createAlone({ use }: SharedStore): Journal['alone'] {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(() => use(() => work()))
    last = mine.catch(() => undefined)
    return mine
  }
}

/** A step that outlives a loss of power. */
function writing({ use }: SharedStore, work: (db: Db) => Promise<void>): Promise<void> {
  return use(async ({ db, flush }) => {
    await work(db)
    await flush()
  })
}

function licenceSteps(
  { use }: SharedStore,
  suite: Suite,
): Pick<
  Journal,
  'find' | 'findSame' | 'findVersions' | 'nextStatusIndex' | 'record' | 'seal' | 'treeOf' | 'licencesOf'
> {
  const treeOfRange = async (db: Db, range: Pick<Batch, 'firstIndex' | 'size'>): Promise<MerkleTree> =>
    createMerkleTree(await leafHashesOf(db, range), suite)
  return {
    find: (licenceIds) => use(({ db }) => findLicences(db, licenceIds)),
    findSame: (samenesses) => use(({ db }) => findSame(db, samenesses)),
    findVersions: (licenceIds) => use(({ db }) => findVersions(db, licenceIds)),
    nextStatusIndex: () => use(({ db }) => nextStatusIndex(db)),
    record: (licences, entries = []) =>
      use(({ db }) =>
        db.transaction().execute(async (trx) => {
          await insertLicences(trx, licences)
          for (const entry of entries) await insertEntry(trx, entry)
        }),
      ),
    seal: (maxSize, sealedAt) =>
      use(async ({ db, flush }) => {
        const firstIndex = await endOfBatches(db)
        const size = Math.min(maxSize, (await nextStatusIndex(db)) - firstIndex)
        if (size <= 0) return null
        const root = encodeHex(rootOf(await treeOfRange(db, { firstIndex, size })))
        await insertBatch(db, { firstIndex, size, root, sealedAt })
        await flush()
        return { ...UNTOUCHED, firstIndex, size, root, sealedAt }
      }),
    treeOf: async (batch) => {
      const tree = await use(({ db }) => treeOfRange(db, batch))
      if (encodeHex(rootOf(tree)) === batch.root) return tree
      const reason = `the licences of the batch ${batch.root} no longer have its root`
      throw new IssuerError('journal-damaged', { reason })
    },
    licencesOf: (batch) => licencesOf((step) => use(({ db }) => step(db)), batch),
  }
}

function batchSteps(
  shared: SharedStore,
): Pick<
  Journal,
  | 'unfinished'
  | 'markAnchored'
  | 'markBundled'
  | 'giveUp'
  | 'markPassedOver'
  | 'lastAnchoredBefore'
  | 'lastPassedOver'
  | 'takeAnchorBack'
  | 'takePassOverBack'
  | 'givenUpRanges'
  | 'isAnchored'
  | 'batchOf'
  | 'recover'
  | 'closeGaps'
> {
  const { use } = shared
  const batchOf = async (statusIndex: number): Promise<Batch | null> => {
    const batch = await use(({ db }) => lastBatchUpTo(db, statusIndex))
    return batch !== null && statusIndex < batch.firstIndex + batch.size ? batch : null
  }
  const mark = (batch: Batch, step: BatchStep): Promise<void> =>
    writing(shared, (db) => updateBatch(db, batch, step))
  return {
    unfinished: () => use(({ db }) => unfinishedBatches(db)),
    markAnchored: (batch, anchoredAt, blockNumber) =>
      mark(batch, { anchored_at: anchoredAt, block_number: blockNumber, given_up_at: null }),
    markBundled: (batch, bundledAt) => mark(batch, { bundled_at: bundledAt }),
    giveUp: (batch, givenUpAt) => mark(batch, { given_up_at: givenUpAt }),
    markPassedOver: (batch, passedOverAt) => mark(batch, { passed_over_at: passedOverAt }),
    lastAnchoredBefore: (firstIndex) => use(({ db }) => lastAnchoredBefore(db, firstIndex)),
    lastPassedOver: () => use(({ db }) => lastPassedOver(db)),
    takeAnchorBack: (batch) => mark(batch, { anchored_at: null, block_number: null }),
    takePassOverBack: (batch) => mark(batch, { passed_over_at: null }),
    givenUpRanges: () => use(({ db }) => givenUpRanges(db)),
    batchOf,
    isAnchored: async (statusIndex) => ((await batchOf(statusIndex))?.anchoredAt ?? null) !== null,
    recover: (licence, batch, at) =>
      use(({ db }) => db.transaction().execute((trx) => insertRecovered(trx, licence, batch, at))),
    closeGaps: (used) =>
      use(async ({ db, flush }) => {
        const size = await db.transaction().execute((trx) => replaceGaps(trx, used))
        await flush()
        return size
      }),
  }
}

function entrySteps(
  shared: SharedStore,
): Pick<
  Journal,
  'enter' | 'findEntry' | 'waitingEntries' | 'entriesBehind' | 'fixEffect' | 'closeRefused' | 'countEntries'
> {
  const { use } = shared
  return {
    enter: (entry) =>
      use(async ({ db, flush }) => {
        const number = await insertEntry(db, entry)
        await flush()
        return { ...entry, number, settlement: null, refusal: null }
      }),
    findEntry: (digest) => use(({ db }) => findEntryByDigest(db, digest)),
    waitingEntries: () => use(({ db }) => waitingEntries(db)),
    entriesBehind: (number) => use(({ db }) => entriesBehind(db, number)),
    fixEffect: ({ number }, effectiveAt) =>
      // Flushed with what is sent.
      use(({ db }) => updateEntry(db, number, { effective_at: effectiveAt })),
    closeRefused: ({ number }, refusal) =>
      writing(shared, (db) => updateEntry(db, number, { refusal: JSON.stringify(refusal) })),
    countEntries: () => use(({ db }) => countEntries(db)),
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

async function assertOwner(db: Db, agency: string, ledger: LedgerIdentity): Promise<void> {
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
  // Files of a batch whose anchor the chain lost are there, and done is what is anchored.
  if (!anchored) return 'batched'
  return bundled ? 'bundled' : 'anchored'
}

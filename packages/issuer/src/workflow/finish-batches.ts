/**
 * From recorded licences to bundle files: seal, anchor, bundle; and what was entered to where it stands. Each step first looks at what is already done,
 * so it can be run after any interruption, any number of times.
 */
import { mkdir } from 'node:fs/promises'
import { LedgerRefusedError } from '@hefu/ledger'
import { LedgerUnavailableError } from '@hefu/protocol'
import { removeUnfinished, syncFolder } from '@hefu/service'
import { inGroups } from '../input/in-groups.ts'
import type { Batch, RecordedLicence } from '../journal/records.ts'
import { placeBundle, writing } from './bundle-file.ts'
import { finishEntries } from './enter.ts'
import { markIfAnchored } from './mark-anchored.ts'
import type { Office } from './office.ts'
import { passOver } from './pass-over.ts'
import { reconcile } from './reconcile.ts'
import { findEarly } from './signing-time.ts'

export const DEFAULT_BATCH_SIZE = 4096
export const MAX_BATCH_SIZE = 1_000_000
/** Batches anchored by one transaction: about 2.5 million gas. */
const ANCHORS_PER_CALL = 100
const FILES_AT_ONCE = 16

/**
 * Brings every recorded licence to its bundle file, and has every entry that waits stand.
 *
 * @throws {LedgerRefusedError} when the ledger refuses an anchor
 * @throws {LedgerUnavailableError} when it cannot be reached: run again later
 * @throws {IssuerError} `journal-damaged`, `anchor-conflict`, `output-unwritable`; `signed-ahead` for a batch that no
 *   verifier would accept if it were anchored now
 */
export async function finishBatches(office: Office, batchSize: number = DEFAULT_BATCH_SIZE): Promise<void> {
  await sealAll(office, batchSize)
  await reconcile(office)
  await anchorAll(office)
  await finishEntries(office)
  await bundleAll(office)
}

/** Step one: every recorded licence becomes a leaf of a sealed batch. */
export async function sealAll({ journal, now, onEvent, signal }: Office, batchSize: number): Promise<void> {
  while (signal?.aborted !== true) {
    const batch = await journal.seal(batchSize, now())
    if (batch === null) return
    onEvent?.({ event: 'batch-sealed', root: batch.root, size: batch.size })
  }
}

/** Step two: every sealed batch is on the ledger, once, or passed over where it was given up; in their order. */
export async function anchorAll(office: Office): Promise<void> {
  const sealed = (await office.journal.unfinished()).filter(({ anchoredAt }) => anchoredAt === null)
  for (const batches of inCalls(sealed)) {
    if (office.signal?.aborted === true) return
    const [first] = batches
    if (first?.givenUpAt === null) await anchor(office, batches)
    else if (first !== undefined) await passOver(office, first)
  }
}

/** One behind the other: up to {@link ANCHORS_PER_CALL} that are to be anchored, or a single one that was given up. */
function inCalls(batches: readonly Batch[]): readonly (readonly Batch[])[] {
  const calls: Batch[][] = []
  for (const batch of batches) {
    const last = calls.at(-1)
    const joins = batch.givenUpAt === null && last?.[0]?.givenUpAt === null && last.length < ANCHORS_PER_CALL
    if (joins) last.push(batch)
    else calls.push([batch])
  }
  return calls
}

/**
 * Asks before it sends, and after: what an earlier run sent may have been mined meanwhile, and then this call is refused,
 * and the batches are where they should be. What was signed by a fast clock waits, and all behind it.
 *
 * @throws {IssuerError} `signed-ahead`
 */
async function anchor(office: Office, batches: readonly Batch[]): Promise<void> {
  const open = await markFound(office, batches)
  if (open.length === 0) return
  const early = await findEarly(office, open)
  const timely = open.slice(0, early?.place)
  if (timely.length > 0) await anchorTimely(office, timely)
  if (early !== null) throw early.error
}

async function anchorTimely(office: Office, open: readonly Batch[]): Promise<void> {
  const refusal = await send(office, open)
  const missing = await markFound(office, open)
  if (missing.length === 0) return
  if (missing.length === open.length) throw refusal ?? goneAgain(missing)
  await anchor(office, missing)
}

/** Notes the batches that the ledger has; returns the others. */
async function markFound(office: Office, batches: readonly Batch[]): Promise<readonly Batch[]> {
  const missing: Batch[] = []
  for (const batch of batches) {
    if (!(await markIfAnchored(office, batch))) missing.push(batch)
  }
  return missing
}

/** A refusal is returned, not thrown. */
async function send({ operator, agency }: Office, batches: readonly Batch[]): Promise<Error | null> {
  const [first, last] = [batches[0], batches.at(-1)]
  const firstIndex = first?.firstIndex ?? 0
  const entries = batches.map(({ root, size }) => ({ root, size }))
  try {
    await operator.send(`anchors:${first?.root}:${last?.root}`, {
      kind: 'anchors',
      issuer: agency,
      firstIndex,
      entries,
    })
    return null
  } catch (error) {
    if (error instanceof LedgerRefusedError) return error
    throw error
  }
}

/** It was mined for good, and is not there: the chain lost blocks between the two looks. */
function goneAgain([batch]: readonly Batch[]): LedgerUnavailableError {
  const message = `anchor the batch ${batch?.root ?? ''}: its block is no longer in the chain`
  return new LedgerUnavailableError('inconsistent', message)
}

/** Step three: every licence of an anchored batch has its bundle file. */
export async function bundleAll(office: Office): Promise<void> {
  const anchored = (await office.journal.unfinished()).filter(({ anchoredAt }) => anchoredAt !== null)
  await removeUnfinished(office.bundles)
  if (anchored.length === 0) return
  await writing(office.bundles, () => mkdir(office.bundles, { recursive: true, mode: 0o700 }))
  for (const batch of anchored) {
    if (office.signal?.aborted === true) return
    await bundle(office, batch)
  }
}

async function bundle(office: Office, batch: Batch): Promise<void> {
  const { journal, bundles, now, onEvent } = office
  const tree = await journal.treeOf(batch)
  const write = (licence: RecordedLicence): Promise<void> => placeBundle(office, batch, tree, licence)
  for await (const licences of inGroups(journal.licencesOf(batch), FILES_AT_ONCE)) {
    await Promise.all(licences.map(write))
    onEvent?.({ event: 'licences-bundled', licences: licences.length })
  }
  await writing(bundles, () => syncFolder(bundles))
  await journal.markBundled(batch, now())
  onEvent?.({ event: 'batch-bundled', root: batch.root, size: batch.size })
}

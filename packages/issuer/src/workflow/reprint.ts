/** Bundle files made again from the journal: a file that is gone is no licence that is gone. */
import { mkdir } from 'node:fs/promises'
import type { MerkleTree } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import type { Batch } from '../journal/records.ts'
import { placeBundle, writing } from './bundle-file.ts'
import { statusIndexesOf } from './licence-places.ts'
import type { Office } from './office.ts'

/** What printing again needs: no key, and nothing is sent. */
export type PrintingOffice = Pick<Office, 'agency' | 'ledger' | 'journal' | 'bundles'>

/**
 * Writes the bundle files of these licences again.
 *
 * @returns how many
 * @throws {IssuerError} as `statusIndexesOf`; `output-unwritable`, `journal-damaged`
 */
export async function reprintLicences(
  office: PrintingOffice,
  licenceIds: readonly string[],
): Promise<number> {
  const { journal, bundles } = office
  await statusIndexesOf(office, licenceIds)
  await writing(bundles, () => mkdir(bundles, { recursive: true, mode: 0o700 }))
  let last: { readonly batch: Batch; readonly tree: MerkleTree } | null = null
  for (const [licenceId, licence] of await journal.find(licenceIds)) {
    const batch = await journal.batchOf(licence.statusIndex)
    if (batch === null) throw new IssuerError('licence-not-anchored', { licenceId })
    if (last?.batch.root !== batch.root) last = { batch, tree: await journal.treeOf(batch) }
    await placeBundle(office, last.batch, last.tree, licence)
  }
  return licenceIds.length
}

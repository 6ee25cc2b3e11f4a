/** The file that a holder gets. */
import { join } from 'node:path'
import { createReceipt, encodeBundle, type MerkleTree } from '@hefu/protocol'
import { placeFile, reasonOf, SECRET_MODE } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'
import type { Batch, RecordedLicence } from '../journal/records.ts'
import type { Office } from './office.ts'

/**
 * Writes the bundle file of a licence of a batch, readable by its owner only: it holds the whole face.
 *
 * @throws {IssuerError} `output-unwritable`
 */
export function placeBundle(
  { ledger, agency, bundles }: Pick<Office, 'ledger' | 'agency' | 'bundles'>,
  { firstIndex }: Batch,
  tree: MerkleTree,
  { licenceId, credential, statusIndex }: RecordedLicence,
): Promise<void> {
  const receipt = createReceipt(ledger, agency, tree, statusIndex - firstIndex)
  const path = join(bundles, `${licenceId}.hefu.json`)
  return writing(path, () => placeFile(path, encodeBundle(credential, receipt), SECRET_MODE))
}

/** @throws {IssuerError} `output-unwritable` */
export async function writing<T>(file: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw new IssuerError('output-unwritable', { file, reason: reasonOf(error) }, { cause: error })
  }
}

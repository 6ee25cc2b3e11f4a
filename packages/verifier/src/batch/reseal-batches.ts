/** The keys of batches under another key of the configuration, as those of deposits. */
import type { DepositKeys } from '../store/deposit-seal.ts'
import type { VerifierStore } from '../store/open-store.ts'
import { resealBatchKey } from './batch-seal.ts'

/**
 * Seals the key of every batch that is kept under the first of the keys, while services go on. Returns how many there
 * were: at most as many as all clients may have.
 *
 * @throws {VerifierStartError} `deposit-key-missing`
 */
export async function resealBatches({ db, flush }: VerifierStore, keys: DepositKeys): Promise<number> {
  const total = await db.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom('batch')
      .select(['number', 'sealed_under', 'sealed_key'])
      .where('sealed_under', '<>', keys[0].name)
      .where('state', '<>', 'cancelled')
      .forUpdate()
      .execute()
    for (const row of rows) {
      const sealed = resealBatchKey(row.number, row, keys)
      await trx.updateTable('batch').set(sealed).where('number', '=', row.number).execute()
    }
    return rows.length
  })
  await flush()
  return total
}

/** Issuing: rows in, bundle files out. */
import type { Row } from '../input/row.ts'
import { finishBatches } from './finish-batches.ts'
import type { Office } from './office.ts'
import { type Assignment, type RowCounts, recordLicences } from './record-licences.ts'

/**
 * Records every good row, then brings everything recorded, left-overs of earlier runs included, to its
 * bundle file. When it throws or is aborted, what was recorded stays: `finishBatches` goes on with it.
 *
 * @throws as `recordLicences` and `finishBatches`
 */
export async function issueLicences(
  office: Office,
  assignment: Assignment,
  rows: AsyncIterable<Row>,
  batchSize?: number,
): Promise<RowCounts> {
  const counts = await recordLicences(office, assignment, rows)
  await finishBatches(office, batchSize)
  return counts
}

/** Where the licences of an agency stand in its status list. */
import { IssuerError } from '../issuer-error.ts'
import type { Office } from './office.ts'

/**
 * The status index of each licence, in their order; all of them are anchored.
 *
 * @throws {IssuerError} `licence-unknown`, `licence-repeated`, `licence-not-anchored`
 */
export async function statusIndexesOf(
  { journal }: Pick<Office, 'journal'>,
  licenceIds: readonly string[],
): Promise<readonly number[]> {
  const repeated = licenceIds.find((id, i) => licenceIds.indexOf(id) !== i)
  if (repeated !== undefined) throw new IssuerError('licence-repeated', { licenceId: repeated.slice(0, 120) })
  const known = await journal.find(licenceIds)
  const indices: number[] = []
  for (const licenceId of licenceIds) {
    const licence = known.get(licenceId)
    if (licence === undefined)
      throw new IssuerError('licence-unknown', { licenceId: licenceId.slice(0, 120) })
    if (!(await journal.isAnchored(licence.statusIndex)))
      throw new IssuerError('licence-not-anchored', { licenceId })
    indices.push(licence.statusIndex)
  }
  return indices
}

/**
 * The status index of one licence, which is anchored.
 *
 * @throws {IssuerError} `licence-unknown`, `licence-not-anchored`
 */
export async function statusIndexOf(office: Pick<Office, 'journal'>, licenceId: string): Promise<number> {
  const [index = 0] = await statusIndexesOf(office, [licenceId])
  return index
}

/** Where the licences of an agency stand in its status list. */
import { IssuerError } from '../error/issuer-error.ts'
import type { Office } from './office.ts'

/**
 * The status index of each licence, in their order; all of them are anchored.
 *
 * @throws {IssuerError} `licence-unknown`, `licence-repeated`, `licence-not-anchored`, `licence-given-up`
 */
export async function statusIndexesOf(
  { journal }: Pick<Office, 'journal'>,
  licenceIds: readonly string[],
): Promise<readonly number[]> {
  const repeated = findRepeated(licenceIds)
  if (repeated !== undefined) throw new IssuerError('licence-repeated', { licenceId: repeated.slice(0, 120) })
  const known = await journal.find(licenceIds)
  const indices: number[] = []
  for (const licenceId of licenceIds) {
    const licence = known.get(licenceId)
    if (licence === undefined)
      throw new IssuerError('licence-unknown', { licenceId: licenceId.slice(0, 120) })
    if (!(await journal.isAnchored(licence.statusIndex)))
      throw new IssuerError(await whyNotAnchored(journal, licence.statusIndex), { licenceId })
    indices.push(licence.statusIndex)
  }
  return indices
}

function findRepeated(licenceIds: readonly string[]): string | undefined {
  const seen = new Set<string>()
  return licenceIds.find((id) => seen.size === seen.add(id).size)
}

async function whyNotAnchored(
  journal: Office['journal'],
  statusIndex: number,
): Promise<'licence-given-up' | 'licence-not-anchored'> {
  const givenUp = await journal.givenUpRanges()
  return isIn(givenUp, statusIndex) ? 'licence-given-up' : 'licence-not-anchored'
}

/** Whether one of the ranges holds the index. */
export function isIn(
  ranges: Awaited<ReturnType<Office['journal']['givenUpRanges']>>,
  statusIndex: number,
): boolean {
  return ranges.some(({ firstIndex, size }) => firstIndex <= statusIndex && statusIndex < firstIndex + size)
}

/**
 * The status index of one licence, which is anchored.
 *
 * @throws {IssuerError} `licence-unknown`, `licence-not-anchored`, `licence-given-up`
 */
export async function statusIndexOf(office: Pick<Office, 'journal'>, licenceId: string): Promise<number> {
  const [index = 0] = await statusIndexesOf(office, [licenceId])
  return index
}

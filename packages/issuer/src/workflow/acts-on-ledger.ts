/** Acts that stand on the ledger and that this journal, recovered or set back, knows nothing of: not entered twice. */
import { LedgerUnavailableError, type StatusAct, type StatusEntry } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import { plainNumber } from '../journal/plain-number.ts'
import type { ActOffice } from './decision.ts'
import { type EntryDraft, isWritten } from './enter.ts'
import { statusIndexesOf } from './licence-places.ts'

/** The acts on a licence of this agency, by its status index. */
export type ReadActs = (statusIndex: number) => Promise<readonly StatusEntry[]>

/** Licences asked about at once. */
const AT_ONCE = 8

/**
 * Asks of every licence of a draft that the journal does not have. While the ledger cannot be asked nothing is refused.
 *
 * @throws {IssuerError} `decision-on-ledger`
 */
export async function assertNotOnLedger(
  office: ActOffice,
  act: StatusAct,
  draft: EntryDraft,
  readActs: ReadActs,
): Promise<void> {
  if (draft.call.kind === 'withdrawal' || (await isWritten(office, draft))) return
  const { decisionNumber } = draft.call.act
  const isSame = (entry: StatusEntry): boolean =>
    entry.act === act &&
    plainNumber(entry.decisionNumber ?? '') === plainNumber(decisionNumber) &&
    (draft.effectiveAt === null || draft.effectiveAt === entry.effectiveAt)
  const indexes = await statusIndexesOf(office, draft.licenceIds)
  for (let from = 0; from < indexes.length; from += AT_ONCE) {
    const histories = await readAll(indexes.slice(from, from + AT_ONCE), readActs)
    const at = histories?.findIndex((history) => history.some(isSame)) ?? -1
    const licenceId = draft.licenceIds[from + at]
    if (at !== -1 && licenceId !== undefined)
      throw new IssuerError('decision-on-ledger', { licenceId, decisionNumber })
    if (histories === null) return
  }
}

/** `null`: the ledger cannot be asked. */
async function readAll(
  indexes: readonly number[],
  readActs: ReadActs,
): Promise<readonly (readonly StatusEntry[])[] | null> {
  try {
    return await Promise.all(indexes.map(readActs))
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return null
    throw error
  }
}

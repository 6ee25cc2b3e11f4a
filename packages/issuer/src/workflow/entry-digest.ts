/** By what an entry is known again: the same decision once more is the same entry. */
import { createHash } from 'node:crypto'
import { plainNumber } from '../journal/plain-number.ts'
import type { EntryCall } from '../journal/records.ts'

/** What is to be entered. */
export interface EntryDraft {
  readonly call: EntryCall
  readonly licenceIds: readonly string[]
  /** Unix seconds; `null`: now, by the ledger's clock. */
  readonly effectiveAt: number | null
}

/** Of a draft by its decision, in whatever spelling. */
export function digestOf(draft: EntryDraft): string {
  const { call } = draft
  if (call.kind === 'withdrawal') return writtenDigestOf(draft)
  const decisionNumber = plainNumber(call.act.decisionNumber)
  return writtenDigestOf({ ...draft, call: { ...call, act: { ...call.act, decisionNumber } } as EntryCall })
}

/** As earlier programs kept it: by the letter. */
export function writtenDigestOf({ call, licenceIds, effectiveAt }: EntryDraft): string {
  return createHash('sha256')
    .update(JSON.stringify([call, licenceIds, effectiveAt]))
    .digest('hex')
}

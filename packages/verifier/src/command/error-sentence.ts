/** Every error of `hefu-ledger` and `hefu-verifier` as one sentence in both languages, with its code. */
import { AuditRefusedError } from '@hefu/ledger/audit'
import { type Bilingual, fillIn, LedgerUnavailableError } from '@hefu/protocol'
import { ExplainedError, reasonOf } from '@hefu/service'
import { AUDIT_TEXTS, REFUSED_TEXTS } from './audit-texts.ts'

export interface ErrorSentence {
  readonly code: string
  readonly says: Bilingual
}

/** The code and the sentence of an error. */
export function sentenceOf(error: unknown): ErrorSentence {
  if (error instanceof ExplainedError) return { code: error.code, says: error.says }
  const reason = reasonOf(error)
  if (error instanceof AuditRefusedError) {
    const why = REFUSED_TEXTS[error.code]
    return { code: error.code, says: fillIn(AUDIT_TEXTS.refused, { why, reason }) }
  }
  if (error instanceof LedgerUnavailableError)
    return { code: `ledger-${error.code}`, says: fillIn(AUDIT_TEXTS.unavailable, { reason }) }
  return { code: 'internal', says: fillIn(AUDIT_TEXTS.internal, { reason }) }
}

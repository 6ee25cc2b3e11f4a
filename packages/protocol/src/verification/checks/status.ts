import { statusListUri, usccOf } from '../../credential/claims.ts'
import { type FindingCode, finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'
import type { LegalStatus } from '../ledger-view.ts'

const CODES: Readonly<Record<LegalStatus, FindingCode>> = {
  valid: 'status/valid',
  suspended: 'status/suspended',
  revoked: 'status/revoked',
}

/** The legal status in force at the time asked about, from the list that the credential itself is bound to. */
export const statusCheck: LedgerCheck<'status'> = {
  name: 'status',
  reads: 'ledger',
  run: ({ bundle: { credential }, ledger, facts, at }) => {
    const { uri, idx } = credential.claims.status.status_list
    if (uri !== statusListUri(ledger, usccOf(credential.claims)))
      return finding('status/foreign-list', { uri })
    return finding(CODES[facts.status], { index: idx, at })
  },
}

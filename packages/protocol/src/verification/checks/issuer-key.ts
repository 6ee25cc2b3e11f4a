import { type FindingCode, finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'
import type { KeyFact } from '../ledger-view.ts'

/**
 * The issuer registered the key, and it was in force when the batch was anchored. The time is the anchor's block
 * time, never `iat`: a compromised key can backdate what it signs, not what it anchored.
 */
export const issuerKeyCheck: LedgerCheck<'issuerKey'> = {
  name: 'issuerKey',
  reads: 'ledger',
  run: ({ presentation: { credential }, facts: { key, anchor } }) => {
    const { kid, alg } = credential.header
    if (key === null) return finding('issuerKey/not-registered', { kid })
    if (key.algorithm !== alg)
      return finding('issuerKey/algorithm-mismatch', { kid, registered: key.algorithm })
    if (anchor === null) return finding('issuerKey/issuance-time-unknown', { kid })
    return finding(codeAt(key, anchor.anchoredAt), { kid, anchoredAt: anchor.anchoredAt })
  },
}

function codeAt(key: KeyFact, time: number): FindingCode {
  if (time < key.validFrom) return 'issuerKey/not-yet-valid'
  if (key.validUntil !== null && time >= key.validUntil) return 'issuerKey/no-longer-valid'
  if (key.compromisedFrom === null) return 'issuerKey/trusted'
  return time >= key.compromisedFrom ? 'issuerKey/compromised' : 'issuerKey/compromised-later'
}

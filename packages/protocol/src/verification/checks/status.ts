import { statusListUri, usccOf } from '../../credential/claims.ts'
import { type FindingFacts, finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'
import type { LedgerFacts } from '../ledger-view.ts'
import { countsAt, type LegalStatus } from '../legal-status.ts'
import { textFact } from '../text-fact.ts'
import { transferredFrom } from '../transfer.ts'

/** Statuses of a licence that may be used, if only for some purposes. */
const IN_FORCE: readonly LegalStatus[] = ['valid', 'restricted']

/**
 * The legal status in force at the time asked about, from the list that the credential itself is bound to:
 * annulment reaches back, all other acts hold from their effective time. A licence that took the place of
 * another agency's is in force only once the ledger shows that other one closed in its favour.
 */
export const statusCheck: LedgerCheck<'status'> = {
  name: 'status',
  reads: 'ledger',
  run: ({ bundle: { credential }, ledger, facts, at }) => {
    const { uri, idx } = credential.claims.status.status_list
    if (uri !== statusListUri(ledger, usccOf(credential.claims)))
      return finding('status/foreign-list', { uri })
    const origin = transferredFrom(credential.claims)
    if (IN_FORCE.includes(facts.status) && origin !== undefined && !isClosed(facts, origin, at)) {
      return finding('status/origin-open', { index: idx, at, origin })
    }
    return finding(`status/${facts.status}`, { index: idx, at, ...decisionFacts(facts, at) })
  },
}

function isClosed({ origin }: LedgerFacts, issuer: string, at: number): boolean {
  return origin?.issuer === issuer && origin.since <= at
}

/** The act that a status other than valid rests on, and where the licence went. */
function decisionFacts({ status, acts, successor }: LedgerFacts, at: number): FindingFacts {
  const last = acts.findLast((entry) => countsAt(entry, at))
  if (status === 'valid' || last === undefined) return {}
  const { act, effectiveAt, decisionNumber = '', legalBasis = '' } = last
  return {
    act,
    effectiveAt,
    ...textFact('decisionNumber', decisionNumber),
    ...textFact('legalBasis', legalBasis),
    ...(status === 'transferred' && successor !== null ? { successor: successor.issuer } : {}),
  }
}

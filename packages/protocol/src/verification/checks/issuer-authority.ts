import { usccOf } from '../../credential/claims.ts'
import { type FindingCode, finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'
import type { AgencyFact, RegionFact } from '../ledger-view.ts'

/**
 * The issuer is accredited by a region of the alliance. That it was active when it anchored is what the
 * ledger itself demanded then; what is judged here is its standing now.
 */
export const issuerAuthorityCheck: LedgerCheck<'issuerAuthority'> = {
  name: 'issuerAuthority',
  reads: 'ledger',
  run: ({ bundle: { credential }, facts: { agency, region } }) => {
    const issuer = usccOf(credential.claims)
    if (agency?.agency !== issuer || region?.region !== agency.region) {
      return finding('issuerAuthority/not-accredited', { issuer })
    }
    return finding(codeOf(agency, region), { issuer, region: region.region, since: agency.since })
  },
}

/** A retired agency or region keeps its history: its old licences stand. */
function codeOf(agency: AgencyFact, region: RegionFact): FindingCode {
  if (agency.status === 'suspended') return 'issuerAuthority/suspended'
  if (region.status === 'suspended') return 'issuerAuthority/region-suspended'
  const retired = agency.status === 'retired' || region.status === 'retired'
  return retired ? 'issuerAuthority/retired-since' : 'issuerAuthority/accredited'
}

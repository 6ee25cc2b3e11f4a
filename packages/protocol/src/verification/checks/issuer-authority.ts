import { licenceTypeOf, usccOf } from '../../credential/claims.ts'
import { type FindingCode, type FindingFacts, finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'
import type { AgencyFact, LedgerFacts, RegionFact } from '../ledger-view.ts'
import { textFact } from '../text-fact.ts'

/**
 * The issuer is accredited by a region of the alliance, and by the responsibility list 责任清单 it issued this
 * type when it anchored the batch. That it was active then is what the ledger itself demanded; its standing now is
 * judged here, and whom to ask today is named.
 */
export const issuerAuthorityCheck: LedgerCheck<'issuerAuthority'> = {
  name: 'issuerAuthority',
  reads: 'ledger',
  run: ({ presentation: { credential }, facts, at }) => {
    const issuer = usccOf(credential.claims)
    const licenceType = licenceTypeOf(credential.claims)
    const { agency, region, anchor } = facts
    if (agency === null || region === null) return finding('issuerAuthority/not-accredited', { issuer })
    const issuedAt = anchor?.anchoredAt ?? at
    const code = typeCode(facts, issuedAt) ?? standingCode(agency, region)
    const judged = { issuer, region: region.region, since: agency.since, licenceType, issuedAt }
    return finding(code, { ...judged, ...nameFacts(agency, region), ...responsibleFacts(facts) })
  },
}

/** Why the agency could not issue this type at that time. A type retired later leaves its licences what they are. */
function typeCode({ licenceType, responsibility }: LedgerFacts, issuedAt: number): FindingCode | null {
  if (responsibility === null) return 'issuerAuthority/not-responsible'
  const retired = licenceType?.status === 'retired' && licenceType.since <= issuedAt
  return retired ? 'issuerAuthority/type-retired' : null
}

/** The names registered when the batch was anchored. */
function nameFacts(agency: AgencyFact, region: RegionFact): FindingFacts {
  return {
    ...textFact('registeredName', agency.name ?? ''),
    ...textFact('registeredRegion', region.name ?? ''),
  }
}

/** Whom to ask about the licence today, and how the public reaches them. */
function responsibleFacts({ responsible }: LedgerFacts): FindingFacts {
  if (responsible === null) return {}
  const { capacity, agency, region, name } = responsible
  return {
    capacity,
    ...(agency === null ? {} : { responsible: agency }),
    ...(region === null ? {} : { responsibleRegion: region }),
    ...textFact('responsibleName', name?.zh ?? ''),
    ...textFact('contact', name?.contact ?? ''),
  }
}

/** A retired agency or region keeps its history: its old licences stand. */
function standingCode(agency: AgencyFact, region: RegionFact): FindingCode {
  if (agency.status === 'suspended') return 'issuerAuthority/suspended'
  if (region.status === 'suspended') return 'issuerAuthority/region-suspended'
  const retired = agency.status === 'retired' || region.status === 'retired'
  return retired ? 'issuerAuthority/retired-since' : 'issuerAuthority/accredited'
}

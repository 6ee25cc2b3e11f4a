import { licenceTypeOf, usccOf } from '../../credential/claims.ts'
import { ISSUER_NAME_FIELD } from '../../licence/common-fields.ts'
import { normaliseValue } from '../../licence/normal-form.ts'
import type { UnverifiedPresentation } from '../../presentation/presentation.ts'
import { type FindingCode, type FindingFacts, finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'
import type { AgencyFact, AnchorFact, LedgerFacts, RegionFact } from '../ledger-view.ts'
import { textFact } from '../text-fact.ts'

/**
 * The issuer is accredited by a region of the alliance, and by the responsibility list 责任清单 it issued this
 * type when it anchored the batch; a face that names an issuer names this one. That it was active then is what the ledger itself demanded, and is not
 * believed against the ledger's own word; its standing now is judged here.
 */
export const issuerAuthorityCheck: LedgerCheck<'issuerAuthority'> = {
  name: 'issuerAuthority',
  reads: 'ledger',
  run: ({ bundle: { credential }, facts, at }) => {
    const issuer = usccOf(credential.claims)
    const licenceType = licenceTypeOf(credential.claims)
    const { agency, region, anchor } = facts
    if (agency?.agency !== issuer || region?.region !== agency.region || isRetiredBefore(agency, anchor)) {
      return finding('issuerAuthority/not-accredited', { issuer })
    }
    const issuedAt = anchor?.anchoredAt ?? at
    const code = typeCode(facts, issuedAt) ?? nameCode(agency, credential) ?? standingCode(agency, region)
    const judged = { issuer, region: region.region, since: agency.since, licenceType, issuedAt }
    return finding(code, { ...judged, ...nameFacts(agency, region) })
  },
}

function isRetiredBefore({ status, since }: AgencyFact, anchor: AnchorFact | null): boolean {
  return status === 'retired' && anchor !== null && since < anchor.anchoredAt
}

/** Why the agency could not issue this type at that time. A type retired later leaves its licences what they are. */
function typeCode({ licenceType, responsibility }: LedgerFacts, issuedAt: number): FindingCode | null {
  if (responsibility === null) return 'issuerAuthority/not-responsible'
  const retired = licenceType?.status === 'retired' && licenceType.since <= issuedAt
  return retired ? 'issuerAuthority/type-retired' : null
}

/** The face names another issuer than the ledger, however both are spelt. */
function nameCode(
  { name }: AgencyFact,
  { disclosures }: UnverifiedPresentation['credential'],
): FindingCode | null {
  const shown = disclosures.find((disclosure) => disclosure.name === ISSUER_NAME_FIELD)
  if (name === null || shown === undefined) return null
  const isSame = normaliseValue('text', shown.value) === normaliseValue('text', name)
  return isSame ? null : 'issuerAuthority/other-name'
}

/** The names registered when the batch was anchored. */
function nameFacts(agency: AgencyFact, region: RegionFact): FindingFacts {
  return {
    ...textFact('registeredName', agency.name ?? ''),
    ...textFact('registeredRegion', region.name ?? ''),
  }
}

/** A retired agency or region keeps its history: its old licences stand. */
function standingCode(agency: AgencyFact, region: RegionFact): FindingCode {
  if (agency.status === 'suspended') return 'issuerAuthority/suspended'
  if (region.status === 'suspended') return 'issuerAuthority/region-suspended'
  const retired = agency.status === 'retired' || region.status === 'retired'
  return retired ? 'issuerAuthority/retired-since' : 'issuerAuthority/accredited'
}

/** What a reference or an identifier leads to, where it is presented in the place of a licence. */
import type { VerificationRequest } from '@hefu/protocol'
import type { Admitted, Place } from '@hefu/service'
import { RETRIEVE } from '../access/scope.ts'
import { isPermitted, type VerifierClient } from '../access/verifier-client.ts'
import type { BegunComparison } from './found-comparisons.ts'
import { type FindingServices, findLicence } from './found-licence.ts'
import type { VerificationServices } from './judged-licence.ts'
import { matchSought } from './sought-licence.ts'

/** Who may have something found, and what. */
export interface Seeker {
  readonly request: VerificationRequest
  readonly useCause: string | null
  readonly place: Place
  readonly client: Pick<VerifierClient, 'licenceTypes'>
  readonly grant: Pick<Admitted<VerifierClient>['grant'], 'scopes'>
}

/** What a reference or an identifier led to. */
export interface NamedLicence {
  readonly text: string
  readonly licenceId: string
}

/**
 * The licence that a reference or an identifier names, for who may have it found and says for which case and use;
 * `null`: what was presented is verified as it is.
 */
export async function findNamed(
  services: FindingServices & Pick<VerificationServices, 'clock' | 'onFault'>,
  { request, useCause, client, grant, place }: Seeker,
): Promise<NamedLicence | null> {
  const { receivingRegion, caseNo, serviceItem } = request
  if (caseNo === undefined || useCause === null || !grant.scopes.has(RETRIEVE)) return null
  const sought = matchSought(request.presented)
  if (sought === null || !isPermitted(client.licenceTypes, sought.licenceType)) return null
  const about = { receivingRegion, caseNo, useCause, serviceItem, place }
  const text = await findLicence(services, sought, about)
  return text === null ? null : { text, licenceId: sought.licenceId }
}

/** @throws {ProblemError} `too-many-comparisons`, of what was found and not presented */
export function beginComparison(
  { comparisons, clock }: Pick<VerificationServices, 'comparisons' | 'clock'>,
  client: string,
  found: NamedLicence | null,
  { submitted }: Pick<VerificationRequest, 'submitted'>,
): BegunComparison {
  if (found === null) return () => undefined
  return comparisons.begin({ client, licenceId: found.licenceId, submitted }, clock())
}

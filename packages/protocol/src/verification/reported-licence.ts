import { licenceTypeOf, usccOf } from '../credential/claims.ts'
import type { UnverifiedPresentation } from '../presentation/presentation.ts'
import type { ReportedLicence } from '../report/report.ts'

/**
 * What a report says of the licence that is presented, whatever is found of it.
 *
 * @example
 * ```ts
 * reportLicence(parsePresented(request.presented)).licenceId === report.licence?.licenceId // true
 * ```
 */
export function reportLicence({ credential: { claims } }: UnverifiedPresentation): ReportedLicence {
  return {
    licenceId: claims.jti,
    licenceType: licenceTypeOf(claims),
    issuer: usccOf(claims),
    validFrom: claims.nbf,
    validUntil: claims.exp ?? null,
  }
}

/** Whether a licence took the place of one of another agency 转入. */
import { type CredentialClaims, usccOf } from '../credential/claims.ts'
import { parseLicenceId } from '../identifiers/licence-id.ts'
import { hasUsccShape } from '../identifiers/uscc.ts'

/**
 * USCC of the other agency whose licence a credential supersedes; `undefined` when it supersedes none, one of
 * its own issuer (换证), or one so old that its identifier names a region and no agency.
 */
export function transferredFrom(claims: CredentialClaims): string | undefined {
  if (claims.supersedes === undefined) return undefined
  const { issuer } = parseLicenceId(claims.supersedes, 'supersedes')
  return hasUsccShape(issuer) && issuer !== usccOf(claims) ? issuer : undefined
}

/** Where an OpenID provider says that its keys are. */
import { type FetchBounds, fetchJson } from './bounded-fetch.ts'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Whether an address may name an issuer: https, or http on the same machine; no user, query or fragment. */
export function isIssuerAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.username !== '' || url.password !== '' || /[?#]/.test(text)) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))
}

/**
 * Asks the issuer's own description (OpenID Connect Discovery §4). The keys must stand where the issuer does: nothing
 * makes this service ask another host than the one that was configured.
 *
 * @throws {Error} when the description is another's, or names another origin
 */
export async function discoverKeysAddress(issuer: string, bounds: FetchBounds): Promise<string> {
  const described = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, bounds)
  const { issuer: named, jwks_uri: address } = Object(described) as Record<string, unknown>
  if (named !== issuer) throw new Error(`describe ${issuer}: the description is of another issuer`)
  if (typeof address !== 'string' || !URL.canParse(address) || originOf(address) !== originOf(issuer)) {
    throw new Error(`describe ${issuer}: its keys are not at its own origin`)
  }
  return address
}

function originOf(address: string): string {
  return new URL(address).origin
}

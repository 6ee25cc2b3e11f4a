/** By what a licence is named in the record of its readings. */
import { createHash } from 'node:crypto'

/** Header and payload of the credential, the first compact JWS in a bundle, a presentation or by itself. */
const SIGNED = /([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+~/

/**
 * SHA-256 of what the issuer signed, base64url: the same for every presentation of a licence, whatever is shown of it.
 * Random salts stand in it, so that nobody finds the licence by trying; an identifier, or its digest, would be found
 * so, and may hold a credit code or a number. `presented` is one that was read: the pattern does not judge it anew.
 */
export function digestOfCredential(presented: string): string {
  const [, signed = ''] = SIGNED.exec(presented) ?? []
  return createHash('sha256').update(signed).digest('base64url')
}

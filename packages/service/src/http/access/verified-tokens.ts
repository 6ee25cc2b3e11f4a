/** Tokens that were verified: each is looked at once, and then known until it expires. */
import { createHash } from 'node:crypto'
import { firstOf } from '../first-of.ts'
import type { TokenGrant } from './access-token.ts'

export interface VerifiedTokens {
  /** `now`: Unix seconds. */
  find(token: string, keySetDigest: string, now: number): TokenGrant | undefined
  keep(token: string, keySetDigest: string, grant: TokenGrant): void
}

/**
 * Knows so many at most, the newest. They count for the keys that they were verified with: where the issuer publishes
 * others, all are verified anew. Tokens themselves are not held.
 */
export function createVerifiedTokens(most: number): VerifiedTokens {
  const grants = new Map<string, TokenGrant>()
  let verifiedWith = ''
  return {
    find: (token, keySetDigest, now) => {
      if (keySetDigest !== verifiedWith) return undefined
      const grant = grants.get(digestOf(token))
      return grant !== undefined && grant.expiresAt > now ? grant : undefined
    },
    keep: (token, keySetDigest, grant) => {
      if (keySetDigest !== verifiedWith) grants.clear()
      verifiedWith = keySetDigest
      const oldest = grants.size < most ? undefined : firstOf(grants.keys(), () => true)
      if (oldest !== undefined) grants.delete(oldest)
      grants.set(digestOf(token), grant)
    },
  }
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** From the text of a token to what it grants: known ones at once, others by the issuer's keys. */
import { type TokenGrant, type TokenRefusal, type TokenTrust, verifyAccessToken } from './access-token.ts'
import type { IssuerKeys, KeySet } from './issuer-keys.ts'
import { createVerifiedTokens } from './verified-tokens.ts'

const MOST_KNOWN_TOKENS = 10_000

export interface TokenReader {
  /** The grant of a token that was verified before; no signature is checked. @throws {ProblemError} `issuer-unreachable` */
  recall(token: string): Promise<TokenGrant | undefined>
  /** @throws {ProblemError} `issuer-unreachable` */
  verify(token: string): Promise<TokenGrant | Exclude<TokenRefusal, 'unknown-key'>>
}

/** `clock`: Unix seconds; `mostKnown`: tokens that it recalls, the newest. */
export function createTokenReader(
  trust: TokenTrust,
  keys: IssuerKeys,
  clock: () => number,
  mostKnown: number = MOST_KNOWN_TOKENS,
): TokenReader {
  const known = createVerifiedTokens(mostKnown)
  const verifyWith = async (token: string, set: KeySet): Promise<TokenGrant | TokenRefusal> => {
    const found = await verifyAccessToken(token, set, trust, clock())
    if (typeof found !== 'string') known.keep(token, set.digest, found)
    return found
  }
  return {
    recall: async (token) => known.find(token, (await keys.current()).digest, clock()),
    verify: async (token) => {
      const set = await keys.current()
      const found = await verifyWith(token, set)
      if (found !== 'unknown-key') return found
      const newer = await keys.renewed()
      const again = newer.digest === set.digest ? found : await verifyWith(token, newer)
      return again === 'unknown-key' ? 'token-invalid' : again
    },
  }
}

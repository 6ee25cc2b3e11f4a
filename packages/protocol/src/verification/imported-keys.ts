/** Public keys already imported into the runtime's cryptography, by thumbprint: a thumbprint is the key's own digest, so an entry can never be the wrong key. */
import { canonicalJwk, thumbprint } from '../credential/public-key.ts'
import type { PublicJwk, Suite, VerifyingKey } from '../suite/suite.ts'

export interface ImportedKeys {
  /** `null` for a key that is not the one `kid` names, or that this runtime cannot use: no point on its curve. */
  import(kid: string, jwk: PublicJwk): Promise<VerifyingKey | null>
}

const CAPACITY = 4096

interface ImportedKey {
  readonly jwk: PublicJwk
  readonly key: VerifyingKey
}

/** Keeps the keys imported last; an issuing agency has a handful, a country some thousands. */
export function createImportedKeys(suite: Suite): ImportedKeys {
  const keys = new Map<string, ImportedKey>()
  return {
    import: async (kid, jwk) => {
      const known = keys.get(kid)
      return known !== undefined && isSameKey(known.jwk, jwk) ? known.key : importNew(kid, jwk)
    },
  }

  async function importNew(kid: string, jwk: PublicJwk): Promise<VerifyingKey | null> {
    const key = await importNamed(kid, jwk, suite)
    if (key === null) return null
    if (keys.size >= CAPACITY) keys.delete(keys.keys().next().value ?? kid)
    keys.set(kid, { jwk, key })
    return key
  }
}

/** A ledger that names another key by the same thumbprint is to be found out, however often it was right before. */
function isSameKey(known: PublicJwk, jwk: PublicJwk): boolean {
  return known === jwk || canonicalJwk(known) === canonicalJwk(jwk)
}

async function importNamed(kid: string, jwk: PublicJwk, suite: Suite): Promise<VerifyingKey | null> {
  try {
    return thumbprint(jwk, suite) === kid ? await suite.importPublicKey(jwk) : null
  } catch {
    return null
  }
}

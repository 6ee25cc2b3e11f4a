/** Public keys already imported into the runtime's cryptography, by thumbprint: a thumbprint is the key's own digest, so an entry can never be the wrong key. */
import type { PublicJwk, Suite, VerifyingKey } from '../suite/suite.ts'

export interface ImportedKeys {
  /** @throws if the key is no point on its curve */
  import(kid: string, jwk: PublicJwk): Promise<VerifyingKey> | VerifyingKey
}

const CAPACITY = 4096

/** Keeps the last keys used; an issuing agency has a handful, a country some thousands. */
export function createImportedKeys(suite: Suite): ImportedKeys {
  const keys = new Map<string, VerifyingKey>()
  return {
    import: async (kid, jwk) => {
      const known = keys.get(kid)
      if (known !== undefined) return known
      const imported = await suite.importPublicKey(jwk)
      if (keys.size >= CAPACITY) keys.delete(keys.keys().next().value ?? kid)
      keys.set(kid, imported)
      return imported
    },
  }
}

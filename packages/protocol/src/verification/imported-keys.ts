/** Public keys already imported into the runtime's cryptography, by thumbprint: a thumbprint is the key's own digest, so an entry can never be the wrong key. */
import { thumbprint } from '../credential/public-key.ts'
import type { PublicJwk, Suite, VerifyingKey } from '../suite/suite.ts'
import type { Eventual } from './eventual.ts'

export interface ImportedKeys {
  /** `null` for a key that is not the one `kid` names, or that this runtime cannot use: no point on its curve. */
  import(kid: string, jwk: PublicJwk): Eventual<VerifyingKey | null>
}

const CAPACITY = 4096

/** Keeps the keys imported last; an issuing agency has a handful, a country some thousands. */
export function createImportedKeys(suite: Suite): ImportedKeys {
  const keys = new Map<string, VerifyingKey>()
  return {
    import: (kid, jwk) => keys.get(kid) ?? importNew(kid, jwk),
  }

  async function importNew(kid: string, jwk: PublicJwk): Promise<VerifyingKey | null> {
    const imported = thumbprint(jwk, suite) === kid ? await importKey(jwk, suite) : null
    if (imported === null) return null
    if (keys.size >= CAPACITY) keys.delete(keys.keys().next().value ?? kid)
    keys.set(kid, imported)
    return imported
  }
}

async function importKey(jwk: PublicJwk, suite: Suite): Promise<VerifyingKey | null> {
  try {
    return await suite.importPublicKey(jwk)
  } catch {
    return null
  }
}

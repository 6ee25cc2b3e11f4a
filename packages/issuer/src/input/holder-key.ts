/** The optional column `holderJwk`: the public key that the holder will present the licence with. */
import { MalformedError, type PublicJwk, parsePublicJwk, parseStrictJson, suite } from '@hefu/protocol'

export const HOLDER_KEY_COLUMN = 'holderJwk'
const MAX_CHARACTERS = 512

/** The key in a cell, as JSON in its shortest form; `undefined` for a text that is none. A private key is none. */
export function findHolderKey(text: unknown): PublicJwk | undefined {
  if (typeof text !== 'string') return undefined
  try {
    return parsePublicJwk(parseStrictJson(text, MAX_CHARACTERS, HOLDER_KEY_COLUMN), HOLDER_KEY_COLUMN)
  } catch (error) {
    if (error instanceof MalformedError) return undefined
    throw error
  }
}

/** Whether a signature can ever be verified with it: a point that is not on its curve would bind a licence to nothing. */
export async function isUsableKey(jwk: PublicJwk): Promise<boolean> {
  try {
    await suite.importPublicKey(jwk)
    return true
  } catch {
    return false
  }
}

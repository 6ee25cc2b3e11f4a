/** The verifier's own key, out of its encrypted file. */
import {
  decryptKey,
  type JsonObject,
  type KeyFile,
  MalformedError,
  type PrivateJwk,
  type PublicJwk,
  parseBase64url,
  parsePublicJwk,
  suite,
  thumbprint,
  WrongPassphraseError,
} from '@hefu/protocol'
import { VerifierStartError } from './start-error.ts'

export interface SigningKeyPair {
  readonly privateJwk: PrivateJwk
  readonly publicJwk: PublicJwk
}

/**
 * Opens a key file whose purpose is to sign reports.
 *
 * @throws {VerifierStartError} `wrong-passphrase` or `bad-key`
 */
export async function openSigningKey(file: KeyFile, passphrase: string): Promise<SigningKeyPair> {
  if (file.purpose !== 'verifier-signing') {
    throw new VerifierStartError('bad-key', `purpose "${file.purpose}", expected "verifier-signing"`)
  }
  const pair = toKeyPair(await decrypt(file, passphrase))
  if (thumbprint(pair.publicJwk, suite) === file.name) return pair
  throw new VerifierStartError('bad-key', 'the name is not the thumbprint of the key inside')
}

async function decrypt(file: KeyFile, passphrase: string): Promise<JsonObject> {
  try {
    return await decryptKey(file, passphrase)
  } catch (error) {
    if (!(error instanceof WrongPassphraseError)) throw error
    throw new VerifierStartError('wrong-passphrase', file.name, { cause: error })
  }
}

function toKeyPair({ d, ...publicMembers }: JsonObject): SigningKeyPair {
  try {
    const publicJwk = parsePublicJwk(publicMembers, 'key')
    if (publicJwk.crv === 'SM2') {
      throw new VerifierStartError('bad-key', 'an SM2 key is inside: reports are signed with ES256 or EdDSA')
    }
    if (typeof d !== 'string') throw new VerifierStartError('bad-key', 'there is no private key inside')
    parseBase64url(d, 'key.d')
    return { publicJwk, privateJwk: { ...publicJwk, d } }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    // Not its sentence: what stands in an unexpected place of a key file may be secret.
    throw new VerifierStartError('bad-key', 'no key of P-256 or Ed25519 is inside')
  }
}

/** Issuing: licence data in, signed credential out. */
import type { SignatureAlgorithm, SigningKey, Suite } from '../suite/suite.ts'
import { CREDENTIAL_TYPE, type CredentialClaims } from './claims.ts'
import { encodeCredential, encodeSigningInput } from './credential.ts'
import { createDisclosure, digestDisclosure, SALT_BYTES } from './disclosure.ts'

/** The key that an agency signs with, and the name the ledger knows it by. */
export interface IssuingKey {
  readonly kid: string
  readonly algorithm: SignatureAlgorithm
  readonly key: SigningKey
}

/** What an agency states about one licence. */
export interface CredentialDraft {
  readonly claims: Omit<CredentialClaims, '_sd' | '_sd_alg'>
  /** Field name → text of the face; every one becomes a salted disclosure. */
  readonly faceData: Readonly<Record<string, string>>
}

/** A signed credential and the leaf it contributes to its batch. */
export interface SignedCredential {
  readonly compact: string
  /** `header.payload`, ASCII. */
  readonly signingInput: string
}

/**
 * Salts every field, sorts the digests (so that their order tells nothing, RFC 9901 §4.2.4.1) and signs.
 *
 * @throws {MalformedError} for field names that the profile does not allow
 */
export async function createCredential(
  draft: CredentialDraft,
  issuingKey: IssuingKey,
  suite: Suite,
): Promise<SignedCredential> {
  const disclosures = Object.entries(draft.faceData).map(([name, value]) =>
    createDisclosure(name, value, suite.randomBytes(SALT_BYTES)),
  )
  const digests = disclosures.map((disclosure) => digestDisclosure(disclosure, suite)).sort()
  const header = { alg: issuingKey.algorithm, typ: CREDENTIAL_TYPE, kid: issuingKey.kid } as const
  const signingInput = encodeSigningInput(header, { ...draft.claims, _sd: digests, _sd_alg: 'sha-256' })
  const signature = await suite.sign(issuingKey.key, issuingKey.algorithm, signingInput)
  return { compact: encodeCredential(signingInput, signature, disclosures), signingInput }
}

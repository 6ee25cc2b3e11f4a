/** Issuing: licence data in, signed credential out. */
import { malformed } from '../bytes/malformed.ts'
import type { JsonValue } from '../bytes/strict-json.ts'
import type { SignatureAlgorithm, SigningKey, Suite } from '../suite/suite.ts'
import {
  CREDENTIAL_TYPE,
  type CredentialClaims,
  MAX_CREDENTIAL_CHARACTERS,
  MAX_DISCLOSURES,
  parseClaims,
} from './claims.ts'
import { encodeCredential, encodeSigningInput } from './credential.ts'
import { createDisclosure, type Disclosure, digestDisclosure, SALT_BYTES } from './disclosure.ts'

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
 * @throws {MalformedError} for claims or fields that a verifier would refuse to read: nothing is returned then
 * @example
 * ```ts
 * const { compact } = await createCredential(draft, issuingKey, suite)
 * parseCredential(compact).claims.jti // draft.claims.jti
 * createCredential({ ...draft, faceData: { exp: '2030-01-01' } }, issuingKey, suite) // throws MalformedError
 * ```
 */
export async function createCredential(
  draft: CredentialDraft,
  issuingKey: IssuingKey,
  suite: Suite,
): Promise<SignedCredential> {
  const disclosures = saltFields(draft.faceData, suite)
  const digests = disclosures.map((disclosure) => digestDisclosure(disclosure, suite)).sort()
  const header = { alg: issuingKey.algorithm, typ: CREDENTIAL_TYPE, kid: issuingKey.kid } as const
  const claims = { ...draft.claims, _sd: digests, _sd_alg: 'sha-256' }
  const signingInput = encodeSigningInput(header, parseClaims(claims as unknown as JsonValue, 'claims'))
  const signature = await suite.sign(issuingKey.key, issuingKey.algorithm, signingInput)
  return { compact: assertCarried(encodeCredential(signingInput, signature, disclosures)), signingInput }
}

function saltFields(faceData: CredentialDraft['faceData'], suite: Suite): readonly Disclosure[] {
  const fields = Object.entries(faceData)
  if (fields.length > MAX_DISCLOSURES) {
    throw malformed('too-large', 'faceData', `at most ${MAX_DISCLOSURES} fields`, `${fields.length}`)
  }
  return fields.map(([name, value]) => createDisclosure(name, value, suite.randomBytes(SALT_BYTES)))
}

function assertCarried(compact: string): string {
  if (compact.length <= MAX_CREDENTIAL_CHARACTERS) return compact
  const expected = `a credential of at most ${MAX_CREDENTIAL_CHARACTERS} characters`
  throw malformed('too-large', 'faceData', expected, `${compact.length}`)
}

/** Presenting: a bundle in, the same bundle under the holder's signature out. */
import { parseBundle } from '../bundle/bundle.ts'
import { encodeBase64url } from '../bytes/base64url.ts'
import { malformed } from '../bytes/malformed.ts'
import { encodeCredential } from '../credential/credential.ts'
import { algorithmOf, thumbprint } from '../credential/public-key.ts'
import type { SignatureAlgorithm, SigningKey, Suite } from '../suite/suite.ts'
import type { AnnotatedCopyClaim } from './annotated-copy.ts'
import type { Challenge } from './challenge.ts'
import { digestPresented, encodeKeyBindingInput, type KeyBindingClaims } from './key-binding.ts'
import { encodePresentation, parsePresentation } from './presentation.ts'

/** The holder's key; its private half may stay where it cannot be read out. */
export interface HolderKey {
  /** RFC 7638 thumbprint. */
  readonly kid: string
  readonly algorithm: SignatureAlgorithm
  readonly key: SigningKey
}

/** What the holder signs beside the licence. */
export interface PresentationDraft {
  readonly challenge: Pick<Challenge, 'nonce' | 'audience'>
  /** Unix seconds, by the holder's clock. */
  readonly issuedAt: number
  /** Makes the presentation an annotated copy 加注件. */
  readonly copy?: AnnotatedCopyClaim & {
    /** Unix seconds. */
    readonly expiresAt: number
  }
}

/**
 * Signs a bundle for one audience: a presentation, or with `copy` an annotated copy.
 *
 * @throws {MalformedError} for a text that is no bundle, a credential bound to no key or to another than the
 *   holder's, and for a draft that a verifier would refuse to read: nothing is returned then
 * @example
 * ```ts
 * const challenge = createChallenge('urn:hefu:region:440000', 300, suite)
 * const text = await createPresentation(bound.bundle, { challenge, issuedAt: now }, holderKey, suite)
 * parsePresentation(text).keyBinding?.claims.nonce // challenge.nonce
 * createPresentation(sample.bundle, { challenge, issuedAt: now }, holderKey, suite) // throws MalformedError
 * ```
 */
export async function createPresentation(
  bundle: string,
  draft: PresentationDraft,
  holderKey: HolderKey,
  suite: Suite,
): Promise<string> {
  const { credential, receipt } = parseBundle(bundle)
  assertHolder(credential.claims.cnf, holderKey, suite)
  const compact = encodeCredential(credential.signingInput, credential.signature, credential.disclosures)
  const claims = toClaims(draft, digestPresented(compact, suite))
  const signingInput = encodeKeyBindingInput(holderKey.algorithm, claims)
  const signature = await suite.sign(holderKey.key, holderKey.algorithm, signingInput)
  const text = encodePresentation(`${compact}${signingInput}.${encodeBase64url(signature)}`, receipt)
  parsePresentation(text)
  return text
}

function assertHolder(
  cnf: ReturnType<typeof parseBundle>['credential']['claims']['cnf'],
  { kid, algorithm }: HolderKey,
  suite: Suite,
): void {
  const where = 'bundle.credential.payload.cnf'
  if (cnf === undefined) throw malformed('missing', where, 'a credential bound to a holder’s key', 'none')
  if (thumbprint(cnf.jwk, suite) === kid && algorithmOf(cnf.jwk) === algorithm) return
  throw malformed('wrong-value', where, 'the key that is to sign', 'another key')
}

function toClaims({ challenge, issuedAt, copy }: PresentationDraft, digest: string): KeyBindingClaims {
  const always = { iat: issuedAt, aud: challenge.audience, nonce: challenge.nonce, sd_hash: digest }
  if (copy === undefined) return always
  const { cause, maker, expiresAt } = copy
  return { ...always, exp: expiresAt, copy: { cause, maker } }
}
